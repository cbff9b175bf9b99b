import fc from "fast-check";
import { expect, test } from "vitest";
import type { HostileRequest } from "../../schema/request.ts";
import { answers, requestsOf, someRuns, timeout, world } from "./worlds.ts";

/** Lists whose order says nothing. In the others the position is part of a bound's id, or a tuple's meaning. */
const unordered = new Set([
  "tools",
  "tags",
  "requires",
  "capabilities",
  "ignored",
  "absent",
  "oneOf",
  "noneOf",
  "subsetOf",
  "disjointFrom",
  "under",
  "noneUnder",
  "windows",
  "days",
  "except",
  "roles",
  "effects",
]);

type Shuffle = <T>(list: readonly T[]) => readonly T[];

/** The same document in another order: keys anywhere, and the members of lists that are sets. */
function reordered(value: unknown, shuffle: Shuffle, name = ""): unknown {
  if (Array.isArray(value)) {
    const elements = value.map((element) => reordered(element, shuffle));
    return unordered.has(name) || name === "sets" ? shuffle(elements) : elements;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [
    key,
    reordered(member, shuffle, name === "sets" ? name : key),
  ]);
  return Object.fromEntries(shuffle(entries));
}

/** Sorts by what a seeded stream of numbers says. */
function shuffleBy(numbers: readonly number[]): Shuffle {
  return (list) =>
    list
      .map((element, index) => ({ element, rank: numbers[(index * 7 + list.length) % numbers.length]! }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ element }) => element);
}

const numbers = fc.array(fc.nat(), { minLength: 31, maxLength: 31 });

test("the order of keys, bounds and set members in an envelope changes nothing", { timeout }, () => {
  fc.assert(
    fc.property(world, numbers, ({ built, plans }, numbers) => {
      const other = reordered(built.document, shuffleBy(numbers));
      const requests = requestsOf(built, plans);
      expect(answers(other, requests)).toEqual(answers(built.document, requests));
    }),
    someRuns,
  );
});

test("the order of keys in a request changes nothing", { timeout }, () => {
  fc.assert(
    fc.property(world, numbers, ({ built, plans }, numbers) => {
      const requests = requestsOf(built, plans);
      const shuffled = (digest: string) =>
        requests(digest).map((request) => keysReordered(request, shuffleBy(numbers)) as HostileRequest);
      expect(answers(built.document, shuffled)).toEqual(answers(built.document, requests));
    }),
    someRuns,
  );
});

function keysReordered(value: unknown, shuffle: Shuffle): unknown {
  if (Array.isArray(value)) return value.map((element) => keysReordered(element, shuffle));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    shuffle(Object.entries(value).map(([key, member]) => [key, keysReordered(member, shuffle)])),
  );
}
