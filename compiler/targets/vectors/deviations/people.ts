/** The rows that ask for people. */
import type { Condition, Values } from "../../../../schema/normalised.ts";
import { nameOf } from "../candidates/names.ts";
import { ends, numbersOf, textsOf } from "../candidates/sample.ts";
import { strangerTo } from "../candidates/texts.ts";
import type { Change } from "../change.ts";
import { at, type Deviate, type Deviation, type Site, steps } from "./deviation.ts";
import { spoiltOperand } from "./operand.ts";
import { approvalsAround } from "./session.ts";

export const channel: Deviate<"channel"> = ({ id, keys }) => approvalsAround(["state", "approvals", id], keys);

/** Approvals are counted where people are called for; the conditions are compared where nobody has approved. */
export const approval: Deviate<"approval"> = (bound, site) => {
  const path = ["state", "approvals", bound.id];
  const nobody: Change = { path, value: 0 };
  const called = site.calling(bound.id);
  const conditions = (bound.when ?? []).flatMap((condition) => [
    ...edgesOf(condition, site),
    ...spoiltOperand(condition, site.request),
  ]);
  return [
    ...approvalsAround(path, bound.keys).map((deviation) => ({
      ...deviation,
      changes: [...called, ...deviation.changes],
    })),
    ...(bound.when === undefined ? [] : [at("nobody, uncalled", nobody)]),
    ...conditions.map(({ label, changes, isSpoilt }) => ({
      label: `nobody, ${label}`,
      changes: [nobody, ...changes],
      isSpoilt,
    })),
  ];
};

/** The values at which a condition begins or ceases to match. */
function edgesOf(condition: Condition, site: Site): readonly Deviation[] {
  const { field, shape } = condition;
  const path = ["fields", field];
  const form = site.plans.get(field)?.form;
  switch (condition.op) {
    case "min":
    case "max":
      return steps
        .map(({ sign, by }) => ({ sign, value: condition.value + by }))
        .filter(({ value }) => Number.isSafeInteger(value))
        .map(({ sign, value }) =>
          at(`${field} ${condition.op}${sign}`, {
            path,
            value: shape === "range" ? { min: value, max: value } : value,
          }),
        );
    case "equals":
      return named(equalTo(condition.value));
    case "oneOf":
      return named(among(condition.values));
  }

  function named(values: readonly Labelled[]): readonly Deviation[] {
    return values.map(([label, value]) =>
      at(`${field} ${label}`, { path, value: shape === "name" ? nameOf(form, String(value)) : value }),
    );
  }
}

type Labelled = readonly [label: string, value: string | number | boolean];

const booleans: readonly Labelled[] = [
  ["true", true],
  ["false", false],
];

function equalTo(value: string | number | boolean): readonly Labelled[] {
  if (typeof value === "boolean") return booleans;
  return [
    ["equal", value],
    ["unequal", typeof value === "number" ? value + 1 : `${value}x`],
  ];
}

function among(values: Values | { readonly booleans: readonly boolean[] }): readonly Labelled[] {
  if ("booleans" in values) return booleans;
  const texts = textsOf(values);
  const numbers = numbersOf(values);
  const listed = ends<string | number>([...texts, ...numbers]);
  const outside = texts.length > 0 ? strangerTo(texts) : (numbers.at(-1) ?? 0) + 1;
  return [
    ...listed.map((value, index): Labelled => [index === 0 ? "first listed" : "last listed", value]),
    ["unlisted", outside],
  ];
}
