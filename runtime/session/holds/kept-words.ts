/** Words that a `decided` record keeps for people: why the caller asks, and what the agent says beside a call that is held. */
import { canonicalJson } from "../../../schema/json/canonical.ts";
import type { JsonNode } from "../../../schema/json/node.ts";
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
  const narrative = verdict === "hold" ? narrativeOf(proposal) : [];
  return {
    ...(isAsked && typeof justification === "string" && isJustification(justification)
      ? { justification: beginning(justification, longestJustification) }
      : {}),
    ...(narrative.length === 0 ? {} : { narrative }),
  };
}

/** The members beside `tool`, `args` and `id`, as far as they can be written down. */
function narrativeOf(proposal: Proposal): NarrativeMember[] {
  const root = readStrictly(proposal, maxDepth, maxBytes);
  if (typeof root === "string" || root.kind !== "object") return [];
  const told = root.members.filter(({ name }) => name !== "tool" && name !== "args" && name !== "id");
  return told.slice(0, mostMembers).map(({ name, value }) => ({
    name: beginning(name, longestName),
    text: beginning(textOf(value), longestMember),
  }));
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
