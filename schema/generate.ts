/** Writes the types beside each schema, `schema/<name>.ts` from `schema/<name>.schema.json`; with `--check`, fails when a checked-in file differs. */
import { readFile, writeFile } from "node:fs/promises";
import { compileFromFile } from "json-schema-to-typescript";

for (const name of ["envelope", "ledger", "people", "template"]) {
  const typesFile = new URL(`./${name}.ts`, import.meta.url).pathname;
  const generated = await compileFromFile(new URL(`./${name}.schema.json`, import.meta.url).pathname, {
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    bannerComment: `// Generated from ${name}.schema.json by \`npm run generate\`. Do not edit.`,
  });
  if (!process.argv.includes("--check")) {
    await writeFile(typesFile, generated);
  } else if ((await readFile(typesFile, "utf8")) !== generated) {
    console.error(`schema/${name}.ts differs from schema/${name}.schema.json: run \`npm run generate\``);
    process.exitCode = 1;
  }
}
