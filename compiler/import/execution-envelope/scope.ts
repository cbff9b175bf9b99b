/** The scope of a capability: what v0.1's examples write there, as fields and bounds. Its schema defines none of it. */
import { parseHost } from "../../../schema/values/host.ts";
import { quote } from "../../diagnostics/quote.ts";
import { blank, type Json } from "../draft.ts";
import type { Source } from "../source.ts";
import { refuseWords } from "./rest.ts";

/** What a scope adds to the draft of its effect; every part is by name. */
export interface Scoped {
  readonly fields: Record<string, Json>;
  readonly allow: Record<string, Json>;
  readonly perCall: Record<string, Json>;
  /** Members of the effect itself. */
  readonly members: Record<string, Json>;
  readonly lacks: string[];
}

export interface ScopeSite {
  readonly source: Source;
  /** The effect's pointer in the draft. */
  readonly effect: string;
  /** The effect through which orders are placed, if there is exactly one. */
  readonly placing: string | undefined;
}

type Carry = (pointer: string, scoped: Scoped, site: ScopeSite) => void;

const argument = blank("v0.1 does not say which argument of the tool this is: write a JSON Pointer into the arguments");

/** A list of words, for a field of its own. */
function words(field: string): Carry {
  return (pointer, { fields, allow }, { source, effect }) => {
    fields[field] = { type: "string", from: argument };
    const values = source.texts(pointer);
    const to = `${effect}/allow/${field}`;
    const why = whyNotListed(values);
    if (values === undefined || why !== undefined) {
      allow[field] = blank(`the source says ${quote(source.written(pointer))}: ${why}`);
      source.left(pointer, to, why ?? "");
      return;
    }
    allow[field] = { oneOf: values };
    source.carried(pointer, to);
  };
}

function whyNotListed(values: readonly string[] | undefined): string | undefined {
  if (values === undefined) return "a list of words is expected";
  if (values.length === 0) return "an empty list: v0.1 does not say whether that is nothing or anything";
  if (values.some((value) => value.includes("*")))
    return "v0.1 does not say what `*` stands for, and here are no wildcards";
  return undefined;
}

const quantity: Carry = (pointer, { fields, perCall }, { source, effect }) => {
  fields.qty = {
    type: "integer",
    from: argument,
    unit: blank("the source counts without a unit: write it, or leave `unit` out"),
  };
  const max = source.integer(pointer);
  const to = `${effect}/perCall/qty`;
  if (max === undefined || max < 0) {
    perCall.qty = blank(`the source says ${quote(source.written(pointer))}, which is no count`);
    source.left(pointer, to, "a whole number, at least 0, is expected");
  } else {
    perCall.qty = { min: blank("the source has no least quantity: 0 would admit empty orders"), max };
    source.carried(pointer, `${to}/max`, "as a whole number: fractions of a unit are refused");
  }
};

const hosts: Carry = (pointer, { fields, allow }, { source, effect }) => {
  const unsaid = (part: string) =>
    blank(`the source bounds hosts and says nothing of the ${part}: every part of a url is judged`);
  fields.site = { type: "url", from: argument };
  allow["site.scheme"] = unsaid("scheme");
  allow["site.port"] = unsaid("port");
  allow["site.path"] = unsaid("path");
  const values = source.texts(pointer);
  const to = `${effect}/allow/site.host`;
  const odd = values?.find((value) => !isCanonicalHost(value));
  if (values === undefined || values.length === 0 || odd !== undefined) {
    const why =
      odd === undefined ? "a list of host names is expected" : `${quote(odd)} is no host name in canonical form`;
    allow["site.host"] = blank(`the source says ${quote(source.written(pointer))}: ${why}`);
    source.left(pointer, to, why);
    return;
  }
  allow["site.host"] = { oneOf: values };
  source.carried(pointer, to, "these hosts only, not what is below them");
};

function isCanonicalHost(text: string): boolean {
  const parsed = parseHost(text);
  return parsed.ok && parsed.value.value === text;
}

const trading: Carry = (pointer, { members }, { source, effect }) => {
  const why = `${quote(source.written(pointer))} is a word for hours in the time of some exchange: write the windows and their zone`;
  members.schedule = blank(why);
  source.left(pointer, `${effect}/schedule`, why);
};

const ownOrders: Carry = (pointer, { fields, allow }, { source, effect, placing }) => {
  if (source.flag(pointer) === false) return source.refused(pointer, "`false` bounds nothing");
  fields.order = { type: "string", from: argument };
  const to = `${effect}/allow/order`;
  if (source.flag(pointer) === undefined || placing === undefined) {
    const why = "which effect makes the orders is not plain: write `producedBy` with its result";
    allow.order = blank(why);
    return source.left(pointer, to, why);
  }
  allow.order = { producedBy: `${placing}/order` };
  source.carried(pointer, to, "own orders are those placed in the same session");
};

const description: Carry = (pointer, _, { source }) =>
  refuseWords(pointer, "narrative: no call is judged by it", source);

/** In v0.1's envelopes, and under other names in its templates. */
const carriers: ReadonlyMap<string, Carry> = new Map([
  ["symbols", words("symbol")],
  ["symbols_allowlist", words("symbol")],
  ["order_types", words("order_type")],
  ["order_types_allowlist", words("order_type")],
  ["sides", words("side")],
  ["methods", words("method")],
  ["methods_allowlist", words("method")],
  ["max_qty_per_order", quantity],
  ["max_qty_per_order_ceiling", quantity],
  ["allowed_hosts", hosts],
  ["allowed_hosts_allowlist", hosts],
  ["session", trading],
  ["session_constraint", trading],
  ["own_orders_only", ownOrders],
  ["description", description],
]);

/** @param pointer an object of scope constraints, which need not be there */
export function readScope(pointer: string, site: ScopeSite): Scoped {
  const scoped: Scoped = { fields: {}, allow: {}, perCall: {}, members: {}, lacks: [] };
  const said = new Set<string>();
  for (const child of site.source.children(pointer)) {
    const carry = carriers.get(child.name);
    const subject = child.name.replace(/_(?:allowlist|ceiling|constraint)$/, "");
    if (carry !== undefined && !said.has(subject)) {
      said.add(subject);
      carry(child.pointer, scoped, site);
    } else if (carry !== undefined) {
      const why = `the scope says ${quote(`${child.name}: ${site.source.written(child.pointer)}`)} beside another limit of the same: write the one that holds`;
      scoped.lacks.push(why);
      site.source.left(child.pointer, site.effect, why);
    } else {
      const why = `the scope says ${quote(`${child.name}: ${site.source.written(child.pointer)}`)}, which v0.1 does not define: write it as a field and a bound`;
      scoped.lacks.push(why);
      site.source.left(child.pointer, site.effect, why);
    }
  }
  return scoped;
}
