/** The rows that compare amounts and counts, and relations between fields. */
import type { Bound, Cost, Shape } from "../../../../schema/normalised.ts";
import { nameOf, outsiders } from "../candidates/names.ts";
import { setOf } from "../candidates/sets.ts";
import { valueAt } from "../change.ts";
import { around, at, type Deviate, type Deviation, type Site, spoilt, steps } from "./deviation.ts";
import { spoiltOperand } from "./operand.ts";

export const perCall: Deviate<"perCall"> = (bound, { request }) => {
  const path = ["fields", bound.field];
  const [least, most] =
    bound.shape === "range"
      ? [
          [...path, "min"],
          [...path, "max"],
        ]
      : [path, path];
  return [...around("max", most, bound.max), ...around("min", least, bound.min), ...spoiltOperand(bound, request)];
};

/** What was used before is brought to where this call's cost just fits. */
export function meter({ id, max, cost }: { id: string; max: number; cost: Cost }, site: Site): readonly Deviation[] {
  const path = ["state", "meters", id];
  const value = "constant" in cost ? cost.constant : Number(valueAt(site.request, ["fields", cost.field]));
  return [
    ...(Number.isSafeInteger(value) ? around("limit", path, max - value) : []),
    at("used below zero", { path, value: -1 }),
    ...("field" in cost && max < Number.MAX_SAFE_INTEGER
      ? [at("cost over the limit", { path: ["fields", cost.field], value: max + 1 })]
      : []),
    ...("field" in cost ? [at("cost below zero", { path: ["fields", cost.field], value: -1 })] : []),
    ...spoilt("used", path, "number"),
    ...("field" in cost ? spoiltOperand({ field: cost.field, shape: "number" }, site.request) : []),
  ];
}

export const velocity: Deviate<"velocity"> = ({ id, max }) => {
  const path = ["state", "velocity", id];
  return [
    ...around("limit", path, max),
    at("count below zero", { path, value: -1 }),
    ...spoilt("count", path, "number"),
  ];
};

export const relations: Deviate<"relations"> = (bound, site) => {
  const { left, right, shape } = bound;
  const path = ["fields", left];
  const other = valueAt(site.request, ["fields", right]);
  const same = left === right ? [] : equalTo(other, bound).map((value) => at("both sides the same", { path, value }));
  return [
    ...same,
    ...(typeof other === "number" && left !== right
      ? steps.flatMap(({ sign, by }) =>
          by !== 0 && Number.isSafeInteger(other + by) ? [at(`left is right${sign}`, { path, value: other + by })] : [],
        )
      : otherThan(shape, site, left).map((value) => at("left is another", { path, value }))),
    ...spoiltOperand({ field: left, shape }, site.request),
    ...(left === right ? [] : spoiltOperand({ field: right, shape }, site.request)),
  ];
};

function equalTo(value: unknown, { shape }: Bound<"relations">): readonly unknown[] {
  return value === undefined || shape === "range" ? [] : [value];
}

function otherThan(shape: Shape, { plans }: Site, key: string): readonly unknown[] {
  const form = plans.get(key)?.form;
  switch (shape) {
    case "text":
      return ["another"];
    case "boolean":
      return [true, false];
    case "name":
      return outsiders(form, undefined);
    case "textSet":
      return [setOf(["another"], 1)];
    case "numberSet":
      return [setOf([987_654_321], 1)];
    case "nameSet":
      return [setOf([nameOf(form, "another")], 1)];
    default:
      return [];
  }
}
