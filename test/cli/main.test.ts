import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "./run.ts";

const commands = ["compile", "check", "eval", "explain"];

describe("ambit", () => {
  test.each(commands)("%s --help shows an example", async (command) => {
    const { code, out } = await run([command, "--help"]);
    expect(code).toBe(0);
    expect(out).toMatch(/Examples?:\n {2}\$ .*ambit /);
  });

  test("--help lists every command", async () => {
    const { code, out } = await run(["--help"]);
    expect(code).toBe(0);
    for (const command of commands) expect(out).toContain(`  ${command} `);
  });

  test("--version", async () => {
    expect(await run(["--version"])).toMatchObject({ code: 0, out: "0.1.0\n" });
  });

  test.each([
    ["evla", "(Did you mean eval?)"],
    ["chekc", "(Did you mean check?)"],
    ["complie", "(Did you mean compile?)"],
  ])("a mistyped command %s: exit 2 and the right one", async (typo, sentence) => {
    const { code, out, err } = await run([typo, "envelope.json"]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(sentence);
  });

  test("a mistyped option: exit 2 and the right one", async () => {
    const { code, err } = await run(["eval", "envelope.json", "--jsno"]);
    expect(code).toBe(2);
    expect(err).toContain("(Did you mean --json?)");
  });

  test("no command: the help, exit 2", async () => {
    const { code, err } = await run([]);
    expect(code).toBe(2);
    expect(err).toContain("Usage: ambit");
  });
});

describe("an older Node", () => {
  const entry = stripTypeScriptTypes(readFileSync(new URL("../../cli/ambit.ts", import.meta.url), "utf8"));
  const folder = mkdtempSync(join(tmpdir(), "ambit-entry-"));
  const file = join(folder, "ambit.mjs");
  writeFileSync(file, entry);

  test.each(["18.20.4", "20.20.2", "22.12.0"])("%s is told in one sentence, and nothing else is loaded", (version) => {
    const pretend = `Object.defineProperty(process.versions, "node", { value: ${JSON.stringify(version)} });`;
    writeFileSync(join(folder, "old.mjs"), `${pretend}\nawait import("./ambit.mjs");\n`);
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, "old.mjs")], { encoding: "utf8" });
    expect([status, stdout, stderr]).toEqual([2, "", `ambit needs Node 22.13 or newer; this is Node ${version}\n`]);
  });

  const system = "/usr/bin/node";
  const isOld = existsSync(system) && /^v(1\d|20)\./.test(execFileSync(system, ["--version"], { encoding: "utf8" }));
  test.runIf(isOld)("the machine's own old Node can run the entry file", () => {
    const { status, stderr } = spawnSync(system, [file], { encoding: "utf8" });
    expect([status, stderr.split("\n").length]).toEqual([2, 2]);
    expect(stderr).toContain("ambit needs Node 22.13 or newer");
  });
});
