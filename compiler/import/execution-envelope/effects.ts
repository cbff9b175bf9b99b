/** Capabilities of v0.1 as effects. A capability is a kind of action; which tools do it, v0.1 does not say. */
import { quote } from "../../diagnostics/quote.ts";
import { blank, type Json, type JsonObject, lacking, memberOf } from "../draft.ts";
import type { Source } from "../source.ts";
import { readScope } from "./scope.ts";

/** Every kind of capability that v0.1 has. */
export const capabilityTypes: ReadonlySet<string> = new Set([
  "order_place",
  "order_cancel",
  "order_modify",
  "db_read",
  "db_write",
  "http_call",
  "email_send",
  "file_read",
  "file_write",
  "deploy",
  "cloud_resource_read",
  "cloud_resource_modify",
]);

/** One capability, and where its parts stand in the source. */
export interface Capability {
  /** The effect's name in the draft. */
  readonly name: string;
  readonly type: string;
  /** Of its scope. */
  readonly scope: string;
  /** Of its rate limit, if its document has such a thing. */
  readonly rate?: string;
}

/** Limits that stand elsewhere in the document and are this effect's. */
export interface Extras {
  readonly calls?: Json;
  readonly velocity: readonly JsonObject[];
  readonly lacks: readonly string[];
}

export const noExtras: Extras = { velocity: [], lacks: [] };

export function draftEffects(
  capabilities: readonly Capability[],
  source: Source,
  extrasOf: (capability: Capability) => Extras,
): JsonObject {
  const placing = capabilities.filter(({ type }) => type === "order_place");
  const owner = placing.length === 1 ? placing[0]?.name : undefined;
  const tracksOrders = capabilities.some(({ scope }) => source.flag(`${scope}/own_orders_only`) === true);
  return Object.fromEntries(
    capabilities.map((capability) => [
      capability.name,
      draftEffect(capability, source, extrasOf(capability), {
        placing: owner,
        makesOrders: tracksOrders && capability.name === owner,
      }),
    ]),
  );
}

function draftEffect(
  { name, type, scope, rate }: Capability,
  source: Source,
  extras: Extras,
  { placing, makesOrders }: { readonly placing: string | undefined; readonly makesOrders: boolean },
): JsonObject {
  const effect = `/effects/${name}`;
  const scoped = readScope(scope, { source, effect, placing });
  const velocity = distinct([...rateLimits(rate, effect, source), ...extras.velocity]);
  const { fields } = scoped;
  return {
    tools: blank(`v0.1 names the kind of action ${quote(type)} and no tool: list the tools that do it`),
    external: blank("v0.1 does not say whether this changes something outside the agent's workspace: true or false"),
    channel: blank("`propose` or `execute` if the effect is external; else leave `channel` out"),
    ...(name === type ? {} : { tags: [type] }),
    fields:
      Object.keys(fields).length === 0
        ? blank("v0.1 names no argument of the tools: write the fields to judge")
        : (memberOf("fields", fields).fields ?? {}),
    ...(makesOrders
      ? {
          results: {
            order: {
              type: "string",
              from: blank("v0.1 does not say where the tool's answer names the order: write a JSON Pointer into it"),
            },
          },
        }
      : {}),
    ...memberOf("allow", scoped.allow),
    ...memberOf("perCall", scoped.perCall),
    session: {
      calls: extras.calls ?? blank("v0.1 has no budget of calls for one capability: write the most in a session"),
    },
    velocity:
      velocity.length === 0
        ? blank("the source has no rate limit for this capability: write the most calls in how many seconds")
        : velocity,
    ...scoped.members,
    ...lacking([
      "v0.1 does not name the tools' arguments: add every other one to `fields`, with its bound, or to `ignored` or `absent`, and what the effect requires or consumes",
      ...scoped.lacks,
      ...extras.lacks,
    ]),
  };
}

function distinct(limits: readonly JsonObject[]): readonly JsonObject[] {
  return [...new Map(limits.map((limit) => [JSON.stringify(limit), limit])).values()];
}

const periods: ReadonlyMap<string, number> = new Map([
  ["max_per_minute", 60],
  ["max_per_hour", 3600],
]);

/** In any such span of time, which is no more than in each calendar minute or hour. */
function rateLimits(pointer: string | undefined, effect: string, source: Source): readonly JsonObject[] {
  if (pointer === undefined) return [];
  return source.children(pointer).flatMap((child) => {
    const seconds = periods.get(child.name);
    if (seconds === undefined) return [];
    const max = source.integer(child.pointer);
    const to = `${effect}/velocity`;
    if (max !== undefined && max >= 1) {
      source.carried(child.pointer, to, `in any ${seconds} seconds`);
      return [{ max, seconds }];
    }
    const why = `the source says ${quote(source.written(child.pointer))}, which is no rate`;
    source.left(child.pointer, to, why);
    return [blank(why)];
  });
}
