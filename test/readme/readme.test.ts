/** Every command and every code block of the README, run in a fresh copy in the order in which they stand. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshCopy, runTypeScript, shell } from "../fresh-copy.ts";
import { blocksOf, isShown } from "./blocks.ts";

const root = join(import.meta.dirname, "../..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const blocks = blocksOf(readme);
const testCommand = "npm ci && npm test";

let clone: string;
beforeAll(() => {
  clone = freshCopy("readme");
});
afterAll(() => rmSync(clone, { recursive: true, force: true }));

test("the first command is the quickstart, the second the tests, which .ci/run calls word by word", () => {
  const commands = blocks.flatMap((block) => (block.kind === "commands" ? block.commands : []));
  expect(commands.slice(0, 2)).toEqual(["npm ci && npm run quickstart", testCommand]);
  expect(readFileSync(join(root, ".ci/run"), "utf8")).toContain(`'${testCommand}'`);
});

describe.sequential("in a fresh copy", () => {
  for (const [index, block] of blocks.entries()) {
    if (block.kind === "commands")
      for (const command of block.commands.filter((command) => command !== testCommand))
        test(command, { timeout: 180_000 }, () => {
          const { status, stdout, stderr } = shell(clone, command);
          expect(status, stdout + stderr).toBe(0);
        });
    if (block.kind === "session")
      for (const { command, output } of block.steps)
        test(`$ ${command}`, { timeout: 60_000 }, () => {
          const { stdout, stderr } = shell(clone, command);
          const printed = stdout + withoutNotices(stderr);
          if (!isShown(output, printed)) expect(printed).toBe(output);
        });
    if (block.kind === "program")
      test(`program ${index}: ${block.source.split("\n")[0]}`, { timeout: 60_000 }, () => {
        writeFileSync(join(clone, `block-${index}.ts`), block.source);
        const { status, stdout, stderr } = runTypeScript(clone, `block-${index}.ts`);
        expect(status, stderr).toBe(0);
        if (block.output !== undefined && !isShown(block.output, stdout)) expect(stdout).toBe(block.output);
      });
  }
});

/** The YAML is OPA's configuration: test/opa runs it. */
test("every block is one that this test runs, or a document that it shows", () => {
  expect(
    blocks
      .flatMap((block) => (block.kind === "shown" ? block.language : []))
      .filter((language) => !/^(jsonc?|yaml)$/.test(language)),
  ).toEqual([]);
});

/** What npm itself says about the user's configuration is not the command's output. */
function withoutNotices(stderr: string): string {
  return stderr.replace(/^npm (warn|notice).*\n?/gm, "");
}
