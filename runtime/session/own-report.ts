/** What an executor reports, read once: whatever it does afterwards, what is settled and what is told are the same. */
import type { MetricValue, Settled } from "../../schema/ledger.ts";
import { reasonOf } from "../fault.ts";
import { membersOf, ownMember } from "../own.ts";
import type { Settlement } from "./settle.ts";

/** A report that only plain data is in. */
export interface OwnReport {
  readonly outcome: Settled["outcome"];
  /** The result's JSON text; undefined for what is no JSON value. */
  readonly result: string | undefined;
  readonly amounts: ReadonlyMap<string, number>;
  readonly metrics: readonly MetricValue[];
  readonly receipt: string | undefined;
}

/** What is recorded of a report is small, whoever reports; of a result there is the digest. */
const mostMetrics = 1_000;
const longestText = 256;
const longestReceipt = 65_536;
const outcomes: readonly unknown[] = ["executed", "not_executed", "unknown"];

export type ReadReport =
  | { readonly ok: true; readonly report: OwnReport }
  /** Nobody knows how the effect ended. `message` is one sentence. */
  | { readonly ok: false; readonly message: string };

export function ownReport(reported: Settlement): ReadReport {
  try {
    return { ok: true, report: read(reported) };
  } catch (cause) {
    // A getter, a proxy, or nothing at all.
    return { ok: false, message: `the executor's report cannot be read: ${reasonOf(cause)}` };
  }
}

/** @throws TypeError for what is no report; what reading it throws */
function read(reported: Settlement): OwnReport {
  const members = membersOf(reported, "outcome", "amounts", "metrics", "receipt", "result");
  const { outcome, amounts = {}, metrics = [], receipt, result } = members;
  if (outcome === undefined || !outcomes.includes(outcome))
    throw new TypeError("its `outcome` is none of `executed`, `not_executed` and `unknown`");
  if (receipt !== undefined && !isText(receipt, longestReceipt))
    throw new TypeError(`its \`receipt\` is no text of at most ${longestReceipt} characters`);
  if (!Array.isArray(metrics) || metrics.length > mostMetrics)
    throw new TypeError(`its \`metrics\` are no list of at most ${mostMetrics}`);
  const numbers = Object.entries(amounts);
  if (numbers.some(([bound, amount]) => typeof amount !== "number" || bound.length > longestText))
    throw new TypeError("its `amounts` are no numbers by the ids of bounds");
  return { outcome, result: textOf(result), amounts: new Map(numbers), metrics: metrics.map(ownMetric), receipt };
}

/** @throws TypeError for what is no metric */
function ownMetric(given: unknown, i: number): MetricValue {
  const [metric, value] = [ownMember(given, "metric"), ownMember(given, "value")];
  if (!isText(metric, longestText) || (!isText(value, longestText) && typeof value !== "number"))
    throw new TypeError(`its \`metrics/${i}\` has no \`metric\`, a name, and \`value\`, a number or a short text`);
  return { metric, value };
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === "string" && value.length <= longest;
}

function textOf(result: unknown): string | undefined {
  try {
    return JSON.stringify(result);
  } catch {
    return undefined;
  }
}
