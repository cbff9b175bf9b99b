import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { main } from "../../cli/main.ts";
import type { PatchOperation } from "../../schema/diagnostic.ts";
import { envelopeText as exampleText, move, put, remove, set } from "./envelopes.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ambit-check-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

async function run(args: readonly string[], isTTY = false, env = {}) {
  const stdout = Object.assign(new PassThrough(), { isTTY });
  const stderr = new PassThrough();
  const code = await main(args, { stdin: Readable.from([]), stdout, stderr, env, now: () => 0 });
  return { code, out: String(stdout.read() ?? ""), err: String(stderr.read() ?? "") };
}

/** Without flags that ask for two keys: nothing is said of it. */
function envelopeText(...operations: readonly PatchOperation[]): string {
  return exampleText(set("/capabilities", []), remove("/effects/pay/requires"), ...operations);
}

describe("ambit check", () => {
  test("a right envelope", async () => {
    const path = await file("a.json", envelopeText());
    expect(await run(["check", path])).toEqual({ code: 0, out: `${path}: ok\n`, err: "" });
  });

  test("a wrong one: place, excerpt with caret, help, count", async () => {
    const path = await file("a.json", envelopeText(set("/mode", 7)));
    const { code, out } = await run(["check", path]);
    expect(code).toBe(1);
    expect(out).toContain(
      `${path}:9:11 error the number \`7\` is not one of \`"base"\` or \`"window"\` [value/not_one_of]`,
    );
    expect(out).toContain('    9 |   "mode": 7,\n      |           ^\n');
    expect(out).toContain(`${path}: 1 error\n`);
  });

  test("--json writes one line per file, in the shape of SPEC §13", async () => {
    const good = await file("good.json", envelopeText());
    const bad = await file("bad.json", envelopeText(remove("/issuer")));
    const { code, out } = await run(["check", good, bad, "--json"]);
    expect(code).toBe(1);
    const [first, second] = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(first).toEqual({ file: good, ok: true, diagnostics: [] });
    expect(second).toEqual({
      file: bad,
      ok: false,
      diagnostics: [
        {
          code: "key/missing",
          severity: "error",
          pointer: "/issuer",
          line: 1,
          column: 1,
          message: "`issuer` is missing in the envelope",
          help: "expected: who issues the envelope",
        },
      ],
    });
  });

  test("warnings count with --strict only, notes never", async () => {
    const warned = await file("w.json", envelopeText(put("/sets", { unused: ["x"] })));
    const noted = await file("n.json", envelopeText(set("/effects/pay/channel", "execute")));
    expect((await run(["check", warned])).code).toBe(0);
    expect((await run(["check", warned, "--strict"])).code).toBe(1);
    expect((await run(["check", noted, "--strict"])).code).toBe(0);
  });

  test("patterns, each file once, in code point order", async () => {
    for (const name of ["b.json", "a.json", "B.json"]) await file(name, envelopeText());
    const { code, out } = await run(["check", join(folder, "*.json"), join(folder, "a.json")]);
    expect(code).toBe(0);
    expect(
      out
        .trim()
        .split("\n")
        .map((line) => line.replace(`${folder}/`, "")),
    ).toEqual(["B.json: ok", "a.json: ok", "b.json: ok"]);
  });

  test("a file that cannot be read: exit 2, one sentence, the others are checked", async () => {
    const good = await file("good.json", envelopeText());
    const { code, out, err } = await run(["check", join(folder, "none.json"), good]);
    expect(code).toBe(2);
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(err).toContain("none.json");
    expect(out).toBe(`${good}: ok\n`);
  });

  test("at most 100 are shown, the total is stated", async () => {
    const extra = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`zz${i}`, i]));
    const path = await file("a.json", envelopeText(set("/goal", { summary: "x", ...extra })));
    const line = JSON.parse((await run(["check", path, "--json"])).out);
    expect(line.diagnostics).toHaveLength(100);
    expect(line.total).toBe(150);
    expect((await run(["check", path])).out).toContain("the first 100 of 150");
  });

  test("--fix mends the file and reports what is left", async () => {
    const source = envelopeText(move("/recovery", "/recovry"), remove("/issuer"));
    const path = await file("a.json", source);
    const { code, out } = await run(["check", path, "--fix"]);
    expect(code).toBe(1);
    expect(await readFile(path, "utf8")).toBe(source.replace("recovry", "recovery"));
    expect(out).toContain("mended /recovry");
    expect(out).toContain("key/missing");
    expect(out).not.toContain("[key/unknown]");
  });

  test("colours on a terminal, never with NO_COLOR", async () => {
    const path = await file("a.json", envelopeText(set("/mode", 7)));
    expect((await run(["check", path], true)).out).toContain("\u001b[");
    expect((await run(["check", path], true, { NO_COLOR: "1" })).out).not.toContain("\u001b[");
  });

  test("nothing in a source moves the cursor", async () => {
    const path = await file("a.json", envelopeText(set("/mode", "a\u009bb\u202ec")));
    expect((await run(["check", path])).out).not.toMatch(/[\u0080-\u009f\u202e]/);
  });

  test("a registry that is none: exit 2", async () => {
    const path = await file("a.json", envelopeText());
    const registry = await file("registry.json", '{"flag": []}');
    const { code, err } = await run(["check", path, "--registry", registry]);
    expect(code).toBe(2);
    expect(err).toContain("did you mean `flags`?");
  });
});

describe("ambit explain CODE", () => {
  test("says what it is and shows what triggers it", async () => {
    const { code, out } = await run(["explain", "sheet/unbounded"]);
    expect(code).toBe(0);
    expect(out).toContain("sheet/unbounded (error)");
    expect(out).toContain("unbounded: the line");
  });

  test("an unknown code: what was meant, exit 2", async () => {
    const { code, err } = await run(["explain", "sheet/unbound"]);
    expect(code).toBe(2);
    expect(err).toContain("did you mean `sheet/unbounded`?");
  });
});
