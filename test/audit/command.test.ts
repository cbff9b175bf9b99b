/** `ambit audit` and `ambit replay`, on files as a gateway leaves them. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { signDetached } from "../../runtime/authority/jws/detached.ts";
import { typOf } from "../../runtime/authority/jws/typ.ts";
import type { Sealed } from "../../runtime/ledger/chain/seal.ts";
import { formatNoteKey, noteKey } from "../../runtime/ledger/checkpoint/note-key.ts";
import { noHead } from "../../runtime/ledger/record.ts";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";
import { canonicalJson } from "../../schema/json/canonical.ts";
import type { Decided } from "../../schema/ledger.ts";
import { jwkOf, keyPair, publicJwkOf } from "../authority/key-pairs.ts";
import { run } from "../cli/run.ts";
import { temporaryFolder } from "../fresh-copy.ts";
import { entry } from "../ledger/entries.ts";
import { registered, registryText } from "../people/people.ts";
import { begin, linesOf, longLife, openGateway } from "./ledgers.ts";

const folder = temporaryFolder("audit");
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const { chain } = longLife("env_command", 120);
const session = chain[0]!.record.session;
const ledger = file("ledger.jsonl", linesOf(chain));
const key = file("gateway.jwk", JSON.stringify(jwkOf("gateway")));
const trusted = file("gateway.pub.jwk", JSON.stringify(publicJwkOf("gateway")));
const reports = (out: string) =>
  out
    .trimEnd()
    .split("\n")
    .map((line): Record<string, unknown> => JSON.parse(line));

async function sqlite(name: string, records: readonly Sealed[]): Promise<string> {
  const store = sqliteStore(join(folder, name));
  for (const [i, { record, text }] of records.entries()) {
    const before = record.seq === 1 ? noHead : records[i - 1]!.record;
    const claim = record.type === "activated" ? record.body.id : undefined;
    await store.append(record.session, before, { seq: record.seq, hash: record.hash, text }, claim);
  }
  await store.close();
  return join(folder, name);
}

describe("audit", () => {
  test("says of a sound ledger how many records, which head, which root; the same of both forms", async () => {
    const lines = await run(["audit", ledger, "--json"]);
    expect(lines).toMatchObject({ code: 0, err: "" });
    expect(reports(lines.out)).toMatchObject([
      { session, ok: true, id: "env_command", records: chain.length, sound: chain.length, findings: 0, problems: [] },
    ]);
    expect(reports(lines.out)[0]?.head).toEqual({ seq: chain.length, hash: chain.at(-1)!.record.hash });
    const path = await sqlite("ledger.sqlite", chain);
    expect(await run(["audit", path, "--json"])).toEqual(lines);
    expect(await run(["audit", "-", "--json"], { stdin: linesOf(chain) })).toEqual(lines);
    expect((await run(["audit", path])).out).toContain(`✓ ${session}`);
  });

  test("takes sessions one by one, whatever their order", async () => {
    const other = longLife("env_other", 40).chain;
    const mixed = file(
      "mixed.jsonl",
      chain.map(({ text }, i) => `${text}\n${other[i] ? `${other[i].text}\n` : ""}`).join(""),
    );
    const both = await run(["audit", mixed, "--json"]);
    expect(reports(both.out)).toMatchObject([
      { session, ok: true },
      { id: "env_other", ok: true },
    ]);
    const one = await run(["audit", await sqlite("two.sqlite", [...other, ...chain]), "--session", session, "--json"]);
    expect(reports(one.out)).toMatchObject([{ session, records: chain.length }]);
    expect(await run(["audit", mixed, "--session", "nobody"])).toMatchObject({ code: 1 });
  });

  test("ends with 1 where something is wrong, and says where", async () => {
    const broken = file("broken.jsonl", linesOf(chain).replace('"deny"', '"hold"'));
    const { code, out } = await run(["audit", broken, "--json"]);
    expect(code).toBe(1);
    expect(reports(out)[0]).toMatchObject({ ok: false, problems: [{ code: expect.stringMatching(/MALFORMED|HASH/) }] });
    expect(await run(["audit", file("empty.jsonl", "")])).toMatchObject({ code: 1 });
    expect(await run(["audit", file("noise", "noise\n")])).toMatchObject({ code: 1 });
    expect(await run(["audit", join(folder, "missing")])).toMatchObject({ code: 2 });
  });

  test("verifies the envelope's signature by the keys that are trusted", async () => {
    const { signer } = await keyPair("gateway");
    const { document } = openGateway("env_signed");
    const payload = new TextEncoder().encode(canonicalJson(JSON.parse(document)));
    const jws = JSON.stringify({ signatures: [await signDetached(signer, typOf.envelope, payload)] });
    const signed = file("signed.jsonl", linesOf(openGateway("env_signed", { signatures: [jws] }).chain));
    const stranger = file("stranger.jwk", JSON.stringify(publicJwkOf("stranger")));
    expect(await run(["audit", signed, "--trust", trusted])).toMatchObject({ code: 0 });
    expect((await run(["audit", signed, "--trust", stranger])).out).toContain("SIGNATURE_WRONG");
    expect((await run(["audit", ledger, "--trust", trusted])).out).toContain("SIGNATURE_MISSING");
    const forged = openGateway("env_signed", { signatures: [jws.replace(/"signature":"../, '"signature":"AA')] });
    expect((await run(["audit", file("f.jsonl", linesOf(forged.chain)), "--trust", trusted])).out).toContain(
      "SIGNATURE_WRONG",
    );
  });

  test("says which line is too long to be a record, or no text", async () => {
    const long = Buffer.from(`${"x".repeat(16 * 1024 * 1024 + 1)}\n`);
    const path = join(folder, "long.jsonl");
    writeFileSync(path, Buffer.concat([long, Buffer.from([0xff, 0x0a]), Buffer.from(linesOf(chain))]));
    for (const command of ["audit", "replay"]) {
      const { code, out } = await run([command, path]);
      expect(code).toBe(1);
      expect(out).toMatch(/line 1 .*longer than 16 MiB/);
      expect(out).toMatch(/line 2 .*no UTF-8/);
    }
  });

  test("says of a file that an editor or a copy has changed what is not a record's in it", async () => {
    const crlf = file("crlf.jsonl", linesOf(chain).replaceAll("\n", "\r\n"));
    const bom = file("bom.jsonl", `\ufeff${linesOf(chain)}`);
    for (const command of ["audit", "replay"]) {
      expect(await run([command, crlf])).toMatchObject({
        code: 1,
        out: expect.stringMatching(/line 1 ends with a carriage return/),
      });
      expect(await run([command, bom])).toMatchObject({
        code: 1,
        out: expect.stringMatching(/line 1 begins with a byte order mark/),
      });
    }
  });

  test("reads a record of 4 MiB", async () => {
    const gateway = openGateway("env_long");
    const text = "x".repeat(4 * 1024 * 1024 - 1_000);
    gateway.append(entry("incident", begin, { code: "LONG", message: text, freezes: false }));
    const path = file("four.jsonl", linesOf(gateway.chain));
    expect(await run(["audit", path])).toMatchObject({ code: 0 });
    expect(await run(["replay", path])).toMatchObject({ code: 0 });
    expect(await run(["audit", await sqlite("four.sqlite", gateway.chain)])).toMatchObject({ code: 0 });
  });

  test.each(['{"id":"x","n":1e400}', "[".repeat(100_000)])(
    "is not ended by a document without a canonical form",
    async (document) => {
      const gateway = openGateway("env_huge", { document, signatures: ["{}"] });
      gateway.propose("pay", { payee: "ann", amount: "1.00" }, begin + 1);
      const path = file("huge.jsonl", linesOf(gateway.chain));
      const audited = await run(["audit", path, "--trust", trusted]);
      expect(audited).toMatchObject({ code: 1, out: expect.stringContaining("SIGNATURE_WRONG") });
      const replayed = await run(["replay", path]);
      expect(replayed).toMatchObject({ code: 1, out: expect.stringContaining("does not compile") });
    },
  );

  test("notes that activations name another registry than the one given", async () => {
    const people = file("people.json", await registryText(registered("ann", ["risk"])));
    const office = file("office.jwk", JSON.stringify(publicJwkOf("office-1")));
    const named = openGateway("env_named", { people: `sha256:${"0".repeat(64)}` });
    const path = file("named.jsonl", linesOf(named.chain));
    const text = await run(["audit", path, "--people", people, "--people-trust", office]);
    expect(text).toMatchObject({ out: expect.stringMatching(/PEOPLE_OTHER 1 /) });
    const json = await run(["audit", path, "--people", people, "--people-trust", office, "--json"]);
    expect(reports(json.out)).toMatchObject([{ notes: [{ code: "PEOPLE_OTHER", seq: 1 }] }]);
  });

  test("writes a checkpoint, and finds by it what was cut off or rewritten", async () => {
    const note = join(folder, "kept.note");
    const write = ["--checkpoint-out", note, "--key", key, "--gateway", "gateway.example"];
    expect(await run(["audit", ledger, ...write])).toMatchObject({ code: 0 });
    const { signer } = await keyPair("gateway");
    const vkey = formatNoteKey(noteKey(`gateway.example/${session}`, signer.publicKey));
    const against = async (path: string, by: string) =>
      run(["audit", path, "--checkpoint", note, "--checkpoint-key", by]);
    for (const by of [vkey, trusted]) {
      expect(await against(ledger, by)).toMatchObject({ code: 0 });
      const cut = file("cut.jsonl", linesOf(chain.slice(0, -1)));
      expect(await against(cut, by)).toMatchObject({ code: 1, out: expect.stringContaining("CHECKPOINT_TRUNCATED") });
    }
    const longer = file("longer.jsonl", linesOf(longLife("env_command", 140).chain));
    expect(await against(longer, vkey)).toMatchObject({ code: 0 });
    const other = file("other.jsonl", linesOf(openGateway("env_elsewhere").chain));
    expect(await against(other, vkey)).toMatchObject({ code: 1, out: expect.stringContaining("SESSION_MISSING") });
    const stranger = file("stranger.jwk", JSON.stringify(publicJwkOf("stranger")));
    expect(await against(ledger, stranger)).toMatchObject({ code: 2 });
    expect(await run(["audit", file("b.jsonl", `${linesOf(chain)}x\n`), ...write])).toMatchObject({ code: 1 });
  });
});

describe("replay", () => {
  test.each(["all", "both", "cedar", "rego", "reference"])("by %s gives every verdict again", async (engine) => {
    const { code, out } = await run(["replay", ledger, "--engine", engine, "--json"]);
    expect(code, out).toBe(0);
    const [report] = reports(out);
    expect(report).toMatchObject({ session, ok: true, differences: 0, problems: [] });
    expect(Number(report?.replayed) + Number(report?.unjudged)).toBe(report?.decided);
    expect(Number(report?.unjudged)).toBeGreaterThan(0);
    expect(Number(report?.replayed)).toBeGreaterThan(20);
  });

  const forge = (change: (body: Decided) => Decided, amount = "99.00") => {
    const gateway = openGateway("env_replayed");
    gateway.append(entry("evidence", begin, { name: "perimeter", seenAt: begin }));
    const honest = openGateway("env_replayed");
    honest.append(entry("evidence", begin, { name: "perimeter", seenAt: begin }));
    const { record } = honest.propose("pay", { payee: "ann", amount }, begin + 1);
    gateway.force({ type: "decided", at: begin + 1, body: change(record.body as Decided) });
    return linesOf(gateway.chain);
  };
  const reservation = { jti: "x", expiresAt: begin + 9_000, charges: {} };

  test.each<readonly [what: string, differs: readonly string[], lines: string]>([
    [
      "a deny that became an allow",
      ["cedar", "rego", "verdict", "violations"],
      forge((body) => ({
        ...body,
        verdict: "allow",
        violations: [],
        reservation,
        engines: body.engines.map(({ engine }) => ({ engine, verdict: "allow", violations: [] })),
      })),
    ],
    [
      "an allow that no engine gave",
      ["engines", "verdict", "violations"],
      forge((body) => ({
        ...body,
        verdict: "allow",
        violations: [],
        engines: [],
        reservation,
      })),
    ],
    ["a reason left out", ["violations"], forge((body) => ({ ...body, violations: body.violations.slice(0, 1) }))],
    [
      "another reason",
      ["violations"],
      forge((body) => ({ ...body, violations: body.violations.map((v) => ({ ...v, message: "no" })) })),
    ],
    [
      "an engine's other answer",
      ["rego"],
      forge((body) => ({
        ...body,
        engines: body.engines.map((each) => (each.engine === "rego" ? { ...each, violations: ["kill"] } : each)),
      })),
    ],
  ])("finds %s", async (_, differs, lines) => {
    const { code, out } = await run(["replay", file("forged.jsonl", lines), "--json"]);
    expect(code).toBe(1);
    const shown = reports(out)[0]?.shown as readonly { readonly what: string; readonly seq: number }[];
    expect(shown.map(({ what }) => what)).toEqual(differs);
    expect(shown.every(({ seq }) => seq === 3)).toBe(true);
  });

  test("tells of another policy, which alone is no difference", async () => {
    const policy = `sha256:${"0".repeat(64)}`;
    const { code, out } = await run([
      "replay",
      file(
        "p.jsonl",
        forge((body) => ({ ...body, policy })),
      ),
      "--json",
    ]);
    expect(code).toBe(0);
    expect(reports(out)[0]).toMatchObject({ policy: { recorded: policy, now: expect.stringMatching(/^sha256:/) } });
  });

  test("does not pass over what it cannot read", async () => {
    const broken = file("broken.jsonl", linesOf(chain).replace('"deny"', '"hold"'));
    expect(await run(["replay", broken])).toMatchObject({ code: 1 });
    const unreadable = file("none.jsonl", linesOf(openGateway("env_none", { document: "{}" }).chain));
    expect(await run(["replay", unreadable])).toMatchObject({ code: 0 });
  });
});
