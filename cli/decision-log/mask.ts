/** `--mask EFFECT/FIELD`: what is left out of the requests in a decision log. */
import { closest } from "../../compiler/diagnostics/suggest.ts";
import { own, ownMember } from "../../runtime/own.ts";
import type { Effect, Envelope, Field } from "../../schema/envelope.ts";
import { codePointCompare } from "../../schema/json/canonical.ts";
import type { HostileRequest } from "../../schema/request.ts";
import { UsageError } from "../io.ts";

export interface Masked {
  readonly input: unknown;
  /** What was left out, sorted: paths as OPA lists them, a `/` within a key as `%2F`. */
  readonly erased: readonly string[];
}

export type Mask = (request: HostileRequest) => Masked;

/**
 * A field is masked with all that tells its value: its url parts, the rows that it is in, the fields that decode the same
 * argument or a part of it, are computed from it or make it up, or have to equal it, and the results that it has to be one of.
 * Sums kept in meters stay.
 *
 * @param names `effect/field`
 * @throws UsageError for a name that the envelope does not have
 */
export function planMask(envelope: Envelope, names: readonly string[]): Mask {
  const known = Object.entries(envelope.effects).flatMap(([name, { fields }]) =>
    Object.keys(fields).map((field) => `${name}/${field}`),
  );
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const near = closest(unknown, known);
    const help = near === undefined ? `its fields: ${known.join(", ")}` : `did you mean \`${near}\`?`;
    throw new UsageError(`\`--mask ${unknown}\` names no field of the envelope; ${help}`);
  }
  const fields = new Map<string, ReadonlySet<string>>();
  const results = new Set<string>();
  for (const [name, effect] of Object.entries(envelope.effects)) {
    const masked = told(effect, new Set(names.flatMap((each) => fieldIn(name, each))));
    fields.set(name, masked);
    for (const [key, operators] of Object.entries(effect.allow ?? {}))
      if (masked.has(key) && "producedBy" in operators) results.add(operators.producedBy);
  }
  return (request) => {
    const masked = fields.get(String(ownMember(request, "effect"))) ?? new Set();
    const effect = own(envelope.effects, String(ownMember(request, "effect")));
    const isMasked = (key: string) => tells(effect, key, masked);
    const [withoutFields, erasedFields] = without(request, ["fields"], isMasked);
    const [input, erasedResults] = without(withoutFields, ["state", "produced"], (key) => results.has(key));
    return { input, erased: [...erasedFields, ...erasedResults].sort(codePointCompare) };
  };
}

function fieldIn(effect: string, name: string): readonly string[] {
  return name.startsWith(`${effect}/`) ? [name.slice(effect.length + 1)] : [];
}

/** The fields, and those that tell something of them. */
function told(effect: Effect, named: ReadonlySet<string>): ReadonlySet<string> {
  // The factors give a product away, but a product of which one factor is hidden gives no other away.
  const hidden = grown(effect, named, [isFactor, overlaps, mustEqual]);
  return grown(effect, hidden, [isProduct, overlaps, mustEqual]);
}

/** Whether a field is told by the masked ones, or tells one of them. */
type Tie = (name: string, field: Field, effect: Effect, masked: ReadonlySet<string>) => boolean;

function grown(effect: Effect, masked: ReadonlySet<string>, ties: readonly Tie[]): ReadonlySet<string> {
  const all = Object.entries(effect.fields)
    .filter(([name, field]) => masked.has(name) || ties.some((tie) => tie(name, field, effect, masked)))
    .map(([name]) => name);
  return all.length === masked.size ? masked : grown(effect, new Set(all), ties);
}

const isFactor: Tie = (name, _, { fields }, masked) =>
  Object.entries(fields).some(
    ([other, field]) => masked.has(other) && field.type === "product" && field.of.includes(name),
  );

const isProduct: Tie = (_, field, __, masked) => field.type === "product" && field.of.some((name) => masked.has(name));

/** One decodes what the other does, or a part of it. */
const overlaps: Tie = (_, field, { fields }, masked) => {
  const pointers = Object.entries(fields).flatMap(([name, other]) => (masked.has(name) ? pointersOf(other) : []));
  return pointersOf(field).some((one) => pointers.some((other) => isWithin(one, other) || isWithin(other, one)));
};

const mustEqual: Tie = (name, _, { relations = [] }, masked) =>
  relations.some(({ left, op, right }) => {
    const sides = [left, right].map(fieldNameOf);
    return op === "==" && sides.includes(name) && sides.some((side) => masked.has(side));
  });

function pointersOf(field: Field): readonly string[] {
  return ["from", "until"].map((end) => ownMember(field, end)).filter((pointer) => typeof pointer === "string");
}

function isWithin(pointer: string, other: string): boolean {
  return pointer === other || pointer.startsWith(`${other}/`);
}

/** `site.host` is a part of `site`. */
function fieldNameOf(key: string): string {
  return key.split(".")[0] ?? "";
}

/** Whether a key of `request.fields` tells the value of a masked field. */
function tells(effect: Effect | undefined, key: string, masked: ReadonlySet<string>): boolean {
  const [field = "", part = ""] = key.split(/[./]/);
  if (!key.startsWith("rows/")) return masked.has(field);
  return effect?.rows?.[Number(part)]?.fields.some((name) => masked.has(fieldNameOf(name))) ?? false;
}

/** A copy without some members of the record at a path, and the paths of those. */
function without(
  value: unknown,
  path: readonly string[],
  isMasked: (key: string) => boolean,
  at = "/input",
): readonly [unknown, readonly string[]] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [value, []];
  const [step, ...rest] = path;
  const entries = Object.entries(value);
  if (step === undefined) {
    const kept = entries.filter(([key]) => !isMasked(key));
    const erased = entries.filter(([key]) => isMasked(key)).map(([key]) => `${at}/${encodeURIComponent(key)}`);
    return [Object.fromEntries(kept), erased];
  }
  const [inner, erased] = without(ownMember(value, step), rest, isMasked, `${at}/${step}`);
  return [Object.fromEntries(entries.map(([key, each]) => [key, key === step ? inner : each])), erased];
}
