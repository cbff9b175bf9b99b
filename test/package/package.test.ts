/** What `npm pack` makes, installed into an empty project. */
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshCopy, runTypeScript, shell, temporaryFolder } from "../fresh-copy.ts";
import { blocksOf, isShown } from "../readme/blocks.ts";

const root = join(import.meta.dirname, "../..");
const blocks = blocksOf(readFileSync(join(root, "README.md"), "utf8"));
const programs = blocks.filter((block) => block.kind === "program");
/** What the programs find below `out/`. */
const commands = blocks
  .flatMap((block) => (block.kind === "session" ? block.steps.map(({ command }) => command) : []))
  .filter((command) => /ambit (compile|keygen|sign|approve|activate)\b|> out\/people\.json$/.test(command));

let sources: string;
let project: string;
let packed: readonly string[];

beforeAll(() => {
  sources = freshCopy("pack");
  symlinkSync(join(root, "node_modules"), join(sources, "node_modules"));
  const pack = shell(sources, "npm pack --json");
  if (pack.status !== 0) throw new Error(pack.stdout + pack.stderr);
  const [{ filename, files }] = JSON.parse(pack.stdout.slice(pack.stdout.search(/^\[/m)));
  packed = files.map(({ path }: { path: string }) => path);
  project = temporaryFolder("project");
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "empty", private: true, type: "module" }));
  const install = shell(project, `npm install ${join(sources, filename)}`);
  if (install.status !== 0) throw new Error(install.stderr);
  mkdirSync(join(project, "examples/trading"), { recursive: true });
  cpSync(join(root, "examples/trading/envelope.json"), join(project, "examples/trading/envelope.json"));
  mkdirSync(join(project, "out"));
  for (const command of commands) shell(project, `PATH=${join(process.execPath, "..")}:$PATH; ${command}`);
}, 240_000);

afterAll(() => {
  for (const folder of [sources, project]) if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

test("the package holds what runs and what it needs, and no test, example or source", () => {
  for (const file of [
    "dist/cli/ambit.js",
    "dist/runtime/index.d.ts",
    "policies/policy.wasm",
    "schema/envelope.schema.json",
    "LICENSE",
    "README.md",
  ])
    expect(packed).toContain(file);
  expect(packed.filter((file) => /^(test|examples|\.ci)\/|(?<!\.d)\.ts$/.test(file))).toEqual([]);
});

test.each(programs.map((program, index) => ({ index, ...program })))(
  "program $index of the README runs",
  ({ index, source, output }) => {
    writeFileSync(join(project, `program-${index}.ts`), source);
    const { status, stdout, stderr } = runTypeScript(project, `program-${index}.ts`);
    expect(status, stderr).toBe(0);
    if (output !== undefined && !isShown(output, stdout)) expect(stdout).toBe(output);
  },
);

test("the programs are well-typed against the published declarations", { timeout: 60_000 }, () => {
  const options = {
    module: "nodenext",
    target: "es2024",
    strict: true,
    noEmit: true,
    types: ["node"],
    typeRoots: [join(root, "node_modules/@types")],
  };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions: options, include: ["*.ts"] }));
  for (const [index, { source }] of programs.entries()) writeFileSync(join(project, `program-${index}.ts`), source);
  const { status, stdout } = shell(
    project,
    `${process.execPath} ${join(root, "node_modules/typescript/bin/tsc")} -p .`,
  );
  expect(status, stdout).toBe(0);
});

test("the command line is there", { timeout: 60_000 }, () => {
  const node = `PATH=${join(process.execPath, "..")}:$PATH`;
  expect(shell(project, `${node} npx ambit --help`).stdout).toContain("ambit check envelope.json");
  const check = shell(project, `${node} npx ambit check examples/trading/envelope.json --json`);
  expect(check.status, check.stderr).toBe(0);
  expect(JSON.parse(check.stdout)).toMatchObject({ file: "examples/trading/envelope.json", ok: true });
});

test("the schema can be read by its published name", () => {
  const program =
    'import schema from "ambit/schema/envelope.schema.json" with { type: "json" };\nconsole.log(schema.title);\n';
  writeFileSync(join(project, "schema.ts"), program);
  expect(runTypeScript(project, "schema.ts").stdout).toBe("Envelope\n");
});
