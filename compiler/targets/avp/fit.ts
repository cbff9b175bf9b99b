/** Policies within the size quota of Amazon Verified Permissions: as laid out, else on one line, else with fewer conditions. */
import { type PolicyJson, printPolicy } from "../cedar/cedar.ts";
import type { Forbid, Permit } from "../cedar/policy.ts";
import { forbidJson, permitJson } from "../cedar/policy-json.ts";
import type { PolicyPrinter } from "../cedar/print.ts";
import { bytesIn } from "./quotas.ts";

export interface Fitting {
  readonly print: PolicyPrinter;
  readonly digest: string;
  /** The quota. */
  readonly policyBytes: number;
}

/** The text of a forbid; undefined where none is small enough. A forbid is whole or not there: a part of it would forbid more. */
export function fitForbid(forbid: Forbid, pointer: string | undefined, fitting: Fitting): string | undefined {
  const { print, digest, policyBytes } = fitting;
  const texts = [() => print.forbid(forbid, pointer), () => onOneLine(forbidJson(forbid, digest, pointer))];
  return firstSmall(texts, policyBytes);
}

export interface FittedPermit {
  readonly statement: string;
  /** The size of the permit with all of its conditions, laid out. */
  readonly fullBytes: number;
  /** Bounds whose conditions the statement does not carry, in the bounds' order: their forbids alone deny. */
  readonly restsOnForbids: readonly string[];
}

/**
 * A permit with as many of its conditions as fit, in the bounds' order.
 *
 * @param needed the bounds that no forbid stands for: they come first
 * @returns undefined where those do not fit
 */
export function fitPermit(permit: Permit, needed: ReadonlySet<string>, fitting: Fitting): FittedPermit | undefined {
  const { print, digest, policyBytes } = fitting;
  const full = print.permit(permit);
  const fullBytes = bytesIn(full);
  const oneLine = (clauses: Permit["clauses"]) => onOneLine(permitJson({ ...permit, clauses }, digest));
  const whole = firstSmall([() => full, () => (isChain(permit.clauses) ? oneLine(permit.clauses) : full)], policyBytes);
  if (whole !== undefined) return { statement: whole, fullBytes, restsOnForbids: [] };

  const byNeed = [
    ...permit.clauses.filter(({ id }) => needed.has(id)),
    ...permit.clauses.filter(({ id }) => !needed.has(id)),
  ];
  const kept = new Set<Permit["clauses"][number]>();
  let bytes = bytesIn(oneLine([]));
  const empty = bytes;
  for (const clause of byNeed) {
    const more = bytesIn(oneLine([clause])) - empty;
    if (kept.size === mostClauses || bytes + more > policyBytes) {
      if (needed.has(clause.id)) return undefined;
      continue;
    }
    kept.add(clause);
    bytes += more;
  }
  return {
    statement: oneLine(permit.clauses.filter((clause) => kept.has(clause))),
    fullBytes,
    restsOnForbids: permit.clauses.filter((clause) => !kept.has(clause)).map(({ id }) => id),
  };
}

/** Cedar's evaluator takes some hundred clauses. */
const mostClauses = 100;

function isChain(clauses: Permit["clauses"]): boolean {
  return clauses.length <= mostClauses;
}

function firstSmall(texts: readonly (() => string)[], policyBytes: number): string | undefined {
  for (const make of texts) {
    const text = make();
    if (bytesIn(text) <= policyBytes) return text;
  }
  return undefined;
}

function onOneLine(policy: PolicyJson): string {
  return `${printPolicy(policy)}\n`;
}
