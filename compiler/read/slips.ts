import type { JsonNode } from "../../schema/json/parse.ts";
import { nodeOf, toValue } from "../../schema/json/value.ts";
import type { DiagnosticCode, Params } from "../diagnostics/catalogue.ts";
import { type Problem, problem } from "./problem.ts";

/** A problem whose value is replaced by the one that was meant. */
export function replaceWith<C extends DiagnosticCode>(
  code: C,
  pointer: string,
  params: Params<C>,
  value: unknown,
  node: JsonNode,
): Problem {
  const put = nodeOf(value);
  if (put === undefined) return problem(code, pointer, params, { do: "remove", pointer });
  const suggestion = [{ op: "replace" as const, path: pointer, value }];
  return problem(code, pointer, params, { do: "replace", pointer, node: startingAt(put, node.start) }, { suggestion });
}

/** One entry where a list of them is expected: it becomes the list's only one, and is read as such. */
export function asList(pointer: string, params: Params<"type/wrong_type">, node: JsonNode): Problem {
  const list: JsonNode = { kind: "array", elements: [node], start: node.start, end: node.end };
  const suggestion = [{ op: "replace" as const, path: pointer, value: [toValue(node)] }];
  return problem("type/wrong_type", pointer, params, { do: "replace", pointer, node: list }, { suggestion });
}

/** A node made up, as if it stood where another starts (everything below it too). */
export function startingAt(node: JsonNode, start: number): JsonNode {
  const place = { start, end: start };
  if (node.kind === "array") {
    return { ...node, ...place, elements: node.elements.map((element) => startingAt(element, start)) };
  }
  if (node.kind !== "object") return { ...node, ...place };
  const members = node.members.map((member) => ({ ...member, value: startingAt(member.value, start) }));
  return { ...node, ...place, members };
}
