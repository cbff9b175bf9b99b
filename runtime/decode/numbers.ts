import type { JsonNode } from "../../schema/json/node.ts";
import { isExactNumber } from "../../schema/values/exact.ts";
import { mismatch } from "./describe.ts";
import type { Failures } from "./failures.ts";

/**
 * Every number in the arguments, ignored ones too, must be one that a double holds, and no negative zero: else the proposal hash
 * would not bind it (SPEC §7, §14).
 */
export function checkNumbers(args: JsonNode, failures: Failures): void {
  eachNumber(args, [], (text, node, place) => {
    if (isNegativeZero(text)) failures.add(place, mismatch(place, "a number; there is no negative zero", node, "0"));
    else if (!isExactNumber(text))
      failures.add(place, mismatch(place, "a number of which a 64-bit float keeps every digit", node));
    return true;
  });
}

/** Whether `checkNumbers` finds nothing. */
export function hasBoundNumbers(args: JsonNode): boolean {
  return eachNumber(args, [], (text) => !isNegativeZero(text) && isExactNumber(text));
}

/** Its hash would be that of 0, and a tool can tell the two apart. */
function isNegativeZero(text: string): boolean {
  return /^-0(?:\.0+)?(?:[eE]|$)/.test(text);
}

type Visit = (text: string, node: JsonNode, place: readonly (string | number)[]) => boolean;

/** False as soon as a visit is. */
function eachNumber(node: JsonNode, place: (string | number)[], visit: Visit): boolean {
  switch (node.kind) {
    case "number":
      return visit(node.text, node, place);
    case "object":
      return node.members.every(({ name, value }) => below(name, value));
    case "array":
      return node.elements.every((element, i) => below(i, element));
    default:
      return true;
  }

  function below(token: string | number, child: JsonNode): boolean {
    place.push(token);
    const goesOn = eachNumber(child, place, visit);
    place.pop();
    return goesOn;
  }
}
