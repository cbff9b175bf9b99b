/** Words that a `decided` record keeps for people: why the caller asks, and what the agent says beside a call that is held. */

import type { Effect } from "../../../schema/envelope.ts";
import { canonicalJson } from "../../../schema/json/canonical.ts";
import { type JsonNode, memberOf } from "../../../schema/json/node.ts";
import { formatPointer, parsePointer } from "../../../schema/json/pointer.ts";
import { toValue } from "../../../schema/json/value.ts";
import type { Decided, NarrativeMember } from "../../../schema/ledger.ts";
import type { Verdict } from "../../../schema/verdict.ts";
import type { Proposal } from "../../decode/decode.ts";
import { readStrictly } from "../../decode/strict.ts";
import type { Evaluator } from "../../evaluator.ts";
import { isJustification } from "../../facts.ts";
import { own } from "../../own.ts";
import type { Caller } from "../decide-and-reserve.ts";

const longestName = 64;
const longestMember = 500;
const longestJustification = 1000;
const mostMembers = 8;
/** Levels and bytes of a proposal that was decoded before: what was not is not held. */
const [maxDepth, maxBytes] = [1000, 1 << 30];

/** Nothing reads them but people: no verdict depends on them. Total. */
export function keptWords(
  { envelope }: Evaluator,
  proposal: Proposal,
  { justification }: Caller,
  { verdict, effect: name }: Verdict,
): Pick<Decided, "justification" | "narrative"> {
  const effect = own(envelope.effects, name ?? "");
  const isAsked = effect?.justification === "required" || (effect?.requires ?? []).includes("ORACLE_CALL_REMOTE");
  const narrative = verdict === "hold" && effect !== undefined ? narrativeOf(proposal, effect) : [];
  return {
    ...(isAsked && typeof justification === "string" && isJustification(justification)
      ? { justification: beginning(justification, longestJustification) }
      : {}),
    ...(narrative.length === 0 ? {} : { narrative }),
  };
}

type Told = readonly [name: string, said: JsonNode];

/** What the agent says and no value of the call shows, as far as it can be written down; what is executed comes first. */
function narrativeOf(proposal: Proposal, effect: Effect): NarrativeMember[] {
  const root = readStrictly(proposal, maxDepth, maxBytes);
  if (typeof root === "string" || root.kind !== "object") return [];
  const told = [...unshown(memberOf(root, "args"), effect), ...beside(root)];
  const isWhole = told.length <= mostMembers;
  const members = told.slice(0, isWhole ? mostMembers : mostMembers - 1).map(([name, said]) => ({
    name: beginning(name, longestName),
    text: beginning(textOf(said), longestMember),
  }));
  return isWhole ? members : [...members, { name: "…", text: `${told.length - members.length} more` }];
}

/** The arguments that nothing judges, or that are judged by their length or digest only: by their places. */
function unshown(args: JsonNode | undefined, { ignored = [], fields }: Effect): readonly Told[] {
  if (args === undefined) return [];
  const measured = Object.values(fields).flatMap((field) =>
    field.type === "length" || field.type === "digest" ? [field.from] : [],
  );
  return [...ignored, ...measured].flatMap((pointer) => nodesAt(args, parsePointer(pointer)));
}

/** What stands at a pointer, `*` for every element; nothing where it does not lead. */
function nodesAt(node: JsonNode, [token, ...rest]: readonly string[], place: readonly string[] = []): readonly Told[] {
  if (token === undefined) return [[formatPointer(place), node]];
  if (token === "*" && node.kind === "array")
    return node.elements.flatMap((element, i) => nodesAt(element, rest, [...place, String(i)]));
  const next = node.kind === "object" ? memberOf(node, token) : undefined;
  return next === undefined ? [] : nodesAt(next, rest, [...place, token]);
}

/** The members beside `tool`, `args` and `id`. */
function beside({ members }: Extract<JsonNode, { kind: "object" }>): readonly Told[] {
  return members.flatMap(({ name, value }): Told[] =>
    name === "tool" || name === "args" || name === "id" ? [] : [[name, value]],
  );
}

function textOf(value: JsonNode): string {
  if (value.kind === "string") return value.value;
  try {
    return canonicalJson(toValue(value));
  } catch {
    return "cannot be written down";
  }
}

/** @param longest UTF-16 units, with the mark of what was cut off */
function beginning(text: string, longest: number): string {
  return (text.length <= longest ? text : `${text.slice(0, longest - 1)}…`).toWellFormed();
}
