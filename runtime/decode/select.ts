import type { Discriminator, Scalar } from "../../schema/envelope.ts";
import type { JsonNode } from "../../schema/json/node.ts";
import { parseInteger } from "../../schema/values/integer.ts";
import { isEmpty } from "./empty.ts";
import type { CallPlan, CallPlans } from "./plan.ts";
import type { ToolCall } from "./proposal.ts";
import { resolve } from "./resolve.ts";

/** One argument that must have one of these values, or be missing or empty. */
export interface DiscriminatorPlan {
  readonly tokens: readonly string[];
  readonly discriminator: Discriminator;
}

/** The one plan that a call reaches; undefined if none, `ambiguous` if two effects claim it. */
export function selectPlan(plans: CallPlans, call: ToolCall): CallPlan | undefined | "ambiguous" {
  let selected: CallPlan | undefined;
  for (const plan of plans.get(call.tool) ?? []) {
    if (!plan.where.every((argument) => matches(argument, call.args))) continue;
    if (selected !== undefined && selected.effect !== plan.effect) return "ambiguous";
    selected ??= plan;
  }
  return selected;
}

function matches({ tokens, discriminator }: DiscriminatorPlan, args: JsonNode): boolean {
  const resolved = resolve(args, tokens);
  if (resolved.is === "blocked") return false;
  if (!Array.isArray(discriminator)) return resolved.is === "missing" || isEmpty(resolved.node);
  return resolved.is === "found" && discriminator.some((value) => isExactly(resolved.node, value));
}

/** By exact JSON type: the integer 1 is neither 1.0 nor "1" nor true. */
function isExactly(node: JsonNode, value: Scalar): boolean {
  switch (node.kind) {
    case "string":
    case "boolean":
      return node.value === value;
    case "number": {
      const integer = parseInteger(node.text);
      return integer.ok && integer.value === value;
    }
    default:
      return false;
  }
}
