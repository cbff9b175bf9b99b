/** `ambit explain --session`: what remains, read and not written. */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "./run.ts";

const clock = Date.parse("2024-02-15T15:00:00Z");

const diary = {
  ambit: "1",
  id: "env_diary",
  goal: { summary: "Keep a diary" },
  issuer: "authz.example",
  principal: "agent:s7",
  mode: "window",
  validity: { notBefore: "2024-02-15T14:00:00Z", expiresAt: "2024-02-15T21:00:00Z", maxDurationSeconds: 7200 },
  capabilities: [],
  budgets: { actions: { max: 30 }, spend: { max: "20.00", unit: "USD" } },
  effects: {
    append: {
      tools: ["diary.append"],
      external: false,
      fields: {
        book: { from: "/book", type: "string" },
        pages: { from: "/pages", type: "integer", unit: "page" },
        cost: { from: "/cost", type: "decimal", scale: 2, unit: "USD" },
      },
      results: { entry: { from: "/entry", type: "string" } },
      allow: { book: { noneOf: ["blue"] } },
      perCall: { pages: { max: 5 }, cost: { max: "5.00" } },
      session: {
        calls: { max: 10 },
        pages: { max: 12, perField: "book" },
        cost: { max: "7.00", perPeriod: "hour", timezone: "America/New_York" },
      },
      consumes: { spend: "cost" },
      velocity: [{ max: 3, seconds: 60 }],
      approval: { keys: 1, roles: ["editor"], when: { cost: { min: "3.00" } } },
    },
    strike: {
      tools: ["diary.strike"],
      external: false,
      fields: { entry: { from: "/entry", type: "string" } },
      allow: { entry: { producedBy: "append/entry" } },
      session: { calls: { max: 3 } },
      velocity: [{ max: 3, seconds: 60 }],
    },
  },
  forbidden: [],
  recovery: "manual_only",
  killSwitch: { signal: "kill/env_diary" },
};

const folder = mkdtempSync(join(tmpdir(), "ambit-remaining-"));
const envelope = join(folder, "diary.json");
writeFileSync(envelope, JSON.stringify(diary));

let count = 0;

/** A ledger in which that much was appended to the red book. */
async function ledgerAfter(...pages: readonly number[]): Promise<string> {
  const file = join(folder, `ledger-${count++}.db`);
  const lines = pages.map((many) => ({
    proposal: { tool: "diary.append", args: { book: "red", pages: many, cost: "1.50" } },
  }));
  const stdin = lines.map((line) => JSON.stringify(line)).join("\n");
  expect(await run(["eval", envelope, "--session", file], { stdin, now: clock })).toMatchObject({ code: 0 });
  return file;
}

const explain = (file: string, ...options: readonly string[]) =>
  run(["explain", envelope, "--session", file, ...options], { now: clock + 10_000 });

describe("ambit explain ENVELOPE --session FILE", () => {
  test.each([
    ["a ledger that is not there is not made", join(folder, "none.db"), [], "there is no such file"],
    ["a file that is none", envelope, [], "not a database"],
    ["a proposal beside it", "ledger.db", ["--proposal", "call.json"], "give one of them"],
  ])("%s: exit 2", async (_, file, options, said) => {
    const wasThere = existsSync(file);
    const { code, err, out } = await explain(file, ...options);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(said);
    expect(existsSync(file)).toBe(wasThere);
  });

  test("a time without a session: exit 2", async () => {
    expect((await run(["explain", envelope, "--now", "2024-02-15T15:00:00Z"])).code).toBe(2);
  });

  test("a ledger without a session of this envelope: exit 2, and how to begin one", async () => {
    const other = join(folder, "other.json");
    writeFileSync(other, JSON.stringify({ ...diary, id: "env_other" }));
    const { code, err } = await run(["explain", other, "--session", await ledgerAfter(1)]);
    expect(code).toBe(2);
    expect(err).toContain("holds no session of `env_other`: `ambit activate … --ledger");
  });

  test("another envelope of the same id: exit 2", async () => {
    const changed = join(folder, "changed.json");
    writeFileSync(changed, JSON.stringify({ ...diary, goal: { summary: "Keep another diary" } }));
    const { code, err } = await run(["explain", changed, "--session", await ledgerAfter(1)], { now: clock });
    expect(code).toBe(2);
    expect(err).toContain("the session is of sha256:");
  });

  test("a time before the last record: exit 2", async () => {
    const { code, err } = await explain(await ledgerAfter(1), "--now", "2024-02-15T14:59:59Z");
    expect(code).toBe(2);
    expect(err).toContain("`--now`");
  });

  test("calls, amounts with units, times, people, and why an effect is closed", async () => {
    const file = await ledgerAfter(5, 5);
    const before = readFileSync(file);
    const { code, out } = await explain(file);
    expect(code).toBe(0);
    expect(out.replace(/session [\w-]+ of/, "session … of")).toBe(
      `session … of \`env_diary\` at 2024-02-15T15:00:10Z, after record 3

append  open until 2024-02-15T17:00:00Z, by validity/duration
    calls             1 call now                                                 effects/append/velocity/0
    pages             0 to 5 page                                                effects/append/per_call/pages
    cost              0.00 to 4.00 USD                                           effects/append/session/cost
    book \`red\`        1 call, \`pages\` up to 2 page                               effects/append/session/pages
    book (any other)  1 call, \`pages\` up to 5 page                               effects/append/session/pages
    left              8 calls                                                    effects/append/session/calls
    left              4.00 USD                                                   effects/append/session/cost: in the hour 2024-02-15T10, until 2024-02-15T16:00:00Z
    left              28 calls                                                   budgets/actions
    left              17.00 USD                                                  budgets/spend
    left              1 call                                                     effects/append/velocity/0
    people            1 in the role \`editor\`, where \`cost\` is at least 3.00 USD  effects/append/approval

strike  closed
    SCOPE_VIOLATION effects/strike/allow/entry  no value is left that fits: must be a result \`append/entry\` of this session
    left  3 calls   effects/strike/session/calls
    left  28 calls  budgets/actions
    left  3 calls   effects/strike/velocity/0
`,
    );
    expect(readFileSync(file)).toEqual(before);
  });

  test("a window that is full says when it frees", async () => {
    const { out } = await explain(await ledgerAfter(1, 1, 1));
    expect(out).toContain("RATE_LIMIT_EXCEEDED effects/append/velocity/0");
    expect(out).toContain("effects/append/velocity/0: the next one at 2024-02-15T15:01:00Z");
  });

  test("--json: the same in minor units and epoch milliseconds", async () => {
    const { code, out } = await explain(await ledgerAfter(5, 5), "--json", "--now", "2024-02-15T15:00:10Z");
    expect(code).toBe(0);
    const { id, seq, now, effects } = JSON.parse(out);
    expect({ id, seq, now }).toEqual({ id: "env_diary", seq: 3, now: clock + 10_000 });
    expect(effects[0]).toMatchObject({
      effect: "append",
      open: true,
      calls: 1,
      amounts: { cost: { min: 0, max: 400, by: ["effects/append/session/cost"] } },
      until: { at: clock + 7_200_000, by: ["validity/duration"] },
    });
    expect(effects[1]).toMatchObject({ effect: "strike", open: false, closedBy: [{ code: "SCOPE_VIOLATION" }] });
  });
});
