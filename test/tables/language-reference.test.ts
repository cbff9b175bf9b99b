/** The language reference names every member, field type, operator and bound, and every test that it names exists. */
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { boundKinds } from "../../schema/bounds.ts";

const root = new URL("../../", import.meta.url);
const reference = readFileSync(new URL("schema/README.md", root), "utf8");
const schema: unknown = JSON.parse(readFileSync(new URL("schema/envelope.schema.json", root), "utf8"));

/** Names of members, and values of `const` and `enum`, anywhere in the schema. */
function wordsOf(node: unknown, name = ""): readonly string[] {
  if (Array.isArray(node)) return node.flatMap((element) => wordsOf(element));
  if (typeof node !== "object" || node === null) return name === "const" && typeof node === "string" ? [node] : [];
  return Object.entries(node).flatMap(([key, member]) => [
    ...(name === "properties" ? [key] : []),
    ...(key === "enum" && Array.isArray(member) ? member.filter((value) => typeof value === "string") : []),
    ...wordsOf(member, key),
  ]);
}

const words = [...new Set(wordsOf(schema))].sort();

const told = new Set(reference.split(/[`"|(),;]|\s|(?<!H):(?!MM|SS)/).filter((word) => word !== ""));

test.each(words)("it tells of `%s`", (word) => {
  expect(word.split(" ").every((part) => told.has(part))).toBe(true);
});

test.each(boundKinds)("it tells of the bound $kind and its code", ({ code }) => {
  expect(reference).toContain(`| ${code} |`);
});

const tests = [...new Set(Array.from(reference.matchAll(/`(test\/[^`]+)`/g), ([, path]) => path!))];

test.each(tests)("%s exists", (path) => {
  expect(existsSync(new URL(path, root))).toBe(true);
});

test("every table of cases is named", () => {
  expect(tests.filter((path) => path.startsWith("test/tables/")).length).toBeGreaterThan(30);
});
