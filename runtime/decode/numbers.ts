import type { JsonNode } from "../../schema/json/node.ts";
import { isExactNumber } from "../../schema/values/exact.ts";
import { mismatch } from "./describe.ts";
import type { Failures } from "./failures.ts";

/** Every number in the arguments, ignored ones too, must be one that a double holds: else the proposal hash would not bind it (SPEC §7). */
export function checkNumbers(args: JsonNode, failures: Failures): void {
  visit(args, [], failures);
}

function visit(node: JsonNode, place: (string | number)[], failures: Failures): void {
  switch (node.kind) {
    case "number":
      if (!isExactNumber(node.text)) {
        failures.add(place, mismatch(place, "a number that a 64-bit float holds exactly", node));
      }
      return;
    case "object":
      for (const { name, value } of node.members) {
        place.push(name);
        visit(value, place, failures);
        place.pop();
      }
      return;
    case "array":
      for (let i = 0; i < node.elements.length; i++) {
        const element = node.elements[i];
        if (element === undefined) continue;
        place.push(i);
        visit(element, place, failures);
        place.pop();
      }
  }
}
