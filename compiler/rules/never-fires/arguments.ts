import type { Field } from "../../../schema/envelope.ts";
import { formatPointer, parsePointer } from "../../../schema/json/pointer.ts";
import { quote } from "../../diagnostics/quote.ts";
import { below, forEachEffect } from "../rule.ts";
import { type JsonKind, kindsOf, namesOf } from "./json-kinds.ts";

/** Where a field's pointer is written, and whether a call may leave the argument out. */
interface Reader {
  readonly tokens: readonly string[];
  readonly place: string;
  readonly optional: boolean;
}

interface Demand {
  readonly kinds: readonly JsonKind[];
  readonly by: Reader;
}

/** What fields need to find, as a tree of pointer tokens: at each, the first demand of its kinds. */
interface Demands {
  readonly below: Map<string, Demands>;
  readonly here: Map<string, Demand>;
}

interface Clash {
  readonly argument: readonly string[];
  readonly demand: Demand;
  readonly other: Demand;
}

/** Two fields that read one argument as JSON values of which none is both: every call that has it is undecodable. */
export const noValueOfBothKinds = forEachEffect(({ name: effectName, effect, pointer }, { report }) => {
  const demands: Demands = { below: new Map(), here: new Map() };
  for (const [name, field] of Object.entries(effect.fields)) {
    if (field.type === "product") continue;
    const readers = readersOf(field, below(pointer, "fields", name));
    const [clash] = readers.flatMap((reader) => enter(demands, reader, kindsOf(field)) ?? []);
    if (clash === undefined) continue;
    const { argument, demand, other } = clash;
    const there = `${namesOf(other.kinds)} at ${quote(other.by.place)}`;
    const cause = `${quote(formatPointer(argument))} is read as ${namesOf(demand.kinds)} here, and as ${there}`;
    report("fires/never_fires", demand.by.place, { cause, effects: [effectName], ...consequence(clash) });
  }
});

/** Undefined where no call of the effect gets by. */
function consequence({ argument, demand, other }: Clash): { readonly what: string } | undefined {
  // An empty array has no element to fail.
  if (argument.includes("*")) return { what: "no call with such an element can ever be allowed" };
  const mayLack = demand.by.optional && other.by.optional;
  return mayLack ? { what: "no call with the argument can ever be allowed" } : undefined;
}

function readersOf(field: Exclude<Field, { type: "product" }>, place: string): readonly Reader[] {
  const tokens = parsePointer(field.from);
  const optional = "optional" in field && field.optional === true;
  const from = { tokens, place: below(place, "from"), optional };
  if (field.type === "span")
    return [from, { tokens: parsePointer(field.until), place: below(place, "until"), optional }];
  // A set is one array of elements, or what `*` collects.
  return field.type === "set" && !tokens.includes("*") ? [{ ...from, tokens: [...tokens, "*"] }] : [from];
}

/** The first clash with what was entered before, on the way to the pointer or there. */
function enter(demands: Demands, by: Reader, kinds: readonly JsonKind[]): Clash | undefined {
  let node = demands;
  let clash: Clash | undefined;
  for (const [i, token] of by.tokens.entries()) {
    const next = by.tokens[i + 1];
    const demand: Demand = { kinds: next === undefined ? kinds : [next === "*" ? "array" : "object"], by };
    const child = node.below.get(token) ?? { below: new Map(), here: new Map() };
    node.below.set(token, child);
    node = child;
    const other = [...node.here.values()].find((each) => !each.kinds.some((kind) => demand.kinds.includes(kind)));
    if (other !== undefined) clash ??= { argument: by.tokens.slice(0, i + 1), demand, other };
    const key = `${demand.kinds} ${by.optional}`;
    if (!node.here.has(key)) node.here.set(key, demand);
  }
  return clash;
}
