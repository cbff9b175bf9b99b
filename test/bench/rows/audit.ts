import { hash } from "node:crypto";
import { readEnvelope } from "../../../compiler/read/read.ts";
import { LedgerAudit } from "../../../runtime/audit/ledger-audit.ts";
import { longLife, reference } from "../../audit/ledgers.ts";
import type { Measurement } from "../row.ts";

const records = 30_000;
const rounds = 7;

/** The audit of one session against parsing the same bytes and hashing them once. */
export const auditRows: Measurement = async () => {
  const { chain } = longLife("bench-audit", records, reference);
  const texts = chain.map(({ text }) => text);
  let [bare, audit] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < rounds; round++) {
    bare = Math.min(bare, bareTime(texts));
    audit = Math.min(audit, await auditTime(texts));
  }
  const perSecond = (milliseconds: number) => Math.round((texts.length / milliseconds) * 1000);
  const bytes = Math.round(texts.reduce((sum, text) => sum + text.length, 0) / texts.length);
  const speed = perSecond(audit);
  return [
    {
      name: "audit, records per second of processor time",
      value: speed,
      unit: "/s",
      least: 50_000,
      from: `records of ${bytes} bytes; ${(bare / audit).toFixed(2)} of bare SHA-256 and JSON.parse, ${perSecond(bare)} a second`,
    },
  ];
};

/** Of this process, on all its threads: on a machine with other work to do, the clock tells something else. */
function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function bareTime(texts: readonly string[]): number {
  const start = cpuMilliseconds();
  for (const text of texts) {
    JSON.parse(text);
    hash("sha256", text, "hex");
  }
  return cpuMilliseconds() - start;
}

async function auditTime(texts: readonly string[]): Promise<number> {
  const readEnvelopeOf = (document: string) => readEnvelope(document).envelope;
  const start = cpuMilliseconds();
  const audit = new LedgerAudit({ readEnvelope: readEnvelopeOf });
  for (const [index, text] of texts.entries()) {
    const wait = audit.take({ text, line: index + 1 });
    if (wait !== undefined) await wait;
  }
  for await (const { findings, sound } of audit.finished())
    if (findings > 0 || sound !== texts.length) throw new Error("the ledger of the measurement is not sound");
  return cpuMilliseconds() - start;
}
