/** Budgets of v0.1: three that it defines, and others whose meaning is in their names only. */
import { quote } from "../../diagnostics/quote.ts";
import { blank, type Json, type JsonObject, lacking } from "../draft.ts";
import type { Child, Source } from "../source.ts";
import type { Breaker } from "./breakers.ts";
import { type Capability, type Extras, noExtras } from "./effects.ts";

export interface BudgetSite {
  readonly source: Source;
  readonly capabilities: readonly Capability[];
  readonly breakers: readonly Breaker[];
}

export interface Budgets {
  readonly budgets: JsonObject;
  /** What the breakers' conditions are about, by the breaker's pointer in the draft. */
  readonly thresholds: ReadonlyMap<string, readonly string[]>;
  readonly extrasOf: (capability: Capability) => Extras;
}

/**
 * @param defined where the three stand that v0.1 defines
 * @param others where the others stand, which may be the same object
 */
export function draftBudgets(defined: string, others: string, { source, capabilities, breakers }: BudgetSite): Budgets {
  const placing = capabilities.filter(({ type }) => type === "order_place");
  const place = placing.length === 1 ? placing[0] : undefined;
  const orders: { calls?: Json; velocity: JsonObject[]; lacks: string[] } = { velocity: [], lacks: [] };
  const lacks: string[] = [];
  const thresholds = new Map<string, readonly string[]>();
  for (const child of source.children(others).filter(({ name }) => !threes.has(name))) {
    const breaker = breakers.find(({ condition }) => condition.split(/\W+/).includes(child.name));
    const limit = place === undefined ? undefined : orderLimits.get(child.name);
    const max = source.integer(child.pointer);
    if (breaker !== undefined) {
      const why = unnamed(child, source);
      thresholds.set(breaker.to, [...(thresholds.get(breaker.to) ?? []), why]);
      source.left(child.pointer, `${breaker.to}/when`, why);
    } else if (place !== undefined && limit !== undefined && max !== undefined && max >= 0)
      limit({ ...child, max, effect: `/effects/${place.name}` }, orders, source);
    else {
      const why = unnamed(child, source);
      const to = place !== undefined && /position/.test(child.name) ? `/effects/${place.name}` : "/budgets";
      (to === "/budgets" ? lacks : orders.lacks).push(why);
      source.left(child.pointer, to, why);
    }
  }
  return {
    budgets: {
      actions: draftActions(`${defined}/max_actions_total`, source),
      externalCalls: draftExternalCalls(`${defined}/max_external_calls`, source),
      ...lacking(lacks),
    },
    thresholds,
    extrasOf: (capability) => (capability === place ? orders : noExtras),
  };
}

const threes: ReadonlySet<string> = new Set([
  "max_actions_total",
  "max_external_calls",
  "max_duration_seconds",
  "domain_specific",
]);

interface OrderLimit extends Child {
  readonly max: number;
  /** The pointer of the effect that places orders. */
  readonly effect: string;
}

type OrderExtras = { calls?: Json; velocity: JsonObject[] };

const orderLimits: ReadonlyMap<string, (limit: OrderLimit, extras: OrderExtras, source: Source) => void> = new Map([
  [
    "max_orders_per_minute",
    ({ pointer, max, effect }: OrderLimit, { velocity }: OrderExtras, source: Source) => {
      velocity.push({ max, seconds: 60 });
      source.carried(pointer, `${effect}/velocity`, "in any 60 seconds");
    },
  ],
  [
    "max_orders_per_day",
    ({ pointer, max, effect }: OrderLimit, extras: OrderExtras, source: Source) => {
      extras.calls = {
        max,
        perPeriod: "day",
        timezone: blank("the source does not say in which time zone a day of orders begins"),
      };
      source.carried(pointer, `${effect}/session/calls/max`, "the time zone of the day is left blank");
    },
  ],
]);

/** Why a number with a telling name is no bound yet. */
function unnamed({ name, pointer }: Child, source: Source): string {
  const said = `the source says ${quote(`${name}: ${source.written(pointer)}`)}`;
  if (/position/.test(name))
    return `${said}: a position is what was bought less what was sold, which no bound counts; limit what is traded in all in \`session\``;
  if (/loss|drawdown/.test(name))
    return `${said}: no call uses up a loss; write a breaker with the metric, and money as decimal text with its unit`;
  if (/_[a-z]{3}$/.test(name))
    return `${said}: a JSON number where money is decimal text, and a unit in its name only; write a meter with \`max\` and \`unit\`, and what feeds it in \`consumes\``;
  return `${said}, which v0.1 does not define: write a meter, or the bound that it stands for`;
}

function draftActions(pointer: string, source: Source): Json {
  const max = source.integer(pointer);
  if (max === undefined || max < 0) {
    const why = source.has(pointer)
      ? `the source says ${quote(source.written(pointer))}, which is no count`
      : "the source has no budget of all actions";
    if (source.has(pointer)) source.left(pointer, "/budgets/actions", why);
    return blank(why);
  }
  source.carried(pointer, "/budgets/actions/max");
  return { max };
}

/** Here every call of an external effect counts; what v0.1 counts is not said, and 0 beside granted actions means something else. */
function draftExternalCalls(pointer: string, source: Source): Json {
  const max = source.integer(pointer);
  if (max !== undefined && max > 0) {
    source.carried(pointer, "/budgets/externalCalls/max", "every call of an effect that is external counts");
    return { max };
  }
  if (!source.has(pointer)) return blank("the source has no budget of external calls: needed if an effect is external");
  const why = `the source says ${quote(source.written(pointer))}: here every call of an external effect counts, and 0 would deny them all; write how many there may be`;
  source.left(pointer, "/budgets/externalCalls", why);
  return blank(why);
}
