/** Every byte of a ledger of a hundred records, flipped: no flip goes unnoticed. And every place where it can be cut off. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, expect, test } from "vitest";
import { jsonLines, openLedger } from "../../cli/ledger/source.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import { LedgerAudit, type LedgerLine } from "../../runtime/audit/ledger-audit.ts";
import type { AuditOptions, SessionReport } from "../../runtime/audit/session-audit.ts";
import { leafHash } from "../../runtime/ledger/merkle/hash.ts";
import type { TreeHead } from "../../runtime/ledger/merkle/subtree.ts";
import { createTree } from "../../runtime/ledger/merkle/tree.ts";
import { noHead } from "../../runtime/ledger/record.ts";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";
import { figure } from "../figure.ts";
import { temporaryFolder } from "../fresh-copy.ts";
import { linesOf, longLife } from "./ledgers.ts";

const { chain, document } = longLife("env_flipped", 100);
const records = chain.slice(0, 100);
const session = records[0]!.record.session;
const { envelope } = readEnvelope(document);
const bytes = new TextEncoder().encode(linesOf(records));
const folder = temporaryFolder("audit-flips");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const options: AuditOptions = {
  readEnvelope: (text) => (text === document ? envelope : undefined),
};

async function audit(lines: AsyncIterable<LedgerLine> | Iterable<LedgerLine>, more: Partial<AuditOptions> = {}) {
  const ledger = new LedgerAudit({ ...options, ...more });
  for await (const line of lines) await ledger.take(line);
  const reports: SessionReport[] = [];
  for await (const report of ledger.finished()) reports.push(report);
  const strays = ledger.end();
  if (strays !== undefined) reports.push(strays);
  return reports.flatMap(({ problems }) => problems);
}
async function* stream(...chunks: readonly Uint8Array[]) {
  yield* chunks;
}

test("unchanged, the ledger has nothing against it", async () => {
  expect(await audit(jsonLines(stream(bytes)))).toEqual([]);
});

test("every byte of its lines, flipped twice, is no record any more", { timeout: 300_000 }, async () => {
  let [flips, missed, start] = [0, 0, 0];
  // Nothing is known to it but broken lines: an unchanged one would be of a session, and no stray.
  const ledger = new LedgerAudit(options);
  const strays = () => ledger.end()?.findings ?? 0;
  for (let i = 0; i < bytes.length; i++) {
    if (i > 0 && bytes[i - 1] === 0x0a) start = i;
    const end = bytes.indexOf(0x0a, bytes[i] === 0x0a ? i + 1 : i);
    const line = bytes.slice(start, end === -1 ? bytes.length : end + 1);
    for (const bit of [1, 128]) {
      flips += 1;
      line[i - start]! ^= bit;
      const before = strays();
      for await (const each of jsonLines(stream(line))) await ledger.take(each);
      line[i - start]! ^= bit;
      if (strays() === before) missed += 1;
    }
  }
  figure(`a ledger of ${records.length} records, ${bytes.length} bytes: ${flips} flips, ${missed} missed`);
  expect(missed).toBe(0);
});

test("flipped within the whole ledger, the break is found at its place", { timeout: 300_000 }, async () => {
  let start = 0;
  for (const [index, { text }] of records.entries()) {
    const length = new TextEncoder().encode(text).length;
    const at = start + ((index * 37) % length);
    const problems = await audit(jsonLines(stream(bytes.with(at, bytes[at]! ^ 1))));
    expect(problems.length, `byte ${at}`).toBeGreaterThan(0);
    const seqs = problems.map(({ seq }) => seq);
    // The last one leaves no gap: only the line itself tells.
    if (index < records.length - 1) expect(seqs, `byte ${at}`).toContain(index + 1);
    start += length + 1;
  }
});

test("texts changed within a SQLite file are found at their records", { timeout: 300_000 }, async () => {
  const path = join(folder, "ledger.sqlite");
  const store = sqliteStore(path);
  for (const [i, { record, text }] of records.entries()) {
    const before = records[i - 1]?.record ?? noHead;
    const stored = { seq: record.seq, hash: record.hash, text };
    expect(await store.append(session, before, stored)).toEqual({ outcome: "appended" });
  }
  await store.close();
  const database = new DatabaseSync(path);
  const write = database.prepare("UPDATE record SET text = CAST(? AS TEXT) WHERE seq = ?");
  let flips = 0;
  for (const { record, text } of records) {
    const whole = new TextEncoder().encode(text);
    for (const share of [0, 0.35, 0.7, 0.999])
      for (const bit of [1, 128]) {
        const at = Math.floor(whole.length * share);
        write.run(whole.with(at, whole[at]! ^ bit), record.seq);
        const source = await openLedger(path, undefined, {} as never);
        const [problem] = await audit(source.lines);
        await source.close();
        expect(problem?.seq, `byte ${at} of record ${record.seq}`).toBe(record.seq);
        flips += 1;
      }
    write.run(whole, record.seq);
  }
  database.exec("UPDATE record SET seq = 101 WHERE seq = 50");
  const moved = await openLedger(path, undefined, {} as never);
  expect(await audit(moved.lines)).toMatchObject([
    { code: "CHAIN_BROKEN", seq: 50 },
    { code: "ROW_FORGED", seq: 50 },
  ]);
  await moved.close();
  database.close();
  figure(`texts in a SQLite ledger of ${records.length} records: ${flips} flips, 0 missed`);
});

test("cut off after any record, the ledger is sound, and a checkpoint shows it", async () => {
  const tree = createTree();
  for (const { text } of records) tree.append(leafHash(new TextEncoder().encode(text)));
  const head = (size: number): TreeHead => ({ size, root: tree.rootOf({ start: 0, end: size })! });
  for (let count = 1; count <= records.length; count++) {
    const cut = new TextEncoder().encode(linesOf(records.slice(0, count)));
    expect(await audit(jsonLines(stream(cut)))).toEqual([]);
    const seen = (size: number) => audit(jsonLines(stream(cut)), { checkpoints: new Map([[session, [head(size)]]]) });
    expect(await seen(count)).toEqual([]);
    if (count < records.length) expect(await seen(count + 1)).toMatchObject([{ code: "CHECKPOINT_TRUNCATED" }]);
  }
  const other = { size: 60, root: head(61).root };
  const rewritten = await audit(jsonLines(stream(bytes)), { checkpoints: new Map([[session, [head(40), other]]]) });
  expect(rewritten).toMatchObject([{ code: "CHECKPOINT_REWRITTEN" }]);
  figure(`${records.length - 1} truncations, each found by a checkpoint`);
});
