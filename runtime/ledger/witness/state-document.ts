/** The state of a session as one document, and its digest: what a snapshot says, and what verifiers are told (SPEC §10). */
import { canonicalJson, codePointCompare, sha256 } from "../../../schema/json/canonical.ts";
import type { SessionState } from "../state.ts";
import { Sums } from "../sums.ts";

export type StateDocument = Readonly<Record<string, unknown>>;

/** All that the fold keeps but the place in the chain, which stands beside a snapshot, and what follows from the rest. */
export const documented = [
  "phase",
  "killed",
  "kill",
  "halted",
  "activatedAt",
  "policy",
  "signatures",
  "sums",
  "allows",
  "reservations",
  "proposals",
  "last",
  "produced",
  "evidence",
  "approvals",
  "refusals",
  "holds",
  "people",
  "strangers",
  "usedApprovals",
  "usedOrders",
  "watched",
  "ending",
] as const satisfies readonly (keyof SessionState)[];

/** Plain JSON data: a map is an object, a set the sorted list of its members, and what is undefined is left out. */
export function stateDocument(state: SessionState): StateDocument {
  const document: Record<string, unknown> = Object.create(null);
  for (const name of documented) {
    const value = plainOf(state[name]);
    if (value !== undefined) document[name] = value;
  }
  return document;
}

/** `sha256:<hex>` of its JCS form. */
export function stateDigest(state: SessionState): string {
  return sha256(canonicalJson(stateDocument(state)));
}

function plainOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(plainOf);
  if (value instanceof Set) return [...value].map(plainOf).sort(byText);
  if (value instanceof Sums) return sumsOf(value);
  return membersOf(value instanceof Map ? value : Object.entries(value));
}

function membersOf(entries: Iterable<readonly [unknown, unknown]>): unknown {
  const members: Record<string, unknown> = Object.create(null);
  for (const [name, value] of entries) {
    const plain = plainOf(value);
    if (plain !== undefined) members[String(name)] = plain;
  }
  return members;
}

function sumsOf(sums: Sums): unknown {
  const bounds = new Map<string, Map<string, number>>();
  for (const { bound, bucket, sum } of sums.entries())
    bounds.set(bound, (bounds.get(bound) ?? new Map<string, number>()).set(bucket, sum));
  return plainOf(bounds);
}

function byText(a: unknown, b: unknown): number {
  return codePointCompare(canonicalJson(a), canonicalJson(b));
}
