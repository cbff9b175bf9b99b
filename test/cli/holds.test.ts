/** `ambit approve --hold` and `ambit status`: what waits in a ledger is shown, signed and recorded; reading leaves no trace. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { main } from "../../cli/main.ts";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";
import { jwkOf } from "../authority/key-pairs.ts";
import { caller, document, openGateway, pay, payEffect, start } from "../session/gateway.ts";
import { ann, bob, bound, eve, peopleOf, word } from "../session/holds.ts";
import { run } from "./run.ts";

const now = start + 1_000;
const nasty = "pay now\u001b[2J\u202e please";

async function desk(more: Readonly<Record<string, unknown>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "ambit-holds-"));
  const ledger = join(folder, "ledger.db");
  const keys = ["ann", "bob", "eve", "mallory"].map((name) => {
    const file = join(folder, `${name}.key`);
    writeFileSync(file, JSON.stringify(jwkOf(name)));
    return [name, file] as const;
  });
  const effects = { pay: { ...payEffect, approval: { keys: 2, roles: ["risk"] } } };
  const store = sqliteStore(ledger);
  const gateway = await openGateway({ envelope: document({ effects, ...more }), store });
  await gateway.session.usePeople(await peopleOf(ann, bob, eve));
  const key = Object.fromEntries(keys) as Readonly<Record<"ann" | "bob" | "eve" | "mallory", string>>;
  return { ...gateway, folder, ledger, key };
}

type Desk = Awaited<ReturnType<typeof desk>>;

function approve({ ledger, session }: Desk, seq: number | null, ...more: readonly string[]) {
  return run(["approve", "--ledger", ledger, "--session", session.id, "--hold", String(seq), ...more], { now });
}

describe("ambit approve --hold", () => {
  test("shows what is signed, records it, and says what is missing", async () => {
    const at = await desk();
    const { seq } = await at.session.propose(pay("4.99", { reasoning: nasty }), caller);
    const one = await approve(at, seq, "--key", at.key.ann, "--role", "risk");
    expect(one).toMatchObject({ code: 0, err: "" });
    expect(one.out).toContain("amount = 4.99 USD");
    expect(one.out).toContain("said by the agent, unverified");
    expect(one.out).not.toMatch(/[\u001b\u202e]/);
    expect(one.out.indexOf("amount = ")).toBeLessThan(one.out.indexOf("recorded approve"));
    expect(one.out).toContain("1 missing");
    const two = await approve(at, seq, "--key", at.key.bob, "--role", "risk", "--json");
    expect(JSON.parse(two.out)).toMatchObject({
      ok: true,
      hold: seq,
      recorded: [{ bound, decision: "approve", seq: 5 }],
    });
    at.time.now = now;
    expect(await at.session.propose(pay("4.99"), caller)).toMatchObject({ verdict: "allow" });
  });

  test("refuses for good", async () => {
    const at = await desk();
    const { seq } = await at.session.propose(pay("4.99"), caller);
    expect(await approve(at, seq, "--key", at.key.ann, "--role", "risk", "--refuse")).toMatchObject({ code: 0 });
    at.time.now = now;
    expect(await at.session.propose(pay("4.99"), caller)).toMatchObject({ verdict: "deny", code: "APPROVAL_REFUSED" });
  });

  test.each<readonly [what: string, name: "ann" | "eve" | "mallory", role: string, code: number, says: string]>([
    ["a key that is nobody's", "mallory", "risk", 1, "APPROVAL_KEY"],
    ["a role that the person does not have", "eve", "risk", 1, "APPROVAL_ROLE"],
    ["a role that is not asked for", "eve", "desk", 2, "nothing is asked for in that role"],
  ])("by %s records nothing", async (_, name, role, code, says) => {
    const at = await desk();
    const { seq } = await at.session.propose(pay("4.99"), caller);
    const got = await approve(at, seq, "--key", at.key[name], "--role", role);
    expect([got.code, got.err.includes(says)]).toEqual([code, true]);
    expect((await at.records()).filter(({ type }) => type === "approval")).toEqual([]);
  });

  test("until a time that has gone records nothing", async () => {
    const at = await desk();
    const { seq } = await at.session.propose(pay("4.99"), caller);
    for (const until of [now - 3_600_000, now]) {
      const got = await approve(at, seq, "--key", at.key.ann, "--role", "risk", "--until", String(until));
      expect(got).toMatchObject({ code: 2, out: "", err: expect.stringContaining("`--until` is not after") });
    }
    expect((await at.records()).filter(({ type }) => type === "approval")).toEqual([]);
  });

  test("of what does not wait says what does", async () => {
    const at = await desk();
    const { seq } = await at.session.propose(pay("4.99"), caller);
    const got = await approve(at, 2, "--key", at.key.ann, "--role", "risk");
    expect(got.code).toBe(2);
    expect(got.err).toContain(`those that wait: ${seq}`);
  });

  test("makes no ledger, and needs no envelope", async () => {
    const at = await desk();
    const missing = join(at.folder, "other.db");
    const none = await run(["approve", "--ledger", missing, "--hold", "3", "--key", at.key.ann, "--role", "risk"]);
    expect(none).toMatchObject({ code: 2 });
    expect(none.err).toContain("there is no such file");
    expect(readdirSync(at.folder)).not.toContain("other.db");
    const both = await approve(at, 3, "envelope.json", "--key", at.key.ann, "--role", "risk");
    expect(both).toMatchObject({ code: 2 });
  });
});

describe("ambit status", () => {
  const status = ({ ledger }: Pick<Desk, "ledger">, ...more: readonly string[]) =>
    run(["status", "--ledger", ledger, ...more], { now });

  test("shows phase, what waits, what is in flight and reserved, what broke, and when it ends", async () => {
    const at = await desk({
      effects: {
        pay: { ...payEffect, approval: { keys: 2, roles: ["risk"], when: { amount: { min: "4.00" } } } },
      },
    });
    const free = await at.session.propose(pay("1.00"), caller);
    await at.session.propose(pay("2.00"), caller);
    await at.session.redeem(free.seq!, (await jtiOf(at, free.seq!))!);
    const held = await at.session.propose(pay("4.99", { reasoning: nasty }), caller);
    await at.session.approve(await word(at, "ann", held.proposalHash));
    await at.session.record((time) => ({
      type: "incident",
      at: time,
      body: { code: "NOTED", message: "look", freezes: false },
    }));
    const { code, out } = await status(at);
    expect(code).toBe(0);
    for (const text of [
      `session ${at.session.id}`,
      "ends at 2024-02-15T21:00:00Z",
      `in flight: pay of record ${free.seq}`,
      "held in reserve: pay",
      "1 waiting for people",
      `hold ${held.seq}`,
      "approved by `ann`",
      "1 missing",
      "incident NOTED",
      "left",
    ])
      expect(out).toContain(text);
    expect(out).not.toMatch(/[\u001b\u202e]/);
    const json = JSON.parse((await status(at, "--json")).out);
    expect(json).toMatchObject({
      ok: true,
      phase: "active",
      killed: null,
      inFlight: [{ seq: free.seq }],
      holds: [{ seq: held.seq, people: [{ missing: 1 }] }],
      incidents: 1,
    });
  });

  test("says that a session is killed, or halted and by which breaker", async () => {
    const at = await desk();
    await at.session.record((time) => ({ type: "halted", at: time, body: { breaker: "loss", action: "halt" } }));
    expect((await status(at)).out).toMatch(/^halted {2}session[\s\S]*breaker `loss`: halt/);
    await at.session.kill("console");
    expect((await status(at)).out).toMatch(/^killed {2}session[\s\S]*by `console`/);
  });

  test("needs no key, leaves the ledger as it is, and no file beside it", async () => {
    const at = await desk();
    await at.session.propose(pay("4.99"), caller);
    await at.store.close();
    const files = () => readdirSync(at.folder).sort();
    const before = [files(), readFileSync(at.ledger)] as const;
    expect((await status(at)).out).toContain("1 waiting for people");
    expect(files()).toEqual(before[0]);
    expect(files().filter((file) => file.startsWith("ledger"))).toEqual(["ledger.db"]);
    expect(readFileSync(at.ledger).equals(before[1])).toBe(true);
  });

  test("--watch shows it again when it has changed, and only then", async () => {
    const at = await desk();
    await at.store.close();
    const shown: string[] = [];
    const stdout: Writable = new Writable({
      write(chunk: Buffer, _, done) {
        shown.push(chunk.toString());
        if (shown.length === 1) void at.session.propose(pay("4.99"), caller);
        if (shown.length === 2) stdout.destroy();
        done();
      },
    });
    const stderr = new Writable({ write: (_chunk, _encoding, done) => done() });
    const { Readable } = await import("node:stream");
    const io = { stdin: Readable.from([]), stdout, stderr, env: {}, now: () => now };
    expect(await main(["status", "--ledger", at.ledger, "--watch", "0.05"], io)).toBe(0);
    expect(shown.map((text) => /(nothing waits|1 waiting)/.exec(text)?.[0])).toEqual(["nothing waits", "1 waiting"]);
  });

  test("of a ledger that is none, or a session that is not there, says so", async () => {
    const at = await desk();
    const foreign = join(at.folder, "notes.txt");
    writeFileSync(foreign, "hello");
    expect((await status({ ledger: foreign })).code).toBe(2);
    expect(await status(at, "--session", "nobody")).toMatchObject({ code: 2 });
    expect(await status(at, "--watch", "-1")).toMatchObject({ code: 2 });
  });
});

async function jtiOf({ session }: Desk, seq: number): Promise<string | undefined> {
  const record = await session.read(seq);
  return record?.type === "decided" ? record.body.reservation?.jti : undefined;
}
