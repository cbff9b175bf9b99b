/** What was read has its own members only: nothing that somebody put on `Object.prototype` stands for one that is missing. */

/** @param value made by `JSON.parse`; it loses its prototypes in place. */
export function stripPrototypes(value: unknown): void {
  if (typeof value === "object" && value !== null) strip(value);
}

function strip(value: object): void {
  if (Array.isArray(value)) {
    for (const element of value) stripPrototypes(element);
    return;
  }
  Object.setPrototypeOf(value, null);
  for (const name in value) {
    const member: unknown = Reflect.get(value, name);
    if (typeof member === "object" && member !== null) strip(member);
  }
}
