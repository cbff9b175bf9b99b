/** Writes schema/seeds.md; with `--check`, fails when the checked-in page differs. Either way fails where the lists no longer hold. */
import { readFileSync, writeFileSync } from "node:fs";
import { pageOf, problemsOf } from "./page.ts";
import { tables } from "./tables.ts";

const file = new URL("../../schema/seeds.md", import.meta.url).pathname;
const problems = problemsOf(tables);
const page = pageOf(tables);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else if (!process.argv.includes("--check")) writeFileSync(file, page);
else if (readFileSync(file, "utf8") !== page) {
  console.error("schema/seeds.md differs from the lists in test/seeds: run `npm run generate`");
  process.exitCode = 1;
}
