/** Writes the types beside each schema, `schema/<name>.ts` from `schema/<name>.schema.json`; with `--check`, fails when a checked-in file differs. */
import { readFile, writeFile } from "node:fs/promises";
import { compileFromFile } from "json-schema-to-typescript";
import { Project, type SourceFile, SyntaxKind } from "ts-morph";

const project = new Project();

for (const name of ["envelope", "ledger", "people", "template"]) {
  const compiled = await compileFromFile(pathOf(`${name}.schema.json`), {
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    bannerComment: "",
  });
  const file = project.createSourceFile(pathOf(`${name}.ts`), compiled, { overwrite: true });
  if (name === "template") shareTypes(file, project.getSourceFileOrThrow(pathOf("envelope.ts")));
  const banner = `// Generated from ${name}.schema.json by \`npm run generate\`. Do not edit.\n`;
  const generated = `${banner}\n${file.getFullText().trimStart()}`;
  if (!process.argv.includes("--check")) {
    await writeFile(pathOf(`${name}.ts`), generated);
  } else if ((await readFile(pathOf(`${name}.ts`), "utf8")) !== generated) {
    console.error(`schema/${name}.ts differs from schema/${name}.schema.json: run \`npm run generate\``);
    process.exitCode = 1;
  }
}

/** What a file declares just as another one does is taken from there. */
function shareTypes(file: SourceFile, other: SourceFile): void {
  const known = new Map(declarationsOf(other).map((each) => [each.getName(), each.getText()]));
  for (const each of declarationsOf(file)) if (known.get(each.getName()) === each.getText()) each.remove();
  const names = new Set(
    file.getDescendantsOfKind(SyntaxKind.TypeReference).map((each) => each.getTypeName().getText()),
  );
  const own = new Set(declarationsOf(file).map((each) => each.getName()));
  const namedImports = [...names].filter((name) => known.has(name) && !own.has(name)).sort();
  file.insertImportDeclaration(0, { isTypeOnly: true, namedImports, moduleSpecifier: "./envelope.ts" });
}

function declarationsOf(file: SourceFile) {
  return [...file.getTypeAliases(), ...file.getInterfaces()];
}

function pathOf(name: string): string {
  return new URL(`./${name}`, import.meta.url).pathname;
}
