/** `ambit eval --session`: the state is the ledger's. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseRecord } from "../../runtime/ledger/chain/parse.ts";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";
import { run } from "./run.ts";

const clock = Date.parse("2024-02-15T15:00:00Z");

/** Nothing leaves the workspace: activated without a second key. */
const local = {
  ambit: "1",
  id: "env_local_1",
  goal: { summary: "Keep a log", taskType: "research" },
  issuer: "authz.example",
  principal: "agent:s7",
  mode: "base",
  validity: { notBefore: "2024-02-15T14:00:00Z", expiresAt: "2024-02-15T21:00:00Z", maxDurationSeconds: 3600 },
  capabilities: ["IO_WRITE_LOCAL"],
  budgets: { actions: { max: 3 } },
  effects: {
    append: {
      tools: ["log.append"],
      external: false,
      requires: ["IO_WRITE_LOCAL"],
      fields: { pages: { from: "/pages", type: "integer" } },
      perCall: { pages: { max: 5 } },
      session: { calls: { max: 10 }, pages: { max: 8 } },
      velocity: [{ max: 10, seconds: 60 }],
    },
  },
  forbidden: [],
  evidence: { identity: { maxAgeSeconds: 600 } },
  recovery: "manual_only",
  killSwitch: { signal: "kill/env_local_1" },
};

function files(envelope: unknown = local) {
  const folder = mkdtempSync(join(tmpdir(), "ambit-session-"));
  const path = join(folder, "envelope.json");
  writeFileSync(path, JSON.stringify(envelope));
  return { envelope: path, ledger: join(folder, "ledger.db") };
}

type Given = Readonly<Record<string, unknown>>;

const append = (pages: number, more: Given = {}, id?: string) => ({
  proposal: { tool: "log.append", args: { pages }, ...(id === undefined ? {} : { id }) },
  ...more,
});

async function evaluate({ envelope, ledger }: ReturnType<typeof files>, lines: readonly Given[], ...options: string[]) {
  const stdin = lines.map((line) => JSON.stringify(line)).join("\n");
  const { code, out, err } = await run(["eval", envelope, "--session", ledger, "--json", ...options], {
    stdin,
    now: clock,
  });
  const answers = out.split("\n").filter((line) => line !== "");
  const ids = answers.map((line): string[] => JSON.parse(line).violations.map(({ id }: { id: string }) => id));
  return { code, err, ids };
}

describe("one session after the other line", () => {
  test("what one line takes, the next one does not have; another run goes on where the first one stopped", async () => {
    const where = files();
    expect((await evaluate(where, [append(5), append(3), append(1)])).ids).toEqual([
      [],
      [],
      ["effects/append/session/pages"],
    ]);
    expect((await evaluate(where, [append(0), append(0)])).ids).toEqual([[], ["budgets/actions"]]);
  });

  test("a verdict told again has its members in the same order", async () => {
    const { envelope, ledger } = files();
    const stdin = [append(6, {}, "p-1"), append(6, {}, "p-1")].map((line) => JSON.stringify(line)).join("\n");
    const { out } = await run(["eval", envelope, "--session", ledger, "--json"], { stdin, now: clock });
    const [first, again] = out.split("\n");
    expect(first).toContain('"violations":[{"id":"effects/append/per_call/pages","code":');
    expect(again).toBe(first);
  });

  test("allows stay reserved until they expire", async () => {
    const lines = [append(5), append(5), append(5, { now: clock + 29_999 }), append(5, { now: clock + 30_000 })];
    const over = ["effects/append/session/pages"];
    expect((await evaluate(files(), lines)).ids).toEqual([[], over, over, []]);
  });

  test("the session's own time runs: its duration, its evidence, and never back", async () => {
    const lines = [
      append(1),
      append(1, { now: clock + 600_001 }),
      append(1, { now: clock + 600_000 }),
      append(1, { now: clock + 3_600_000 }),
    ];
    expect((await evaluate(files(), lines)).ids).toEqual([
      [],
      ["evidence/identity"],
      ["clock"],
      ["validity/duration", "evidence/identity"],
    ]);
  });

  test("an id is a proposal's for good", async () => {
    const lines = [append(5, {}, "a"), append(5, {}, "a"), append(4, {}, "a"), append(3, {}, "b")];
    expect((await evaluate(files(), lines)).ids).toEqual([[], [], ["proposal"], []]);
  });

  test("every verdict is in the ledger, with what the engines saw", async () => {
    const where = files();
    await evaluate(where, [append(5), append(6)]);
    const store = sqliteStore(where.ledger);
    const found = await store.claimant("env_local_1");
    const page = await store.read((found.ok && found.session) || "", 1, 100);
    await store.close();
    const records = (page.ok ? page.texts : []).map((text, i) => parseRecord(text, i + 1));
    expect(records.map((parsed) => parsed.ok && [parsed.record.type, parsed.record.at])).toEqual(
      ["activated", "evidence", "decided", "decided"].map((type) => [type, clock]),
    );
  });
});

test("a person reads what was not judged, and why: only what no decoder reads `cannot be decoded`", async () => {
  const at = files();
  const lines = [
    append(1, {}, "a"),
    append(2, {}, "a"),
    append(1, { now: clock - 1000 }),
    { proposal: { tool: "log.append", args: { pages: "1" } } },
    append(1, { state: {} }),
  ];
  const stdin = lines.map((line) => JSON.stringify(line)).join("\n");
  const { out } = await run(["eval", at.envelope, "--session", at.ledger], { stdin, now: clock });
  const heads = out.split("\n").filter((line) => line.startsWith("✗"));
  expect(heads).toEqual([
    "✗ deny  line 2  not judged",
    "✗ deny  line 3  not judged",
    "✗ deny  line 4  cannot be decoded",
    "✗ deny  line 5  cannot be decoded",
  ]);
  expect(out).toContain(
    "CLOCK_REGRESSION clock  the clock has gone back: 2024-02-15T14:59:59Z is before the last record, of 2024-02-15T15:00:00Z",
  );
});

describe("a line", () => {
  test("that says what the state is is faulty", async () => {
    const { ids, code } = await evaluate(files(), [append(1, { state: {} }), append(1)]);
    expect(ids).toEqual([["decode"], []]);
    expect(code).toBe(1);
  });

  test("before the envelope's time is denied, records nothing and begins nothing", async () => {
    const lines = [append(1, { now: clock - 3_600_001 }), append(1)];
    expect((await evaluate(files(), lines)).ids).toEqual([["phase", "validity/not_before"], []]);
  });
});

describe("no session", () => {
  test("for an envelope that needs two keys: it must have been activated", async () => {
    const effects = { append: { ...local.effects.append, external: true, channel: "execute" } };
    const budgets = { ...local.budgets, externalCalls: { max: 3 } };
    const { code, ids, err } = await evaluate(files({ ...local, effects, budgets }), [append(1)]);
    expect([code, ids]).toEqual([2, []]);
    expect(err).toMatch(/two people in two roles.*ambit activate/);
  });

  test("for another envelope of the same id", async () => {
    const where = files();
    await evaluate(where, [append(1)]);
    writeFileSync(where.envelope, JSON.stringify({ ...local, budgets: { actions: { max: 1000 } } }));
    const { code, err } = await evaluate(where, [append(1)]);
    expect(code).toBe(2);
    expect(err).toContain("does not open: the session is of sha256:");
  });

  test("in a file that is no ledger", async () => {
    const where = files();
    const { code, err } = await evaluate({ ...where, ledger: where.envelope }, [append(1)]);
    expect(code).toBe(2);
    expect(err).toContain("cannot be used");
  });
});
