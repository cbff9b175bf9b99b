import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "./run.ts";

const desk = new URL("./desk.json", import.meta.url).pathname;
const folder = () => mkdtempSync(join(tmpdir(), "ambit-compile-"));

function changed(change: (envelope: Record<string, unknown>) => void): string {
  const envelope = JSON.parse(readFileSync(desk, "utf8"));
  change(envelope);
  const file = join(folder(), "envelope.json");
  writeFileSync(file, JSON.stringify(envelope));
  return file;
}

describe("nothing is written", () => {
  test("when the envelope has an error: exit 1 and every diagnostic", async () => {
    const file = changed((envelope) => {
      delete envelope.killSwitch;
      envelope.mode = "windows";
    });
    const out = join(folder(), "out");
    const { code, out: printed, err } = await run(["compile", file, "-o", out]);
    expect(code).toBe(1);
    expect(printed + err).toContain("kill switch");
    expect(printed + err).toContain("windows");
    expect(existsSync(out)).toBe(false);
  });

  test("when it is a template: exit 2 and what to do", async () => {
    const file = changed((envelope) => {
      envelope.kind = "template";
    });
    const out = join(folder(), "out");
    const { code, err } = await run(["compile", file, "-o", out]);
    expect(code).toBe(2);
    expect(err).toContain("is a template: `ambit check` reads it");
    expect(existsSync(out)).toBe(false);
  });

  test("when there is a warning and --strict", async () => {
    const file = changed((envelope) => {
      envelope.sets = { unused: ["a"] };
    });
    const out = join(folder(), "out");
    expect((await run(["compile", file, "-o", out, "--strict"])).code).toBe(1);
    expect(existsSync(out)).toBe(false);
    expect((await run(["compile", file, "-o", out])).code).toBe(0);
  });

  test.each([
    ["a folder that holds something else", (out: string) => writeFileSync(join(out, "notes.txt"), "mine")],
    [
      "a folder with a manifest of somebody else",
      (out: string) => writeFileSync(join(out, "manifest.json"), '{"name":"pwa"}'),
    ],
  ])("over %s: exit 2, and it is left as it was", async (_, fill) => {
    const out = folder();
    fill(out);
    const before = readdirSync(out);
    const { code, err } = await run(["compile", desk, "-o", out]);
    expect(code).toBe(2);
    expect(err).toContain("will not overwrite");
    expect(readdirSync(out)).toEqual(before);
  });

  test("over an artefact folder to which somebody has added a file", async () => {
    const out = join(folder(), "out");
    await run(["compile", desk, "-o", out]);
    writeFileSync(join(out, "bundle", "mine.rego"), "package mine");
    expect((await run(["compile", desk, "-o", out])).err).toContain("bundle/mine.rego");
    expect(readFileSync(join(out, "bundle", "mine.rego"), "utf8")).toBe("package mine");
  });

  test("where a file stands in the way, or a link leads elsewhere: exit 2 and one sentence", async () => {
    const parent = folder();
    writeFileSync(join(parent, "out"), "a file");
    symlinkSync(folder(), join(parent, "link"));
    for (const out of [join(parent, "out"), join(parent, "out", "below"), join(parent, "link")]) {
      const { code, err } = await run(["compile", desk, "-o", out]);
      expect({ out, code }).toEqual({ out, code: 2 });
      expect(err.trim().split("\n").at(-1)).toMatch(/^error: .*out|link/);
    }
    expect(readFileSync(join(parent, "out"), "utf8")).toBe("a file");
  });

  test("without a readable envelope: exit 2", async () => {
    expect((await run(["compile", join(folder(), "none.json"), "-o", folder()])).code).toBe(2);
  });
});

describe("an artefact folder is written", () => {
  test("whole, with nothing left beside it", async () => {
    const parent = folder();
    const { code, out } = await run(["compile", desk, "-o", join(parent, "deep", "out")]);
    expect(code).toBe(0);
    expect(out).toMatch(/^wrote \d+ files/m);
    expect(readdirSync(join(parent, "deep"))).toEqual(["out"]);
    expect(readdirSync(join(parent, "deep", "out"))).toContain("policy.cedar");
  });

  test("into an empty folder, and again over an earlier output", async () => {
    const parent = folder();
    const out = join(parent, "out");
    mkdirSync(out);
    for (const round of [1, 2])
      expect({ round, ...(await run(["compile", desk, "-o", out])) }).toMatchObject({ round, code: 0 });
    expect(readdirSync(parent)).toEqual(["out"]);
  });

  test("--json names the digests and every file", async () => {
    const out = join(folder(), "out");
    const printed = JSON.parse((await run(["compile", desk, "-o", out, "--json"])).out);
    expect(printed).toMatchObject({
      ok: true,
      envelope: expect.stringMatching(/^sha256:/),
      policy: expect.stringMatching(/^sha256:/),
    });
    expect(printed.files).toContain("manifest.json");
  });
});
