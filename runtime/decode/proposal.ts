import { defaultMaxDepth, greatestDepth } from "../../schema/json/depth.ts";
import { type JsonNode, memberOf } from "../../schema/json/node.ts";
import { defaultMaxBytes, parseJson } from "../../schema/json/parse.ts";
import { readPlainJson } from "../../schema/json/plain.ts";
import { decodeText } from "../../schema/json/text.ts";
import type { Proposal } from "./decode.ts";
import { hasEqualKeys } from "./equal-keys.ts";
import { exceedsLimits } from "./measure.ts";
import { ownNode } from "./own-node.ts";

export interface DecodeLimits {
  /** Levels of objects and arrays in the arguments, `args` being level 1; 64 where it is not written, never more than 999. */
  readonly maxDepth?: number;
  /** Bytes of the whole proposal; 1 MiB where it is not written. */
  readonly maxBytes?: number;
}

export type ObjectNode = Extract<JsonNode, { kind: "object" }>;

/** A proposal without its narrative. */
export interface ToolCall {
  readonly tool: string;
  readonly args: ObjectNode;
  readonly id: string | undefined;
}

export type ReadProposal =
  | { readonly ok: true; readonly call: ToolCall }
  | { readonly ok: false; readonly reason: string };

/** The tool call in a proposal; members other than `tool`, `args` and `id` are narrative, and not looked at. */
export function readProposal(proposal: Proposal, limits: DecodeLimits): ReadProposal {
  const root = readRoot(proposal, limits);
  if (typeof root === "string") return refused(root);
  if (root.kind !== "object") return refused("the proposal is not a JSON object");
  const tool = memberOf(root, "tool");
  const args = memberOf(root, "args");
  const id = memberOf(root, "id");
  if (tool?.kind !== "string") return refused("the proposal has no `tool` that is a string");
  if (args?.kind !== "object") return refused("the proposal has no `args` that is an object");
  if (id !== undefined && id.kind !== "string") return refused("the `id` of the proposal is not a string");
  return { ok: true, call: { tool: tool.value, args, id: id?.value } };
}

/** The node of a proposal, or why there is none. */
function readRoot(proposal: Proposal, limits: DecodeLimits): JsonNode | string {
  // The proposal itself is the level above `args`.
  const levels = (limits.maxDepth ?? defaultMaxDepth) + 1;
  // So that a limit that is no number is none of "without end".
  const maxDepth = levels <= greatestDepth ? levels : greatestDepth;
  const maxBytes = limits.maxBytes ?? defaultMaxBytes;
  if (typeof proposal === "string" || proposal instanceof Uint8Array) {
    const read = decodeText(proposal, maxBytes);
    const plain = read.ok ? readPlainJson(read.text, maxDepth) : undefined;
    if (plain !== undefined) return plain;
    const parsed = parseJson(proposal, { maxDepth, maxBytes });
    if (parsed.ok) return parsed.root;
    return `the proposal is not strict JSON: ${parsed.problems
      .map(({ message }) => message)
      .slice(0, 3)
      .join("; ")}`;
  }
  if (exceedsLimits(proposal, maxDepth, maxBytes)) return "the proposal is too large or nested too deep";
  const own = ownNode(proposal);
  if (own === undefined) return "the proposal is not strict JSON";
  return hasEqualKeys(own) ? "the proposal has two equal keys in one object" : own;
}

function refused(reason: string): ReadProposal {
  return { ok: false, reason };
}
