/** Where two documents differ first. */
import { escapeToken } from "../../schema/json/pointer.ts";

/** @returns a JSON Pointer to the first difference, members in any order; undefined where both are the same document */
export function differenceOf(a: unknown, b: unknown, pointer = ""): string | undefined {
  if (a === b) return undefined;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return pointer;
  if (Array.isArray(a) !== Array.isArray(b)) return pointer;
  const names = Object.keys(a);
  for (const name of names) {
    if (!Object.hasOwn(b, name)) return below(pointer, name);
    const [left, right]: readonly unknown[] = [Reflect.get(a, name), Reflect.get(b, name)];
    if (left === right) continue;
    const difference = differenceOf(left, right, below(pointer, name));
    if (difference !== undefined) return difference;
  }
  const others = Object.keys(b);
  if (others.length === names.length) return undefined;
  return below(pointer, others.find((name) => !Object.hasOwn(a, name)) ?? "");
}

function below(pointer: string, name: string): string {
  return `${pointer}/${escapeToken(name)}`;
}
