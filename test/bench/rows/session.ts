import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Signer } from "../../../runtime/authority/keys.ts";
import type { Evaluator } from "../../../runtime/evaluator.ts";
import { beginLog } from "../../../runtime/ledger/log.ts";
import { memoryStore } from "../../../runtime/ledger/store/memory.ts";
import type { Store } from "../../../runtime/ledger/store/store.ts";
import { createHost } from "../../../runtime/load.ts";
import { cedarWasm } from "../../../runtime/node/cedar-wasm.ts";
import { readNativeSigner } from "../../../runtime/node/native-signer.ts";
import { sqliteStore } from "../../../runtime/node/sqlite-store.ts";
import { openSession, type Session } from "../../../runtime/session/session.ts";
import type { SessionVerdict } from "../../../runtime/session/verdict.ts";
import { recordedKeys } from "../../people/recorded-keys.ts";
import { appendAll } from "../append-all.ts";
import type { Measurement, Row } from "../row.ts";
import { artefactsOf, callOf, factsOf, now } from "../sample.ts";
import { quantiles } from "../time.ts";

const bounds = 13;

/** A verdict that is signed and written, against the verdict and the signature alone; and against writing alone. */
export const sessionRows: Measurement = async () => {
  const evaluator = createHost({ cedarWasm: await cedarWasm() }).load(artefactsOf(bounds));
  const signer = await benchSigner("bench");
  return [...(await memoryRows(evaluator, signer)), ...(await sqliteRows(evaluator, signer))];
};

async function memoryRows(evaluator: Evaluator, signer: Signer): Promise<readonly Row[]> {
  const rounds = 2000;
  const sitting = await sit(memoryStore(), evaluator, signer);
  const call = callOf(bounds, 100);
  const facts = factsOf(evaluator);
  const message = new Uint8Array(1000);
  const times = { propose: new Float64Array(rounds), decide: new Float64Array(rounds), sign: new Float64Array(rounds) };
  // The first rounds are those of a process that is not warm yet.
  for (let round = -rounds; round < rounds; round++) {
    const took = {
      propose: await sitting.allow(call),
      decide: await timed(() => evaluator.decide(call, facts)),
      sign: await timed(() => signer.sign(message)),
    };
    if (round >= 0) for (const name of ["propose", "decide", "sign"] as const) times[name][round] = took[name];
  }
  const [propose, decide, sign] = [quantiles(times.propose), quantiles(times.decide), quantiles(times.sign)];
  const us = (time: number) => `${time.toFixed(0)} µs`;
  return [
    {
      name: "propose: decide, sign, append (memory)",
      value: propose.p50,
      unit: "µs",
      limit: 350,
      from: `p99 ${us(propose.p99)}`,
      shortfall: `of it, the two engines take ${us(decide.p50)} on this processor, and the signature ${us(sign.p50)}`,
    },
    {
      name: "propose (memory) / decide + one Ed25519 signature",
      value: propose.p50 / (decide.p50 + sign.p50),
      unit: "×",
      limit: 2,
      from: `${us(propose.p50)} / (${us(decide.p50)} + ${us(sign.p50)})`,
    },
  ];
}

async function sqliteRows(evaluator: Evaluator, signer: Signer): Promise<readonly Row[]> {
  const count = 1500;
  const folder = mkdtempSync(join(tmpdir(), "ambit-bench-"));
  try {
    const store = sqliteStore(join(folder, "ledger.db"));
    const sitting = await sit(store, evaluator, signer);
    const call = callOf(bounds, 100);
    for (let i = 0; i < 200; i++) await sitting.allow(call);
    const page = await store.read(sitting.session.id, 100, 1);
    const text = (page.ok && page.texts[0]) || "";
    const bare = bareLoop(join(folder, "bare.db"), text);
    bare(200);
    await appendAll(store, "warm", 200, text);
    let [proposals, appends, inserts] = [0, 0, 0];
    for (let round = 0; round < 5; round++) {
      for (let i = 0; i < count / 5; i++) proposals += await sitting.allow(call);
      appends += await timed(() => appendAll(store, `append-${round}`, count / 5, text));
      inserts += await timed(() => bare(count / 5));
    }
    await store.close();
    const each = (total: number) => `${(total / count).toFixed(0)} µs`;
    return [
      {
        name: "append (SQLite) / a bare compare-and-set INSERT, per second",
        value: inserts / appends,
        unit: "×",
        least: 0.7,
        from: `${each(appends)} and ${each(inserts)} each`,
      },
      {
        name: "propose (SQLite) / a bare compare-and-set INSERT, per second",
        value: inserts / proposals,
        unit: "×",
        least: 0.7,
        from: `${each(proposals)} and ${each(inserts)} each`,
        shortfall: "between two writes of one session stand the verdicts of two engines and a signature",
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The same table, settings and statement, with texts of the same length and nothing else. */
function bareLoop(path: string, text: string): (count: number) => void {
  const database = new DatabaseSync(path);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  database.exec(
    "CREATE TABLE record (session TEXT, seq INTEGER, hash TEXT, text TEXT, PRIMARY KEY (session, seq)) STRICT",
  );
  const insert = database.prepare(
    `INSERT INTO record (session, seq, hash, text) SELECT :session, :seq, :hash, :text
     WHERE :after = 0 OR EXISTS (SELECT 1 FROM record WHERE session = :session AND seq = :after AND hash = :hash)
     ON CONFLICT DO NOTHING`,
  );
  let seq = 0;
  return (count) => {
    for (let i = 0; i < count; i++) {
      const after = seq;
      seq += 1;
      const { changes } = insert.run({ session: "s", seq, hash: "h", text, after });
      if (changes !== 1) throw new Error("the bare loop lost its own race");
    }
  };
}

export interface Sitting {
  readonly session: Session;
  /** One proposal that is allowed; what it reserves is released in time. */
  readonly propose: (call: string) => Promise<SessionVerdict>;
  /** One proposal that is allowed, redeemed and settled: the microseconds that the verdict took, from call to token. */
  readonly allow: (call: string) => Promise<number>;
}

/**
 * The clock moves on by a millisecond with each proposal.
 *
 * @param id no other session's in the store
 */
export async function sit(store: Store, evaluator: Evaluator, signer: Signer, id = "bench"): Promise<Sitting> {
  let time = now;
  const body = {
    id,
    document: "{}",
    policy: evaluator.policyDigest,
    signatures: ["{}"],
    ...recordedKeys(evaluator.envelope, time),
  };
  const begun = await beginLog(store, { type: "activated", at: time, body }, evaluator.envelopeDigest);
  if (begun.outcome !== "begun") throw new Error("the session was not begun");
  const opened = await openSession({
    store,
    session: begun.log.state.end.session,
    evaluator,
    clock: () => time,
    authority: { signer, issuer: "bench", audience: "bench" },
  });
  if (!opened.ok) throw new Error(opened.fault.message);
  const { session } = opened;
  const propose = async (call: string) => {
    time += 1;
    const answer = await session.propose(call, { principal: "agent:bench" });
    if (answer.verdict !== "allow") throw new Error(`the sample was not allowed: ${JSON.stringify(answer.violations)}`);
    return answer;
  };
  return {
    session,
    propose,
    async allow(call) {
      const start = process.hrtime.bigint();
      const { seq } = await propose(call);
      const took = Number(process.hrtime.bigint() - start) / 1000;
      const decided = seq ?? 0;
      const jti = session.state.reservations.get(decided)?.jti ?? "";
      await session.record((at) => ({ type: "consumed", at, body: { decided, jti } }));
      await session.settle(decided, jti, { outcome: "executed" });
      return took;
    },
  };
}

/** Microseconds. */
async function timed(run: () => unknown): Promise<number> {
  const start = process.hrtime.bigint();
  await run();
  return Number(process.hrtime.bigint() - start) / 1000;
}

export async function benchSigner(kid: string): Promise<Signer> {
  const { privateKey } = generateKeyPairSync("ed25519");
  const read = await readNativeSigner(JSON.stringify({ ...privateKey.export({ format: "jwk" }), kid }));
  if (!read.ok) throw new Error(read.reason);
  return read.signer;
}
