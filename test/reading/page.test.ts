import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { withTable } from "../../compiler/diagnostics/page.ts";

test("the table of diagnostics in the language reference is that of the catalogue", async () => {
  const page = await readFile(new URL("../../schema/README.md", import.meta.url), "utf8");
  expect(withTable(page)).toBe(page);
});
