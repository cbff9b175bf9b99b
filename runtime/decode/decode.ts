/** Tool call → decoded call (SPEC §4): structure only, never justification. */
import type { Envelope } from "../../schema/envelope.ts";
import type { JsonNode } from "../../schema/json/node.ts";
import { toValue } from "../../schema/json/value.ts";
import type { FieldValues } from "../../schema/request.ts";
import type { Violation } from "../../schema/verdict.ts";
import { checkClaims } from "./claims.ts";
import { decodeFields } from "./decode-fields.ts";
import { Failures, TooManyFailures } from "./failures.ts";
import { checkNumbers } from "./numbers.ts";
import { type CallPlan, type CallPlans, planCalls } from "./plan.ts";
import { type DecodeLimits, readProposal, type ToolCall } from "./proposal.ts";
import { selectPlan } from "./select.ts";

export type { DecodeLimits } from "./proposal.ts";

/** A raw tool call `{tool, args, id?, …narrative}`: JSON text, its UTF-8 bytes, or the text read, as a node with positions. */
export type Proposal = string | Uint8Array | JsonNode;

export interface DecodedCall {
  /** `""` if no effect reaches the tool. */
  readonly effect: string;
  readonly tool: string;
  readonly fields: FieldValues;
  /** The arguments to execute, defaults filled in; objects without prototype. */
  readonly args: unknown;
  readonly id?: string;
}

export type Decoded =
  | { readonly ok: true; readonly call: DecodedCall }
  /** One per failure, with ids `decode<pointer>` relative to `args`, sorted by id in code point order; plain `decode` beyond 1,000. */
  | { readonly ok: false; readonly failures: readonly Violation[] };

/** Total: whatever comes in, an answer comes out. */
export type Decoder = (proposal: Proposal) => Decoded;

/** Compiles the effects of a valid envelope into a decoder. */
export function planDecoder(envelope: Envelope, limits: DecodeLimits = {}): Decoder {
  const plans = planCalls(envelope);
  return (proposal) => {
    try {
      return decodeWith(plans, proposal, limits);
    } catch (cause) {
      if (cause instanceof TooManyFailures) return { ok: false, failures: Failures.whole(cause.message) };
      // Only a value that is no proposal at all, against the types, gets here.
      return { ok: false, failures: Failures.whole("the proposal cannot be read") };
    }
  };
}

function decodeWith(plans: CallPlans, proposal: Proposal, limits: DecodeLimits): Decoded {
  const read = readProposal(proposal, limits);
  if (!read.ok) return { ok: false, failures: Failures.whole(read.reason) };
  const selected = selectPlan(plans, read.call);
  if (selected === "ambiguous") {
    return { ok: false, failures: Failures.whole("the arguments match the discriminators of more than one effect") };
  }
  return selected === undefined ? decodeUnreached(read.call) : decodeCall(selected, read.call);
}

/** A tool that no effect reaches has no fields: its arguments need only be JSON that a double holds. */
function decodeUnreached(call: ToolCall): Decoded {
  const failures = new Failures();
  checkNumbers(call.args, failures);
  if (failures.any) return { ok: false, failures: failures.sorted() };
  return { ok: true, call: decoded("", Object.create(null), toValue(call.args), call) };
}

function decodeCall(plan: CallPlan, call: ToolCall): Decoded {
  const failures = new Failures();
  checkClaims(plan.claims, call.args, plan.effect, failures);
  checkNumbers(call.args, failures);
  const { fields, args } = decodeFields(plan, call.args, failures);
  if (failures.any) return { ok: false, failures: failures.sorted() };
  return { ok: true, call: decoded(plan.effect, fields, args, call) };
}

function decoded(effect: string, fields: FieldValues, args: unknown, call: ToolCall): DecodedCall {
  const base = { effect, tool: call.tool, fields, args };
  return call.id === undefined ? base : { ...base, id: call.id };
}
