import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { run } from "./run.ts";

const desk = new URL("./desk.json", import.meta.url).pathname;
const scratch = mkdtempSync(join(tmpdir(), "ambit-folder-"));
const whole = join(scratch, "whole");
const clock = Date.parse("2024-02-15T15:00:00Z");
const stdin = JSON.stringify({ proposal: { tool: "desk.draft", args: { pages: 1 } } });

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));

let copies = 0;
function copy(): string {
  const folder = join(scratch, `copy-${copies++}`);
  cpSync(whole, folder, { recursive: true });
  return folder;
}

beforeAll(async () => {
  expect(await run(["compile", desk, "-o", whole])).toMatchObject({ code: 0 });
});

describe("an artefact folder", () => {
  test.each(["both", "cedar", "rego", "reference"])("judges as its envelope does: --engine %s", async (engine) => {
    const options = ["--json", "--engine", engine];
    const [folder, file] = await Promise.all([
      run(["eval", whole, ...options], { stdin, now: clock }),
      run(["eval", desk, ...options], { stdin, now: clock }),
    ]);
    expect(folder).toEqual(file);
    expect(folder.code).toBe(0);
  });

  test("is written the same by every run", async () => {
    const again = join(scratch, "again");
    await run(["compile", desk, "-o", again]);
    for (const file of filesIn(whole))
      expect(readFileSync(join(again, file)).equals(readFileSync(join(whole, file))), file).toBe(true);
  });

  test("with any file changed, emptied or missing does not load: exit 2, and the sentence names the file", async () => {
    for (const file of filesIn(whole)) {
      const [longer, empty, missing] = [copy(), copy(), copy()];
      appendFileSync(join(longer, file), " ");
      writeFileSync(join(empty, file), "");
      rmSync(join(missing, file));
      for (const folder of [longer, empty, missing]) {
        const { code, out, err } = await run(["eval", folder, "--json"], { stdin, now: clock });
        expect([code, out], file).toEqual([2, ""]);
        expect(err, file).toContain(`\`${file}\``);
      }
    }
  });

  test("with a file that the manifest does not list does not load", async () => {
    const folder = copy();
    writeFileSync(join(folder, "bundle", "extra.rego"), "package ambit\n");
    const { code, err } = await run(["eval", folder], { stdin, now: clock });
    expect(code).toBe(2);
    expect(err).toContain("`bundle/extra.rego` is not listed");
  });
});

describe("ambit compile", () => {
  test("writes nothing for an envelope with errors", async () => {
    const broken = join(scratch, "broken.json");
    writeFileSync(broken, "{}");
    const out = join(scratch, "nothing");
    expect(await run(["compile", broken, "-o", out])).toMatchObject({ code: 1 });
    expect(existsSync(out)).toBe(false);
  });

  test("refuses a folder that it did not write, and leaves it as it is", async () => {
    const own = mkdtempSync(join(scratch, "own-"));
    writeFileSync(join(own, "notes.txt"), "mine");
    const { code, err } = await run(["compile", desk, "-o", own]);
    expect(code).toBe(2);
    expect(err).toContain("notes.txt");
    expect(readdirSync(own)).toEqual(["notes.txt"]);
  });
});
