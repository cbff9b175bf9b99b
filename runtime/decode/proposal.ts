import { defaultMaxDepth } from "../../schema/json/depth.ts";
import { type JsonNode, memberOf } from "../../schema/json/node.ts";
import { defaultMaxBytes } from "../../schema/json/parse.ts";
import type { Proposal } from "./decode.ts";
import { readStrictly } from "./strict.ts";

export interface DecodeLimits {
  /** Levels of objects and arrays in the arguments, `args` being level 1; 64 where it is not written, never more than 999. */
  readonly maxDepth?: number;
  /** Bytes of the whole proposal; 1 MiB where it is not written. */
  readonly maxBytes?: number;
}

/** UTF-16 units: ids are kept as long as the session lasts. */
const longestId = 256;

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

/** Stands in for a proposal that is read once, and asked for its name and its verdict: as a node, which holds nothing. */
export class OnceRead {
  readonly kind = "null";
  readonly start = 0;
  readonly end = 0;
  readonly given: Proposal;
  readonly limits: DecodeLimits;
  readonly outcome: ReadProposal;

  /** @param given held by nobody else */
  constructor(given: Proposal, limits: DecodeLimits = {}) {
    this.given = given;
    this.limits = limits;
    this.outcome = readProposal(given, limits);
  }
}

/** The tool call in a proposal; members other than `tool`, `args` and `id` are narrative, and not looked at. */
export function readProposal(proposal: Proposal, limits: DecodeLimits): ReadProposal {
  if (proposal instanceof OnceRead)
    return proposal.limits === limits ? proposal.outcome : readProposal(proposal.given, limits);
  // The proposal itself is the level above `args`.
  const maxDepth = (limits.maxDepth ?? defaultMaxDepth) + 1;
  const root = readStrictly(proposal, maxDepth, limits.maxBytes ?? defaultMaxBytes);
  if (typeof root === "string") return refused(`the proposal ${root}`);
  if (root.kind !== "object") return refused("the proposal is not a JSON object");
  const tool = memberOf(root, "tool");
  const args = memberOf(root, "args");
  const id = memberOf(root, "id");
  if (tool?.kind !== "string") return refused("the proposal has no `tool` that is a string");
  if (args?.kind !== "object") return refused("the proposal has no `args` that is an object");
  if (id !== undefined && id.kind !== "string") return refused("the `id` of the proposal is not a string");
  if (id !== undefined && id.value.length > longestId)
    return refused(`the \`id\` of the proposal is longer than ${longestId} characters`);
  return { ok: true, call: { tool: tool.value, args, id: id?.value } };
}

function refused(reason: string): ReadProposal {
  return { ok: false, reason };
}
