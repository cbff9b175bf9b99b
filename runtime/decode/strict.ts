import { greatestDepth } from "../../schema/json/depth.ts";
import type { JsonNode } from "../../schema/json/node.ts";
import { parseJson } from "../../schema/json/parse.ts";
import { readPlainJson } from "../../schema/json/plain.ts";
import { decodeText } from "../../schema/json/text.ts";
import { hasEqualKeys } from "./equal-keys.ts";
import { excessOf } from "./measure.ts";
import { faultOf, NoProposal } from "./no-proposal.ts";
import { ownNode } from "./own-node.ts";

/**
 * The node of strict JSON that came from outside, as text, bytes or node; or what is wrong with it, to stand behind its name.
 *
 * @param maxDepth levels of objects and arrays, the root being level 1; never more than 1,000
 * @param maxBytes in UTF-8
 */
export function readStrictly(
  input: string | Uint8Array | JsonNode,
  maxDepth: number,
  maxBytes: number,
): JsonNode | string {
  // So that a limit that is no number is none of "without end".
  const levels = maxDepth <= greatestDepth ? maxDepth : greatestDepth;
  const fault = input instanceof NoProposal ? input.fault : faultOf(input);
  if (fault !== undefined) return fault;
  return typeof input === "string" || input instanceof Uint8Array
    ? readText(input, levels, maxBytes)
    : readNode(input, levels, maxBytes);
}

function readText(input: string | Uint8Array, maxDepth: number, maxBytes: number): JsonNode | string {
  const read = decodeText(input, maxBytes);
  const plain = read.ok ? readPlainJson(read.text, maxDepth) : undefined;
  if (plain !== undefined) return plain;
  const parsed = parseJson(input, { maxDepth, maxBytes });
  if (parsed.ok) return parsed.root;
  const messages = parsed.problems.map(({ message }) => message).slice(0, 3);
  return `is not strict JSON: ${messages.join("; ")}`;
}

function readNode(node: JsonNode, maxDepth: number, maxBytes: number): JsonNode | string {
  const excess = excessOf(node, maxDepth, maxBytes);
  if (excess !== undefined)
    return excess === "deep" ? `is nested deeper than ${maxDepth} levels` : `is larger than ${maxBytes} bytes`;
  const own = ownNode(node);
  if (own === undefined) return "is not strict JSON";
  return hasEqualKeys(own) ? "has two equal keys in one object" : own;
}
