/** The deployment's own ledger, read and never written to: whether an audit believes it, and what it says of tokens and denials. */
import { readEnvelope } from "../../compiler/read/read.ts";
import { LedgerAudit, type LedgerLine } from "../../runtime/audit/ledger-audit.ts";
import type { SessionReport } from "../../runtime/audit/session-audit.ts";
import { reasonOf } from "../../runtime/fault.ts";
import { parseRecord } from "../../runtime/ledger/chain/parse.ts";
import type { TreeHead } from "../../runtime/ledger/merkle/subtree.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import type { People } from "../../runtime/people/registry.ts";
import type { Io } from "../io.ts";
import { openTrust } from "../keys.ts";
import { openLedger } from "../ledger/source.ts";
import { openReader } from "../ledger/store.ts";
import type { Deployment } from "./deployment.ts";
import { isUrl } from "./durability.ts";

export interface LedgerSeen {
  readonly report: SessionReport;
  readonly policy: string;
  readonly allows: number;
  readonly denials: number;
  /** Seconds: for how long the longest-lived token was good; 0 where there was none. */
  readonly longestToken: number;
}

export type LedgerResult =
  | { readonly ok: true; readonly ledger: LedgerSeen }
  | { readonly ok: false; readonly reason: string };

export async function readLedger(
  { configuration: { ledger = "", executors, feeds }, evaluator, registry, trust }: Deployment,
  people: People | undefined,
  checkpoints: ReadonlyMap<string, readonly TreeHead[]>,
  io: Io,
): Promise<LedgerResult> {
  const { id } = evaluator.envelope;
  const audit = new LedgerAudit({
    readEnvelope: (document) => readEnvelope(document, registry === undefined ? {} : { registry }).envelope,
    keys: trust,
    executors: executors === undefined ? undefined : await openTrust(executors),
    feeds: feeds === undefined ? undefined : await openTrust(feeds),
    people,
    checkpoints,
  });
  const tally = { policy: "", session: "", allows: 0, denials: 0, longestToken: 0 };
  try {
    for await (const line of linesOf(ledger, id, io)) {
      count(line, id, tally);
      await audit.take(line);
    }
  } catch (error) {
    return { ok: false, reason: `the ledger cannot be read: ${reasonOf(error)}` };
  }
  let own: SessionReport | undefined;
  for await (const report of audit.finished()) if (report.session === tally.session) own = report;
  if (own === undefined)
    return { ok: false, reason: `the ledger holds no session of \`${id}\`: \`ambit activate\` begins one` };
  return { ok: true, ledger: { report: own, ...tally } };
}

async function* linesOf(ledger: string, id: string, io: Io): AsyncGenerator<LedgerLine> {
  if (isUrl(ledger)) {
    const store = await openReader(ledger);
    try {
      yield* storedLines(store, id);
    } finally {
      await store.close();
    }
    return;
  }
  const source = await openLedger(ledger, undefined, io);
  try {
    yield* source.lines;
  } finally {
    await source.close();
  }
}

const pageLength = 500;

async function* storedLines(store: Store, id: string): AsyncGenerator<LedgerLine> {
  const claimed = await store.claimant(id);
  if (!claimed.ok) throw new Error(claimed.fault.message);
  if (claimed.session === undefined) return;
  for (let next = 1; ; next += pageLength) {
    const page = await store.read(claimed.session, next, pageLength);
    if (!page.ok) throw new Error(page.fault.message);
    for (const [index, text] of page.texts.entries()) yield { text, line: next + index };
    if (page.texts.length < pageLength) return;
  }
}

interface Tally {
  session: string;
  policy: string;
  allows: number;
  denials: number;
  longestToken: number;
}

/** Only of the session of the envelope; what cannot be read, the audit tells of. */
function count({ text = "" }: LedgerLine, id: string, tally: Tally): void {
  const parsed = parseRecord(text, 1);
  if (!parsed.ok) return;
  const { record } = parsed;
  if (record.type === "activated" && record.body.id === id) {
    tally.session = record.session;
    tally.policy = record.body.policy;
  }
  if (record.type !== "decided" || record.session !== tally.session) return;
  const { verdict, reservation } = record.body;
  if (verdict === "allow") tally.allows += 1;
  else tally.denials += 1;
  if (reservation !== undefined)
    tally.longestToken = Math.max(tally.longestToken, (reservation.expiresAt - record.at) / 1000);
}
