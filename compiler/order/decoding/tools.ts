import type { DiscriminatedTool, Discriminator, Effect } from "../../../schema/envelope.ts";
import { below, own } from "../../rules/rule.ts";
import type { Side } from "../side.ts";
import { type Report, within } from "../widening.ts";
import { compareClaims } from "./claims.ts";

export type Tool = Effect["tools"][number];
export type Where = DiscriminatedTool["where"];

export function toolName(tool: Tool): string {
  return typeof tool === "string" ? tool : tool.tool;
}

export function whereOf(tool: Tool): Where {
  return typeof tool === "string" ? {} : tool.where;
}

/** Every call that reaches the effect in `a` reaches it in `b`. That it reaches no other there is what the rules see to. */
export function compareTools(a: Side, b: Side, report: Report): void {
  const written = a.envelope.effects[a.name]?.tools ?? [];
  for (const tool of a.effect.tools) {
    // No call goes two ways: the rules see to that.
    const way = b.effect.tools.find((other) => toolName(other) === toolName(tool) && reaches(tool, other, a.effect));
    const pointer = below(a.pointer, "tools", written.indexOf(tool));
    if (way === undefined) report(pointer, `\`${toolName(tool)}\` reaches the effect in more ways`);
    else compareClaims(a, b, tool, way, report);
  }
}

/** Whether each condition on the arguments is met by every call that `tool` takes. */
function reaches(tool: Tool, other: Tool, { absent = [] }: Effect): boolean {
  return Object.entries(whereOf(other)).every(([pointer, wanted]) => {
    const given = own(whereOf(tool), pointer);
    if (given === undefined) return !Array.isArray(wanted) && absent.includes(pointer);
    return impliesValues(given, wanted);
  });
}

/** Values are compared by exact JSON type. */
function impliesValues(given: Discriminator, wanted: Discriminator): boolean {
  if (!Array.isArray(given) || !Array.isArray(wanted)) return Array.isArray(given) === Array.isArray(wanted);
  return within(given, wanted);
}
