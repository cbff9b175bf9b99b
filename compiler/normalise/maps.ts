import { codePointCompare } from "../../schema/json/canonical.ts";
import type { Members } from "../../schema/normalised.ts";

/** Entries in code point order, in a map without prototype, so that any name is only a name. */
export function sortedMap<T>(entries: Iterable<readonly [string, T]>): Readonly<Record<string, T>> {
  const map: Record<string, T> = Object.create(null);
  for (const [key, value] of [...entries].sort(([a], [b]) => codePointCompare(a, b))) map[key] = value;
  return map;
}

export function members(texts: Iterable<string>): Members {
  return sortedMap([...texts].map((text) => [text, true] as const));
}

/** Bounds in the order of their ids. */
export function byId<T extends { readonly id: string }>(bounds: readonly T[]): readonly T[] {
  return [...bounds].sort((a, b) => codePointCompare(a.id, b.id));
}

/** A group of bounds by kind, the empty ones left out. */
export function group<T extends object>(bounds: T): T {
  return Object.fromEntries(Object.entries(bounds).filter(([, list]) => Array.isArray(list) && list.length > 0)) as T;
}
