/** Writes `schema/envelope.ts` from `schema/envelope.schema.json`; with `--check`, fails when the checked-in file differs. */
import { readFile, writeFile } from "node:fs/promises";
import { compileFromFile } from "json-schema-to-typescript";

const schemaFile = new URL("./envelope.schema.json", import.meta.url).pathname;
const typesFile = new URL("./envelope.ts", import.meta.url).pathname;

const generated = await compileFromFile(schemaFile, {
  additionalProperties: false,
  ignoreMinAndMaxItems: true,
  bannerComment: "// Generated from envelope.schema.json by `npm run generate`. Do not edit.",
});

if (process.argv.includes("--check")) {
  if ((await readFile(typesFile, "utf8")) !== generated) {
    console.error("schema/envelope.ts differs from schema/envelope.schema.json: run `npm run generate`");
    process.exitCode = 1;
  }
} else {
  await writeFile(typesFile, generated);
}
