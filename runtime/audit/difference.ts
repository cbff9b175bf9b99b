/** Where two documents differ first. */
import { escapeToken } from "../../schema/json/pointer.ts";

/** @returns a JSON Pointer to the first difference, members in any order; undefined where both are the same document */
export function differenceOf(a: unknown, b: unknown): string | undefined {
  if (a === b) return undefined;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return "";
  if (Array.isArray(a) !== Array.isArray(b)) return "";
  const names = Object.keys(a);
  for (const name of names) {
    if (!Object.hasOwn(b, name)) return token(name);
    const difference = differenceOf(Reflect.get(a, name), Reflect.get(b, name));
    if (difference !== undefined) return token(name) + difference;
  }
  const others = Object.keys(b);
  if (others.length === names.length) return undefined;
  return token(others.find((name) => !Object.hasOwn(a, name)) ?? "");
}

function token(name: string): string {
  return `/${escapeToken(name)}`;
}
