/** A signed report of a feed becomes a record: evidence, and the metrics that breakers look at (SPEC §10). */
import { type FeedDenial, verifyFeed } from "../../authority/feed.ts";
import type { LedgerFault } from "../../ledger/log.ts";
import type { RecordProblemCode } from "../../ledger/problem.ts";
import type { LedgerRecord } from "../../ledger/record.ts";
import { appendSoon, type Contention } from "../append.ts";
import { type Desk, timeOrLast } from "../desk.ts";
import { recordIncident } from "../incident.ts";

export type Fed =
  | { readonly outcome: "recorded"; readonly record: LedgerRecord }
  /** Nothing of it counts. */
  | { readonly outcome: "refused"; readonly code: FeedDenial | RecordProblemCode; readonly message: string }
  | { readonly outcome: "failed"; readonly fault: LedgerFault | Contention };

export async function takeFeed(desk: Desk, jws: string): Promise<Fed> {
  const { log, options } = desk;
  if (options.feeds === undefined)
    return { outcome: "refused", code: "FEED_KEY", message: "no feed's key is known that could verify the report" };
  const { envelope, session } = log.state.end;
  const verified = await verifyFeed(jws, options.feeds, { envelope, session });
  if (!verified.ok) {
    const { code, message } = verified;
    // Somebody who is believed has seen something, and nobody can read what.
    if (code === "FEED_UNREADABLE") await recordIncident(desk, code, message, true);
    return { outcome: "refused", code, message };
  }
  const { name, at: seenAt, metrics } = verified.report;
  const body = { name, seenAt, jws, ...(metrics === undefined ? {} : { metrics: metrics.map(copyOf) }) };
  const appended = await appendSoon(log, options.attempts, () => ({ type: "evidence", at: timeOrLast(desk), body }));
  if (appended.outcome === "appended") return { outcome: "recorded", record: appended.record };
  if (appended.outcome === "failed") return appended;
  const { code, message } = appended.problem;
  return { outcome: "refused", code, message };
}

function copyOf<T extends object>(value: T): T {
  return { ...value };
}
