/** A document that nobody else holds: what the engines are asked, one after the other, and what the verdict shows are the same. */
import { bare } from "../schema/json/bare.ts";
import { greatestDepth } from "../schema/json/depth.ts";

/**
 * Reads every own enumerable member once. Functions are left out, `toJSON` among them; nothing is inherited.
 *
 * @throws RangeError beyond 1,000 levels, so for a cycle too
 */
export function plainCopy(value: unknown, levels = greatestDepth): unknown {
  if (typeof value === "function") return undefined;
  if (typeof value !== "object" || value === null) return value;
  if (!Array.isArray(value)) return plainRecord(value, levels);
  if (levels <= 0) throw tooDeep();
  const copy: unknown[] = [];
  for (let i = 0; i < value.length; i++) copy.push(plainCopy(value[i], levels - 1));
  return copy;
}

/** The same for the members of an object. */
export function plainRecord(value: object, levels = greatestDepth): Readonly<Record<string, unknown>> {
  if (levels <= 0) throw tooDeep();
  const copy = bare();
  for (const name of Object.keys(value)) copy[name] = plainCopy(Reflect.get(value, name), levels - 1);
  return copy;
}

function tooDeep(): RangeError {
  return new RangeError(`objects and arrays are nested deeper than ${greatestDepth} levels`);
}
