/** That the same call is decoded to the same fields: what `a` takes for a field, `b` takes for it too, and reads the same value. */
import type { Effect, Field } from "../../../schema/envelope.ts";
import { below, own } from "../../rules/rule.ts";
import type { Side } from "../side.ts";
import { type Report, same, within } from "../widening.ts";
import { limitOf } from "./set-limit.ts";

export function compareFields(a: Side, b: Side, report: Report): void {
  for (const [name, theirs] of Object.entries(b.effect.fields)) {
    const pointer = below(a.pointer, "fields", name);
    const field = own(a.effect.fields, name);
    if (field === undefined) report(pointer, "the field is not decoded");
    else compareField({ effect: a.effect, name, field }, { effect: b.effect, name, field: theirs }, pointer, report);
  }
}

interface Decoded {
  readonly effect: Effect;
  readonly name: string;
  readonly field: Field;
}

function compareField(a: Decoded, b: Decoded, pointer: string, report: Report): void {
  const mine: Readonly<Record<string, unknown>> = { ...a.field };
  const theirs: Readonly<Record<string, unknown>> = { ...b.field };
  for (const member of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const admits = Object.hasOwn(options, member) ? options[member] : undefined;
    const holds = admits === undefined ? same(mine[member], theirs[member]) : admits(mine[member], theirs[member]);
    if (!holds) report(below(pointer, member), `\`${member}\` is not what is expected, nor stricter`);
  }
  if (!defaultsAgree(mine, theirs)) report(below(pointer, "default"), "a call without the argument means another one");
  if (limitOf(a.effect, a.name) > limitOf(b.effect, b.name))
    report(below(pointer, "limit"), `more than ${limitOf(b.effect, b.name)} elements are taken`);
}

/** The members in which one field may be stricter than another; in all others they must be the same. */
const options: Readonly<Record<string, (a: unknown, b: unknown) => boolean>> = {
  allowString: onlyIf,
  multiline: onlyIf,
  allowIp: onlyIf,
  unique: (a, b) => onlyIf(b, a),
  query: (a, b) => a === undefined || a === b,
  fragment: (a, b) => a === undefined || a === b,
  base: (a, b) => a === undefined || a === b,
  maxLength: (a, b) => b === undefined || (typeof a === "number" && typeof b === "number" && a <= b),
  format: (a, b) => within([a ?? date].flat(), [b ?? date].flat()),
  // Seen to as a pair, and with `allow`.
  optional: () => true,
  default: () => true,
  limit: () => true,
};

/** What `format` is where a date does not write it. */
const date = "YYYY-MM-DD";

function onlyIf(a: unknown, b: unknown): boolean {
  return a !== true || b === true;
}

function defaultsAgree(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  return a.optional !== true || (b.optional === true && same(a.default, b.default));
}
