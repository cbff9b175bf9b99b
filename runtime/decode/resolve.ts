import { type JsonNode, memberOf } from "../../schema/json/node.ts";
import { mismatch } from "./describe.ts";
import type { Failures, Place } from "./failures.ts";

/** What stands at a pointer without `*`; `blocked` if a value that is no object stands above it, at the depth given. */
export type Resolved =
  | { readonly is: "found"; readonly node: JsonNode }
  | { readonly is: "missing" }
  | { readonly is: "blocked"; readonly node: JsonNode; readonly depth: number };

export function resolve(root: JsonNode, tokens: readonly string[]): Resolved {
  let node = root;
  for (const [depth, token] of tokens.entries()) {
    if (node.kind !== "object") return { is: "blocked", node, depth };
    const next = memberOf(node, token);
    if (next === undefined) return { is: "missing" };
    node = next;
  }
  return { is: "found", node };
}

export interface Element {
  readonly node: JsonNode;
  readonly place: Place;
}

export interface Elements {
  readonly elements: readonly Element[];
  /** False, with the failures reported: those that are there can be read, and what is wrong with them told, but there is no whole. */
  readonly complete: boolean;
}

/**
 * Every element at a pointer with `*`; incomplete if an array is missing or none, if an element lacks the member, or if there is an
 * empty array where `emptyFails`.
 */
export function collect(root: JsonNode, tokens: readonly string[], emptyFails: boolean, failures: Failures): Elements {
  const elements: Element[] = [];
  const place: (string | number)[] = [];
  const complete = visit(root, 0);
  return { elements, complete };

  function visit(node: JsonNode, depth: number): boolean {
    const token = tokens[depth];
    if (token === undefined) {
      elements.push({ node, place: [...place] });
      return true;
    }
    return token === "*" ? visitElements(node, depth + 1) : visitMember(node, token, depth + 1);
  }

  function visitElements(node: JsonNode, depth: number): boolean {
    if (node.kind !== "array") return block(mismatch(place, "an array", node));
    if (node.elements.length === 0 && emptyFails) return block(mismatch(place, "an array with elements", node));
    let complete = true;
    for (const [i, element] of node.elements.entries()) {
      place.push(i);
      complete = visit(element, depth) && complete;
      place.pop();
    }
    return complete;
  }

  function visitMember(node: JsonNode, token: string, depth: number): boolean {
    if (node.kind !== "object") return block(mismatch(place, "an object", node));
    const next = memberOf(node, token);
    if (next === undefined) return missing([token, ...tokens.slice(depth)]);
    place.push(token);
    const complete = visit(next, depth);
    place.pop();
    return complete;
  }

  /** Named by the array that is not there, or by the member where no array lies below. */
  function missing(rest: readonly string[]): boolean {
    const star = rest.indexOf("*");
    const at = [...place, ...(star < 0 ? rest : rest.slice(0, star))];
    failures.add(at, mismatch(at, star < 0 ? "there" : "an array", undefined));
    return false;
  }

  function block(message: string): boolean {
    failures.block(place, message);
    return false;
  }
}

/** The array under the first `*`; without `*` the pointer itself. */
export function outerArray(tokens: readonly string[]): readonly string[] {
  const star = tokens.indexOf("*");
  return star < 0 ? tokens : tokens.slice(0, star);
}
