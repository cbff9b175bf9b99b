/** What `allow` and `perCall` together ask of one operand, in canonical values: for finding what no value satisfies. */
import type { Allow, PerCall, ValueList } from "../../schema/envelope.ts";
import { checkString } from "../../schema/values/string.ts";
import { ancestorForm, type Form, isSet, type Operand } from "../operands.ts";
import { type Canonical, readWritten } from "../written.ts";
import { operatorsOf } from "./kinds.ts";
import { type EffectSite, own } from "./rule.ts";

/** A value of an operand, or one element of a set; `under`: itself and its ancestors. */
export interface Candidate {
  readonly value: Canonical;
  readonly under: readonly string[];
}

export interface Constraints {
  readonly operand: Operand;
  /** The values listed, of a set those that its elements may have; undefined where nothing lists them. */
  readonly listed: ReadonlyMap<Canonical, Candidate> | undefined;
  readonly excluded: ReadonlySet<Canonical>;
  /** The value, or something above it, must be among these. */
  readonly above: ReadonlyMap<Canonical, Candidate> | undefined;
  readonly notAbove: ReadonlySet<Canonical>;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly minItems: number;
  readonly maxItems: number | undefined;
}

/** Operators that do not fit or cannot be read are left out: they are reported elsewhere. */
export function constraintsOf(site: EffectSite, operand: Operand): Constraints {
  const allow = own(site.effect.allow, operand.name) ?? {};
  const fits = new Set<string>(operatorsOf(operand));
  const list = (op: "oneOf" | "noneOf" | "subsetOf" | "disjointFrom" | "under" | "noneUnder") => {
    const form = op === "under" || op === "noneUnder" ? ancestorForm(operand.form) : operand.form;
    return fits.has(op) ? byValue(readList(site, form, allow[op])) : undefined;
  };
  const isCapped = operand.field.type !== "url" && (operand.shape === "number" || operand.shape === "range");
  const cap = isCapped ? own(site.effect.perCall, operand.name) : undefined;
  return {
    operand,
    listed: both(
      both(list("oneOf"), list("subsetOf")),
      fits.has("equals") ? byValue(single(operand.form, allow)) : undefined,
    ),
    excluded: new Set([...(list("noneOf")?.keys() ?? []), ...(list("disjointFrom")?.keys() ?? [])]),
    above: list("under"),
    notAbove: new Set(list("noneUnder")?.keys()),
    ...(cap === undefined ? { min: undefined, max: undefined } : rangeOf(operand, cap)),
    minItems: isSet(operand) ? (allow.minItems ?? 1) : 0,
    maxItems: isSet(operand) ? allow.maxItems : undefined,
  };
}

/** Whether a value (of a set: one element) satisfies everything but the number of elements. */
export function admits(constraints: Constraints, { value, under }: Candidate): boolean {
  const { listed, excluded, above, notAbove, min, max, operand } = constraints;
  const { field } = operand;
  return (
    (listed === undefined || listed.has(value)) &&
    !excluded.has(value) &&
    (above === undefined || under.some((ancestor) => above.has(ancestor))) &&
    !under.some((ancestor) => notAbove.has(ancestor)) &&
    (min === undefined || Number(value) >= min) &&
    (max === undefined || Number(value) <= max) &&
    (field.type !== "string" || checkString(String(value), field).ok)
  );
}

/** The listed values that satisfy the rest; undefined where nothing lists them. */
export function remaining(constraints: Constraints): readonly Candidate[] | undefined {
  const { listed } = constraints;
  return listed === undefined ? undefined : [...listed.values()].filter((candidate) => admits(constraints, candidate));
}

/** The smallest amount that a call can carry; undefined where that is unknown. */
export function leastAmount(constraints: Constraints): number | undefined {
  const left = remaining(constraints)?.map(({ value }) => Number(value));
  if (left !== undefined) return left.length === 0 ? undefined : Math.min(...left);
  return constraints.min;
}

export function readCandidate(form: Form, written: unknown): Candidate | undefined {
  const read = readWritten(form, written);
  return read.ok ? { value: read.value, under: read.under ?? [] } : undefined;
}

function readList({ envelope }: EffectSite, form: Form, list: ValueList | undefined) {
  const written = list === undefined || Array.isArray(list) ? list : own(envelope.sets, list.set);
  const read = written?.map((value) => readCandidate(form, value));
  return read?.every((candidate) => candidate !== undefined) ? read : undefined;
}

function single(form: Form, { equals }: Allow): readonly Candidate[] | undefined {
  const candidate = equals === undefined ? undefined : readCandidate(form, equals);
  return candidate === undefined ? undefined : [candidate];
}

type ByValue = ReadonlyMap<Canonical, Candidate> | undefined;

function both(a: ByValue, b: ByValue): ByValue {
  if (a === undefined || b === undefined) return a ?? b;
  return new Map([...a].filter(([value]) => b.has(value)));
}

function byValue(candidates: readonly Candidate[] | undefined): ByValue {
  return candidates === undefined ? undefined : new Map(candidates.map((candidate) => [candidate.value, candidate]));
}

/** A range that is none is reported where it is written. */
function rangeOf(operand: Operand, { min, max }: PerCall) {
  const least = min === undefined ? 0 : amount(operand, min);
  const most = amount(operand, max);
  const isRange = least === undefined || most === undefined || least <= most;
  return isRange ? { min: least, max: most } : { min: undefined, max: undefined };
}

function amount({ form }: Operand, written: unknown): number | undefined {
  const value = readCandidate(form, written)?.value;
  return typeof value === "number" ? value : undefined;
}
