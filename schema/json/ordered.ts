/** Members in the order of RFC 8785, so that the platform's own `JSON.stringify` writes the canonical form. */

/** What only a writer that goes member by member can write, or refuses to. */
export const unordered: unique symbol = Symbol("unordered");

/**
 * The value itself where its members stand in order already, at every depth; else a copy in which they do. The platform writes
 * strings and numbers as JCS does, lone surrogates aside, so that their order is all that is left.
 *
 * @returns `unordered` for what is no finite JSON data, and for names that an object puts elsewhere: `7`, `__proto__`
 */
export function ordered(value: unknown): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : unordered;
    case "object":
      if (value === null) return value;
      return Array.isArray(value) ? orderedArray(value) : orderedObject(value);
    default:
      return unordered;
  }
}

function orderedArray(values: readonly unknown[]): unknown {
  let copy: unknown[] | undefined;
  for (let i = 0; i < values.length; i++) {
    const element = ordered(values[i]);
    if (element === unordered) return unordered;
    if (element !== values[i]) copy ??= [...values];
    if (copy !== undefined) copy[i] = element;
  }
  return copy ?? values;
}

/** Inherits nothing that could take a member: no setter that somebody put on `Object.prototype`. */
class Copy {
  [name: string]: unknown;
  static {
    Object.setPrototypeOf(Copy.prototype, null);
  }
}

function orderedObject(object: object): unknown {
  if ("toJSON" in object) return unordered;
  const names = Object.keys(object);
  for (const name of names) if (isPutElsewhere(name)) return unordered;
  let copy = isSorted(names) ? undefined : new Copy();
  if (copy !== undefined) names.sort();
  for (const name of names) {
    const given: unknown = Reflect.get(object, name);
    // A member without a value is not written.
    const member = given === undefined ? undefined : ordered(given);
    if (member === unordered) return unordered;
    if (member !== given) copy ??= Object.assign(new Copy(), object);
    if (copy !== undefined) copy[name] = member;
  }
  return copy ?? object;
}

/** Objects have members that are called by numbers first, and `__proto__` is no member of a copy. */
function isPutElsewhere(name: string): boolean {
  const first = name.charCodeAt(0);
  return (first >= digits.first && first <= digits.last) || name === "__proto__";
}

const digits = { first: 0x30, last: 0x39 };

function isSorted(names: readonly string[]): boolean {
  for (let i = 1; i < names.length; i++) if (names[i]! < names[i - 1]!) return false;
  return true;
}
