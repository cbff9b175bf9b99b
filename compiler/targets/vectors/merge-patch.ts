/** RFC 7386: the difference of two JSON values as a value in which null removes. Neither value holds a null. */
import { isRecord, type Json } from "./change.ts";

/** The patch that turns one object into the other; `{}` where there is none to make. */
export function diff(before: Json, after: Json): Json {
  const patch: Json = {};
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) patch[key] = null;
  for (const [key, value] of Object.entries(after)) {
    const old = Object.hasOwn(before, key) ? before[key] : undefined;
    if (isRecord(old) && isRecord(value)) {
      const inner = diff(old, value);
      if (Object.keys(inner).length > 0) patch[key] = inner;
    } else if (!isSame(old, value)) patch[key] = value;
  }
  return patch;
}

/** The object with the patch applied; nothing is changed in place. */
export function merged(target: Json, patch: Json): Json {
  const result = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    const old = Object.hasOwn(result, key) ? result[key] : undefined;
    if (value === null) delete result[key];
    else result[key] = isRecord(value) ? merged(isRecord(old) ? old : {}, value) : value;
  }
  return result;
}

/** Two patches of different parts of one object as one. */
export function joined(one: Json, other: Json): Json {
  const result = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const old = result[key];
    result[key] = isRecord(old) && isRecord(value) ? joined(old, value) : value;
  }
  return result;
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  return Array.isArray(a) && Array.isArray(b) && JSON.stringify(a) === JSON.stringify(b);
}
