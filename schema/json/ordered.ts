/** Copies with their members in the order of RFC 8785, so that the platform's own `JSON.stringify` writes the canonical form. */
import { bare } from "./bare.ts";

/** What only a writer that goes member by member can write, or refuses to. */
export const unordered: unique symbol = Symbol("unordered");

/**
 * What a reader of the canonical form would have. The platform writes strings and numbers as JCS does, lone surrogates aside,
 * so that the order of members is all that is left.
 *
 * @returns a value that nobody else holds, whose objects inherit nothing; `unordered` for what is no finite JSON data, and for
 * names that an object puts elsewhere: `7`
 */
export function orderedCopy(value: unknown): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      // There is one zero.
      return Number.isFinite(value) ? value + 0 : unordered;
    case "object":
      if (value === null) return value;
      return Array.isArray(value) ? orderedArray(value) : orderedObject(value);
    default:
      return unordered;
  }
}

function orderedArray(values: readonly unknown[]): unknown {
  if ("toJSON" in values) return unordered;
  const copy: unknown[] = [...values];
  for (let i = 0; i < copy.length; i++) {
    const element = orderedCopy(copy[i]);
    if (element === unordered) return unordered;
    copy[i] = element;
  }
  return copy;
}

function orderedObject(object: object): unknown {
  if ("toJSON" in object) return unordered;
  const names = Object.keys(object);
  if (!isSorted(names)) names.sort();
  const copy = bare();
  for (const name of names) {
    if (isPutElsewhere(name)) return unordered;
    const given: unknown = Reflect.get(object, name);
    // A member without a value is not written.
    if (given === undefined) continue;
    const member = orderedCopy(given);
    if (member === unordered) return unordered;
    copy[name] = member;
  }
  return copy;
}

/** Members that are called by numbers come first in an object. */
function isPutElsewhere(name: string): boolean {
  const first = name.charCodeAt(0);
  return first >= digits.first && first <= digits.last;
}

const digits = { first: 0x30, last: 0x39 };

function isSorted(names: readonly string[]): boolean {
  for (let i = 1; i < names.length; i++) if (names[i]! < names[i - 1]!) return false;
  return true;
}
