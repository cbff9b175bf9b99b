import type { JsonNode } from "../../schema/json/node.ts";
import { describe, describePlace, mismatch } from "./describe.ts";
import { isEmpty } from "./empty.ts";
import type { Failures } from "./failures.ts";

/** What an effect says about its arguments, as a tree of pointer tokens. */
export interface ClaimTree {
  readonly named: Map<string, ClaimTree>;
  /** Under `*`. */
  star: ClaimTree | undefined;
  /** By a field, a discriminator or `ignored`: covers what is below. */
  claimed: boolean;
  /** Must be missing, null or empty. */
  absent: boolean;
}

export function emptyTree(): ClaimTree {
  return { named: new Map(), star: undefined, claimed: false, absent: false };
}

/** The node of the tree at `tokens`, made where it is not there yet. */
export function branch(tree: ClaimTree, tokens: readonly string[]): ClaimTree {
  let node = tree;
  for (const token of tokens) {
    if (token === "*") {
      node.star ??= emptyTree();
      node = node.star;
    } else {
      const next = node.named.get(token) ?? emptyTree();
      node.named.set(token, next);
      node = next;
    }
  }
  return node;
}

/** Reports every argument that nothing claims, every `absent` one that is there, and every value that a pointer cannot pass through. */
export function checkClaims(tree: ClaimTree, args: JsonNode, effect: string, failures: Failures): void {
  check(tree, args, [], false);

  function check(claims: ClaimTree, node: JsonNode, place: (string | number)[], covered: boolean): void {
    if (claims.absent && !isEmpty(node)) {
      failures.forbid(place, `${describePlace(place)} must be absent or empty, found ${describe(node)}`);
      return;
    }
    const quiet = covered || claims.claimed || claims.absent;
    if (claims.named.size > 0 || place.length === 0) checkMembers(claims, node, place, quiet);
    if (claims.star !== undefined) checkElements(claims.star, node, place, quiet);
  }

  function checkMembers(claims: ClaimTree, node: JsonNode, place: (string | number)[], quiet: boolean): void {
    if (node.kind !== "object") {
      failures.block(place, mismatch(place, "an object", node));
      return;
    }
    for (const { name, value } of node.members) {
      const below = claims.named.get(name);
      place.push(name);
      if (below !== undefined) check(below, value, place, quiet);
      else if (!quiet) failures.add(place, `${describePlace(place)} is no declared argument of \`${effect}\``);
      place.pop();
    }
  }

  function checkElements(star: ClaimTree, node: JsonNode, place: (string | number)[], quiet: boolean): void {
    if (node.kind !== "array") {
      failures.block(place, mismatch(place, "an array", node));
      return;
    }
    for (const [i, element] of node.elements.entries()) {
      place.push(i);
      check(star, element, place, quiet);
      place.pop();
    }
  }
}
