/** Objects that inherit nothing: what somebody put on `Object.prototype` is no member of theirs. */

const nothing: object = Object.freeze(Object.create(null));

/** A new one. Its prototype is empty, not null: platforms keep the members of an object without prototype in a slow table. */
export function bare<T = unknown>(): Record<string, T> {
  return Object.create(nothing);
}

/** @param value made by `JSON.parse`; it loses its prototypes in place. */
export function stripPrototypes(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) Object.setPrototypeOf(value, null);
  for (const member of Object.values(value)) stripPrototypes(member);
}
