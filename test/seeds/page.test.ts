import { expect, test } from "vitest";
import { deployments, type Item, shown } from "./item.ts";
import { problemsOf } from "./page.ts";
import { tables } from "./tables.ts";

const problemOf = (item: Item) => problemsOf([{ title: "t", items: [item] }]);
const here = "test/seeds/page.test.ts";

test("every item is shown by tests that are there, or says why not", () => {
  expect(problemsOf(tables)).toEqual([]);
});

test("the gateway's items are 58, the threats 8, and no two of one table have one name", () => {
  const ids = tables.map(({ items }) => items.map(({ id }) => id));
  const numbered = ids.flat().filter((id) => /^G\d+$/.test(id));
  expect(numbered).toEqual(Array.from({ length: 58 }, (_, index) => `G${index + 1}`));
  expect(ids.flat().filter((id) => /^T\d$/.test(id))).toHaveLength(8);
  for (const own of ids) expect(new Set(own).size).toBe(own.length);
});

test.each([
  ["a test that was renamed", shown("i", "w", here, `${here}: no such name`), "there is no test"],
  ["a test file that is gone", shown("i", "w", here, "test/none.test.ts: a"), "there is no test"],
  [
    "a file that is gone",
    shown("i", "w", "runtime/none.ts", `${here}: %s is a problem`),
    "there is no `runtime/none.ts`",
  ],
  [
    "what is still to be built",
    { ...deployments("i", "w", "b"), missing: "all of it" },
    "is still to be built: all of it",
  ],
  ["an item of which nothing is said", shown("i", "w", [], []), "neither shown nor said why"],
])("%s is a problem", (_, item, said) => {
  expect(problemOf(item)).toEqual([expect.stringContaining(said)]);
});

test("what stands for a %s must stand in the file", () => {
  expect(problemOf(shown("i", "w", here, `${here}: a test that was renamed is a problem`))).toEqual([]);
  expect(problemOf(shown("i", "w", here, `${here}: never written ${""}anywhere is a problem`))).toHaveLength(1);
});
