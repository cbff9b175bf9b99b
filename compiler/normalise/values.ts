import type { Envelope, ValueList } from "../../schema/envelope.ts";
import type { Values } from "../../schema/normalised.ts";
import type { Form, Operand } from "../operands.ts";
import { type Canonical, readWritten } from "../written.ts";
import { members } from "./maps.ts";

/** The canonical value of one that the rules have accepted. */
export function canonicalOf(form: Form, written: unknown): Canonical {
  const read = readWritten(form, written);
  if (!read.ok) throw new TypeError(`the rules let ${JSON.stringify(written)} pass as ${form.is}`);
  return read.value;
}

export function numberOf(form: Form, written: unknown): number {
  return Number(canonicalOf(form, written));
}

export function valuesOf(form: Form, written: readonly unknown[]): Values {
  const values = written.map((value) => canonicalOf(form, value));
  const numbers = values.filter((value) => typeof value === "number");
  if (numbers.length > 0) return { numbers: [...new Set(numbers)].sort((a, b) => a - b) };
  return { texts: members(values.map(String)) };
}

/** The list itself, or the named set that stands for it. */
export function listOf(list: ValueList, envelope: Envelope): readonly unknown[] {
  return Array.isArray(list) ? list : (envelope.sets?.[list.set] ?? []);
}

/** An operand as the normalised form names it. */
export function named({ name, shape }: Operand): { readonly field: string; readonly shape: Operand["shape"] } {
  return { field: name, shape };
}
