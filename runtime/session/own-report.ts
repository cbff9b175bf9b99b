/** What an executor reports, read once: whatever it does afterwards, what is settled and what is told are the same. */
import type { MetricValue, Settled } from "../../schema/ledger.ts";
import { ownMember } from "../own.ts";
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

/** Undefined for what is no report: then nobody knows how the effect ended. */
export function ownReport(reported: Settlement): OwnReport | undefined {
  try {
    const { outcome, amounts = {}, metrics = [], receipt, result } = reported;
    if (!outcomes.includes(outcome) || (receipt !== undefined && !isText(receipt, longestReceipt))) return undefined;
    if (!Array.isArray(metrics) || metrics.length > mostMetrics) return undefined;
    const numbers = Object.entries(amounts);
    if (numbers.some(([bound, amount]) => typeof amount !== "number" || bound.length > longestText)) return undefined;
    return { outcome, result: textOf(result), amounts: new Map(numbers), metrics: metrics.map(ownMetric), receipt };
  } catch {
    // A getter, a proxy, or nothing at all.
    return undefined;
  }
}

/** @throws TypeError for what is no metric */
function ownMetric(given: unknown): MetricValue {
  const [metric, value] = [ownMember(given, "metric"), ownMember(given, "value")];
  if (!isText(metric, longestText) || (!isText(value, longestText) && typeof value !== "number"))
    throw new TypeError("a metric has a name and a value");
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
