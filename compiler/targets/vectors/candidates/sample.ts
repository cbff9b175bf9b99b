/** A few of many: vectors take the ends of a list, so that their number does not grow with its length. */
import type { Values } from "../../../../schema/normalised.ts";

/** The first two and the last, without repetition. */
export function sample<T>(list: readonly T[]): readonly T[] {
  return list.length <= 3 ? list : [list[0]!, list[1]!, list.at(-1)!];
}

/** The first and the last. */
export function ends<T>(list: readonly T[]): readonly T[] {
  return list.length <= 1 ? list : [list[0]!, list.at(-1)!];
}

export function textsOf(values: Values): readonly string[] {
  return "texts" in values ? Object.keys(values.texts) : [];
}

export function numbersOf(values: Values): readonly number[] {
  return "numbers" in values ? values.numbers : [];
}

/** Each value once, by its JSON text, in the order in which they come; at most so many. */
export function distinct<T>(values: readonly T[], most: number): readonly T[] {
  const known = new Map<string, T>();
  for (const value of values) {
    if (known.size >= most) break;
    const key = JSON.stringify(value);
    if (!known.has(key)) known.set(key, value);
  }
  return [...known.values()];
}
