/** The recipes name files that are there. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const recipes = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
const rooms = ["schema", "compiler", "policies", "runtime", "cli", "examples", "test", ".ci"];
const paths = [...new Set(Array.from(recipes.matchAll(/`((?:[\w.-]+\/)[\w./<>-]*)`/g), ([, path]) => path!))].filter(
  (path) => rooms.includes(path.split("/")[0]!),
);

test("the recipes name files in every room", () => {
  expect(new Set(paths.map((path) => path.split("/")[0]))).toEqual(new Set(rooms));
});

test.each(paths.filter((path) => !path.includes("<")))("%s exists", (path) => {
  expect(existsSync(join(root, path))).toBe(true);
});

test.each(paths.filter((path) => path.includes("<")))("%s has others of its kind", (path) => {
  const isFolder = path.endsWith("/");
  const pattern = new RegExp(`^${basename(path).replaceAll(".", "\\.").replace(/<\w+>/, "[\\w-]+")}$`);
  const entries = readdirSync(join(root, dirname(path)), { withFileTypes: true });
  expect(
    entries.filter((entry) => entry.isDirectory() === isFolder && pattern.test(entry.name)).length,
  ).toBeGreaterThan(0);
});
