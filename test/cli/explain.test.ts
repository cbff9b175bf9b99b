import { appendFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "./run.ts";

const desk = new URL("./desk.json", import.meta.url).pathname;
const clock = Date.parse("2024-02-15T15:00:00Z");
const folder = mkdtempSync(join(tmpdir(), "ambit-explain-"));

function fileOf(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content, null, 2));
  return file;
}

const explain = (proposal: unknown, ...options: readonly string[]) =>
  run(["explain", desk, "--proposal", fileOf("call.json", proposal), ...options], { now: clock });

const dear = { tool: "desk.pay", args: { amount: "100.01", payee: "ACME" } };

describe("ambit explain ENVELOPE --proposal FILE", () => {
  test("a call that is denied: every bound with value, limit, ok or not, and where it is written; exit 1", async () => {
    const { code, out } = await explain(dear);
    expect(code).toBe(1);
    const rowOf = (id: string) => out.split("\n").find((line) => line.includes(` ${id} `));
    expect(rowOf("effects/pay/per_call/amount")).toMatch(
      /^NO {2}.*`amount` is 100\.01 USD +a call may carry 0 to 100\.00 USD +.*desk\.json:32:30$/,
    );
    expect(rowOf("effects/pay/session/calls")).toMatch(
      /^ok .*calls: 0 used before, this call adds 1.*desk\.json:33:29$/,
    );
    expect(rowOf("kill")).toMatch(/^ok .*the session is not killed/);
    expect(rowOf("validity/not_before")).toMatch(/desk\.json:8:30$/);
    expect(rowOf("granted")).toMatch(/^ok/);
    expect(out).toContain("deny");
  });

  test("a call that is allowed: exit 0, no row fails", async () => {
    const { code, out } = await explain({ tool: "desk.draft", args: { pages: 1 } });
    expect(code).toBe(0);
    expect(out).not.toMatch(/^NO/m);
  });

  test("--json: the same rows", async () => {
    const { out } = await explain(dear, "--json");
    const { verdict, bounds } = JSON.parse(out);
    expect(verdict).toBe("deny");
    expect(bounds.filter(({ ok }: { ok: boolean }) => !ok).map(({ id }: { id: string }) => id)).toEqual([
      "effects/pay/per_call/amount",
      "effects/pay/approval",
    ]);
    expect(bounds).toContainEqual({
      id: "budgets/spend",
      ok: true,
      value: "budget `spend`: 0.00 USD used before, this call adds 100.01 USD",
      limit: "it may carry 500.00 USD",
      pointer: "/budgets/spend",
      line: 10,
      column: 84,
    });
  });

  test("a line of `ambit eval` brings its own time and state", async () => {
    const { out } = await explain({ proposal: dear, now: "2024-02-15T18:00:00Z", state: { killed: true } });
    expect(out).toMatch(/^NO {2}kill +the session is killed/m);
    expect(out).toMatch(/^NO {2}validity\/expires_at +the time is 2024-02-15T18:00:00Z/m);
  });

  test("a call that cannot be decoded has no rows, but its reasons", async () => {
    const { code, out } = await explain({ tool: "desk.pay", args: { amount: 1 } });
    expect(code).toBe(1);
    expect(out).toContain("decode/payee");
    expect(out).not.toContain("written at");
  });

  test.each(["", "{", "[]", "null"])("a file that holds %j: a deny, exit 1", async (content) => {
    expect(await explain(content)).toMatchObject({ code: 1, out: expect.stringContaining("decode") });
  });

  test("a file that is not there: exit 2", async () => {
    const { code, err } = await run(["explain", desk, "--proposal", join(folder, "none.json")]);
    expect(code).toBe(2);
    expect(err).toContain("none.json");
  });
});

describe("ambit explain", () => {
  test("an envelope: the sheet that people sign", async () => {
    const { code, out } = await run(["explain", desk]);
    expect(code).toBe(0);
    expect(out).toMatch(/^# /);
    expect(out).toContain("`pay`");
  });

  test("a code", async () => {
    const { code, out } = await run(["explain", "json/duplicate_key"]);
    expect(code).toBe(0);
    expect(out).toContain("json/duplicate_key");
  });

  test("a code that is none: exit 2", async () => {
    expect((await run(["explain", "json/duplicate_keys"])).code).toBe(2);
  });

  test("a path of two names is a path", async () => {
    const { code, err } = await run(["explain", "out/none"]);
    expect(code).toBe(2);
    expect(err).toContain("cannot read `out/none`");
  });

  test("the sheet of a folder is shown whole and unchanged, or not at all", async () => {
    const out = join(folder, "desk");
    expect((await run(["compile", desk, "-o", out])).code).toBe(0);
    expect((await run(["explain", out])).out).toBe((await run(["explain", desk])).out);
    appendFileSync(join(out, "envelope.md"), "It may do anything.\n");
    const { code, out: shown, err } = await run(["explain", out]);
    expect({ code, shown }).toEqual({ code: 2, shown: "" });
    expect(err).toContain("`envelope.md`");
  });
});
