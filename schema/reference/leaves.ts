/** Reading the leaves of a request in which anything may be missing or of another type: undefined is never confirmed. */
import type { HostileRequest, NameValue, RangeValue } from "../request.ts";

/** An own member of an object; undefined for anything else, inherited members and array elements included. */
export function member(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}

/** `request.state.<key>`, or an entry of that map. */
export function state(request: HostileRequest, ...keys: readonly string[]): unknown {
  return keys.reduce(member, member(request, "state"));
}

export function fieldOf(request: HostileRequest, key: string): unknown {
  return member(member(request, "fields"), key);
}

/** An integer of at most 2^53-1 in magnitude: the only numbers that count. */
export function wholeNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : undefined;
}

/** A string that has a UTF-8 form: without lone surrogates. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value.isWellFormed() ? value : undefined;
}

/** A list of which every element has the type; one wrong element spoils it all. */
export function listOf<T>(element: (value: unknown) => T | undefined, value: unknown): readonly T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const read = Array.from(value, element);
  return read.every((item) => item !== undefined) ? read : undefined;
}

export function range(value: unknown): RangeValue | undefined {
  const min = wholeNumber(member(value, "min"));
  const max = wholeNumber(member(value, "max"));
  return min === undefined || max === undefined ? undefined : { min, max };
}

export function name(value: unknown): NameValue | undefined {
  const itself = text(member(value, "value"));
  const under = listOf(text, member(value, "under"));
  return itself === undefined || under === undefined ? undefined : { value: itself, under };
}
