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

const mostMetrics = 1_000;
const outcomes: readonly unknown[] = ["executed", "not_executed", "unknown"];

/** Undefined for what is no report: then nobody knows how the effect ended. */
export function ownReport(reported: Settlement): OwnReport | undefined {
  try {
    const { outcome, amounts = {}, metrics = [], receipt, result } = reported;
    if (!outcomes.includes(outcome) || (receipt !== undefined && typeof receipt !== "string")) return undefined;
    if (!Array.isArray(metrics) || metrics.length > mostMetrics) return undefined;
    const numbers = Object.entries(amounts);
    if (numbers.some(([, amount]) => typeof amount !== "number")) return undefined;
    return { outcome, result: textOf(result), amounts: new Map(numbers), metrics: metrics.map(ownMetric), receipt };
  } catch {
    // A getter, a proxy, or nothing at all.
    return undefined;
  }
}

/** @throws TypeError for what is no metric */
function ownMetric(given: unknown): MetricValue {
  const [metric, value] = [ownMember(given, "metric"), ownMember(given, "value")];
  if (typeof metric !== "string" || (typeof value !== "string" && typeof value !== "number"))
    throw new TypeError("a metric has a name and a value");
  return { metric, value };
}

function textOf(result: unknown): string | undefined {
  try {
    return JSON.stringify(result);
  } catch {
    return undefined;
  }
}
