import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "./run.ts";

const source = new URL("../../examples/imported-trading/source.json", import.meta.url).pathname;
const folder = () => mkdtempSync(join(tmpdir(), "ambit-import-"));

describe("refused", () => {
  test("a document of another version: exit 1, one sentence with its place, and nothing written", async () => {
    const file = join(folder(), "old.json");
    writeFileSync(file, readFileSync(source, "utf8").replace('"0.1.0"', '"0.0.9"'));
    const draft = join(folder(), "draft.json");
    const { code, err, out } = await run(["import", file, "-o", draft]);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/old\.json:\d+:\d+ refused version `0\.0\.9` is not known/);
    expect(() => readFileSync(draft)).toThrow();
    const json = JSON.parse((await run(["import", file, "--json"])).out);
    expect(json).toMatchObject({
      ok: false,
      problems: [{ pointer: "/version", line: 4, message: expect.any(String) }],
    });
  });

  test("to write over a draft that somebody may have filled in", async () => {
    const draft = join(folder(), "draft.json");
    writeFileSync(draft, "mine");
    const { code, err } = await run(["import", source, "-o", draft]);
    expect(code).toBe(2);
    expect(err).toContain("will not overwrite");
    expect(readFileSync(draft, "utf8")).toBe("mine");
  });

  test("a file that is not there: exit 2", async () => {
    expect((await run(["import", join(folder(), "none.json")])).code).toBe(2);
  });
});

test("draft and report go where they are told, and the draft does not pass `check`", async () => {
  const [draft, report] = [join(folder(), "draft.json"), join(folder(), "report.txt")];
  const { code, out } = await run(["import", source, "-o", draft, "--report", report]);
  expect(code).toBe(0);
  expect(out).toMatch(
    /^envelope: \d+ values carried over, \d+ refused, \d+ left to a person; \d+ blanks to fill in\n$/,
  );
  expect(readFileSync(report, "utf8")).toMatch(/source\.json:\d+:\d+ carried \/envelope_id → \/id\n/);
  const checked = await run(["check", draft]);
  expect(checked.code).toBe(1);
  expect(checked.out).toContain("error blank: v0.1 does not say which agent may act [value/blank]");
});

test("without files, the draft is standard output and the report standard error", async () => {
  const { out, err } = await run(["import", source]);
  expect(JSON.parse(out)).toMatchObject({ ambit: "1", principal: { $blank: expect.any(String) } });
  expect(err).toContain("refused /meta/signature: a hash is no signature");
  expect(err).toContain("  /principal: v0.1 does not say which agent may act\n");
});

test("--json prints one object, the same every time", async () => {
  const { out } = await run(["import", source, "--json"]);
  const { ok, kind, draft, rows, blanks } = JSON.parse(out);
  expect({ ok, kind }).toEqual({ ok: true, kind: "envelope" });
  expect(draft.id).toBe("env_mnq_intraday_20240215_a3f9");
  expect(rows[0]).toMatchObject({ line: 2, pointer: "/$schema", outcome: "refused" });
  expect(blanks.length).toBeGreaterThan(20);
  expect((await run(["import", source, "--json"])).out).toBe(out);
});
