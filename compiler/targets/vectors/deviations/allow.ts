/** `effects/<e>/allow/<field>`: members of each list and values outside it, and the sizes of sets. */

import { slotLimit } from "../../../../schema/cedar/names.ts";
import type { Bound, Operator } from "../../../../schema/normalised.ts";
import type { NameValue } from "../../../../schema/request.ts";
import { below, nameOf, outsiders } from "../candidates/names.ts";
import { ends, numbersOf, textsOf } from "../candidates/sample.ts";
import { setOf } from "../candidates/sets.ts";
import { strangerTo } from "../candidates/texts.ts";
import { missing, valueAt } from "../change.ts";
import { around, at, type Deviate, type Deviation, type Site, steps } from "./deviation.ts";
import { spoiltOperand } from "./operand.ts";

export const allow: Deviate<"allow"> = (bound, site) => [
  ...bound.operators.flatMap((operator) => edgesOf(bound, operator, site)),
  ...spoiltOperand(bound, site.request),
];

function edgesOf(bound: Bound<"allow">, operator: Operator, site: Site): readonly Deviation[] {
  const path = ["fields", bound.field];
  switch (operator.op) {
    case "equals": {
      const { value } = operator;
      if (typeof value === "boolean") return [at("not equal", { path, value: !value })];
      return [
        at("equal", { path, value: oneOf(bound, site, value) }),
        at("not equal", { path, value: oneOf(bound, site, typeof value === "number" ? value + 1 : `${value}x`) }),
      ];
    }
    case "minItems":
    case "maxItems":
      return sizes(bound, operator, site);
    case "producedBy": {
      const fact = ["state", "produced", operator.fact];
      const [stranger, wrong] = operator.element === "number" ? [987_654_321, "x"] : ["another", 7];
      const produced = valueAt(site.request, fact);
      const isSet = bound.shape.endsWith("Set");
      return [
        at("not produced", { path, value: isSet ? setWith(site, bound, [strange(bound, stranger)]) : stranger }),
        at("nothing produced", { path: fact, value: [] }),
        at("another produced", { path: fact, value: [stranger] }),
        { label: "produced missing", changes: [{ path: fact, value: missing }], isSpoilt: true },
        { label: "produced is no list", changes: [{ path: fact, value: "x" }], isSpoilt: true },
        {
          label: "produced holds another type",
          changes: [{ path: fact, value: [...(Array.isArray(produced) ? produced : []), wrong] }],
          isSpoilt: true,
        },
      ];
    }
    default:
      return members(bound, operator, site);
  }
}

/** The ends of a list, and what is not in it. */
function members(bound: Bound<"allow">, operator: Listing, site: Site): readonly Deviation[] {
  const { op, values } = operator;
  const texts = textsOf(values);
  const numbers = numbersOf(values);
  const isSet = bound.shape.endsWith("Set");
  const path = ["fields", bound.field];
  const form = site.plans.get(bound.field)?.form;
  const byAncestor = op === "under" || op === "noneUnder";
  const change = (label: string, element: string | number | NameValue) =>
    at(`${op} ${label}`, { path, value: isSet ? setWith(site, bound, [element]) : element });
  const element = (text: string) => (isNamed(bound) ? (byAncestor ? below(form, text) : nameOf(form, text)) : text);
  const inside = [...ends(texts).map(element), ...ends(numbers)].map((value, index) =>
    change(index === 0 ? "first" : "last", value),
  );
  const strangers = isNamed(bound)
    ? outsiders(form, texts[0])
    : texts.length > 0
      ? [strangerTo(texts), texts[0]!.toUpperCase()].filter((text) => !texts.includes(text))
      : [numbers[0]! - 1, numbers.at(-1)! + 1].filter((number) => Number.isSafeInteger(number));
  const outside = strangers.map((value, index) => change(index === 0 ? "outside" : "outside too", value));
  const mixed =
    isSet && (texts.length > 0 || numbers.length > 0) && strangers.length > 0
      ? [
          at(`${op} one in, one out`, {
            path,
            value: setWith(site, bound, [
              ...[...ends(texts).map(element), ...ends(numbers)].slice(0, 1),
              strangers[0]!,
            ]),
          }),
        ]
      : [];
  return [...inside, ...outside, ...mixed, ...(byAncestor ? otherAncestors(bound, operator, site) : [])];
}

/** The same names below what is not admitted: what only the ancestors tell. */
function otherAncestors(
  bound: Bound<"allow">,
  { op, values }: Listing,
  { request, plans }: Site,
): readonly Deviation[] {
  const form = plans.get(bound.field)?.form;
  const listed = textsOf(values);
  const wrong = op === "under" ? [strangerTo(listed)] : below(form, listed[0] ?? "").under;
  const path = ["fields", bound.field, "under"];
  const lists = valueAt(request, path);
  const value = bound.shape === "name" ? wrong : [wrong, ...(Array.isArray(lists) ? lists.slice(1) : [])];
  return [at(`${op} other ancestors`, { path, value })];
}

type Listing = Extract<Operator, { values: unknown }>;

function sizes(
  bound: Bound<"allow">,
  { op, value }: Extract<Operator, { op: "minItems" | "maxItems" }>,
  site: Site,
): readonly Deviation[] {
  const edge = op === "minItems" ? "min" : "max";
  if (bound.shape !== "nameSet") return around(edge, ["fields", bound.field, "count"], value);
  const path = ["fields", bound.field];
  return [
    ...steps
      .filter(({ by }) => value + by <= slotLimit + 1)
      .map(({ sign, by }) => at(`${edge}${sign}`, { path, value: resized(site, bound, value + by) })),
    at(`${edge} miscounted`, { path: [...path, "count"], value: op === "minItems" ? value - 1 : value + 1 }),
  ];
}

/** The set of the request with as many lists of ancestors as it is said to have items. */
function resized({ request }: Site, { field }: Bound<"allow">, count: number): unknown {
  const value = valueAt(request, ["fields", field]);
  const under = valueAt(value, ["under"]);
  const items = valueAt(value, ["items"]);
  const lists = Array.isArray(under) && under.length > 0 ? under : [[]];
  return {
    count,
    items: Array.isArray(items) ? items.slice(0, Math.max(0, count)) : [],
    under: Array.from({ length: Math.max(0, count) }, (_, index) => lists[index % lists.length]),
  };
}

function setWith(
  { request }: Site,
  { field }: Bound<"allow">,
  elements: readonly (string | number | NameValue)[],
): unknown {
  const count = valueAt(request, ["fields", field, "count"]);
  return setOf(elements, Math.max(elements.length, typeof count === "number" ? count : 1));
}

function oneOf(bound: Bound<"allow">, { plans }: Site, value: string | number): unknown {
  return isNamed(bound) ? nameOf(plans.get(bound.field)?.form, String(value)) : value;
}

function strange(bound: Bound<"allow">, value: string | number): string | number | NameValue {
  return isNamed(bound) ? { value: String(value), under: [String(value)] } : value;
}

function isNamed({ shape }: Bound<"allow">): boolean {
  return shape === "name" || shape === "nameSet";
}
