/** The list of mutants fits the sources, and what it breaks is told apart from what does not even run. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sourceOf } from "./copy.ts";
import { type Mutant, mutate } from "./mutant.ts";
import { mutants } from "./mutants.ts";

const root = join(import.meta.dirname, "../..");

test.each(mutants.map((mutant) => [`${mutant.file}: ${mutant.what}`, mutant] as const))("%s", (_, mutant) => {
  expect(mutate(sourceOf(mutant), mutant)).not.toBe(sourceOf(mutant));
  expect(mutant.by.length).toBeGreaterThan(0);
  expect(mutant.by.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test("no two are the same", () => {
  expect(new Set(mutants.map(({ file, what }) => `${file}: ${what}`)).size).toBe(mutants.length);
  expect(new Set(mutants.map(({ file, from, to }) => JSON.stringify([file, from, to]))).size).toBe(mutants.length);
});

test("the README tells how many there are", () => {
  const told = /more than (\d+) guards broken one at a time/.exec(readFileSync(join(root, "README.md"), "utf8"))?.[1];
  expect(mutants.length).toBeGreaterThan(Number(told));
  expect(mutants.length).toBeLessThan(Number(told) * 1.3);
});

describe("a text that is to be broken", () => {
  const mutant: Mutant = { file: "f.ts", what: "w", from: "a < b", to: "a <= b$&", by: [] };

  test("is replaced by just what is written", () => {
    expect(mutate("if (a < b) {", mutant)).toBe("if (a <= b$&) {");
  });

  test.each(["a > b", "a < b && a < b"])("is in the source exactly once, unlike in `%s`", (source) => {
    expect(() => mutate(source, mutant)).toThrow("not once");
  });
});
