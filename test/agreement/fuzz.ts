/** A finished request spoilt anywhere: any member, map or element gone, of another type, or with members beside it. */
import { hostileValues, missing } from "./hostile.ts";

type Path = readonly string[];

/** Members that every object seems to have, or that an engine might take for something else. */
const strangers = ["__proto__", "constructor", "toString", "", "\ud800", "__entity", "value", "0"];

export function fuzzed(request: object, at: number, by: number): unknown {
  const places = placesIn(request);
  const place = places[at % places.length]!;
  if (by % 5 === 0)
    return replaced(request, [...place, strangers[at % strangers.length]!], hostileValues[by % hostileValues.length]);
  return replaced(request, place, hostileValues[by % hostileValues.length]);
}

function placesIn(value: unknown): readonly Path[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [[key], ...placesIn(member).map((path) => [key, ...path])]);
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by === missing ? undefined : by;
  if (Array.isArray(value)) {
    const index = Number(key);
    return Number.isInteger(index) && index < value.length
      ? value.with(index, replaced(value[index], rest, by))
      : [...value, by];
  }
  if (typeof value !== "object" || value === null) return replaced({}, [key, ...rest], by);
  const others = Object.entries(value).filter(([each]) => each !== key);
  const inner = Object.getOwnPropertyDescriptor(value, key)?.value;
  if (rest.length === 0 && by === missing) return Object.fromEntries(others);
  return Object.fromEntries([...others, [key, replaced(inner, rest, by)]]);
}
