/** How an effect ended: what it cost, what it produced, and what is wrong with either (SPEC §7). */
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import type { MetricValue, Settled } from "../../schema/ledger.ts";
import { verifyReceipt } from "../authority/token/receipt.ts";
import { planResults } from "../decode/results.ts";
import type { Reservation } from "../ledger/state.ts";
import { type Appended, appendSoon } from "./append.ts";
import { type Desk, timeOrLast } from "./desk.ts";
import { recordIncident } from "./incident.ts";

/** What an executor reports. */
export interface Settlement {
  /** `unknown` where it may or may not have happened: charged in full. */
  readonly outcome: Settled["outcome"];
  /** JSON: the effect's `results` are decoded from it. */
  readonly result?: unknown;
  /** Actual amounts by the id of the bound; one below what was reserved counts only if the receipt says it too. */
  readonly amounts?: Readonly<Record<string, number>>;
  readonly metrics?: readonly MetricValue[];
  /** The executor's JWS over the outcome and the amounts. */
  readonly receipt?: string;
}

/** @param decided the number of the `decided` record, whose token has been redeemed */
export async function settle(desk: Desk, decided: number, jti: string, reported: Settlement): Promise<Appended> {
  const reservation = desk.log.state.reservations.get(decided);
  if (reservation?.consumedAt === undefined || reservation.jti !== jti) {
    const message = `record ${decided} with this token has no reservation to settle`;
    return {
      outcome: "refused",
      problem: { code: "RESERVATION_MISSING", seq: desk.log.state.end.head.seq + 1, message },
    };
  }
  const charged = await chargedBy(desk, reservation, reported);
  const results = resultsOf(desk, reservation.effect, charged.outcome, reported.result);
  const body: Settled = {
    decided,
    jti,
    outcome: charged.outcome,
    amounts: charged.amounts,
    results: results.values,
    metrics: [...(reported.metrics ?? [])],
    ...(charged.receipt === undefined ? {} : { receipt: charged.receipt }),
    ...(results.digest === undefined ? {} : { resultDigest: results.digest }),
  };
  let appended = await write(desk, body);
  const incidents = [...charged.incidents, ...results.incidents];
  if (appended.outcome === "refused") {
    // The effect has happened, whatever its report is worth: charged in full, and told.
    incidents.push({ code: "SETTLEMENT_REFUSED", message: appended.problem.message, freezes: true });
    appended = await write(desk, { decided, jti, outcome: "unknown", amounts: {}, results: {}, metrics: [] });
  }
  const about = appended.outcome === "appended" ? appended.record.seq : decided;
  for (const { code, message, freezes } of incidents) await recordIncident(desk, code, message, freezes, about);
  return appended;
}

interface Trouble {
  readonly code: string;
  readonly message: string;
  readonly freezes: boolean;
}

interface Charged {
  readonly outcome: Settled["outcome"];
  readonly amounts: Record<string, number>;
  readonly receipt?: string;
  readonly incidents: readonly Trouble[];
}

async function chargedBy(desk: Desk, reservation: Reservation, reported: Settlement): Promise<Charged> {
  const receipt = reported.receipt === undefined ? undefined : await receiptOf(desk, reservation.jti, reported.receipt);
  const incidents: Trouble[] = [];
  if (receipt?.ok === false) incidents.push({ code: "RECEIPT_INVALID", message: receipt.message, freezes: true });
  const proof = receipt?.ok ? receipt.receipt : undefined;
  const outcome = proof?.outcome ?? reported.outcome;
  const amounts: Record<string, number> = Object.create(null);
  for (const [bound, actual] of Object.entries(proof?.amounts ?? reported.amounts ?? {})) {
    const reserved = reservation.charges.get(bound)?.amount;
    if (reserved !== undefined && actual < reserved && (proof === undefined || outcome === "unknown")) continue;
    amounts[bound] = actual;
    if (reserved !== undefined && actual > reserved) {
      const message = `${actual} of ${bound} were settled, and ${reserved} reserved`;
      incidents.push({ code: "SETTLED_ABOVE_RESERVATION", message, freezes: true });
    }
  }
  return { outcome, amounts, incidents, ...(proof === undefined ? {} : { receipt: reported.receipt }) };
}

async function receiptOf({ options: { executors } }: Desk, jti: string, jws: string) {
  if (executors !== undefined) return verifyReceipt(jws, executors, { jti });
  return { ok: false, message: "no executor's key is known that could verify the receipt" } as const;
}

interface Produced {
  readonly values: Record<string, string | number>;
  readonly digest?: string;
  readonly incidents: readonly Trouble[];
}

function resultsOf(desk: Desk, effect: string, outcome: Settled["outcome"], result: unknown): Produced {
  if (outcome !== "executed") return { values: {}, incidents: [] };
  const { envelope } = desk.options.evaluator;
  const declared = Object.keys(envelope.effects[effect]?.results ?? {});
  const text = textOf(result);
  const values = { ...planResults(envelope, effect)(text ?? "") };
  const lacking = declared.filter((name) => !Object.hasOwn(values, name));
  const message = `the result of ${effect} lacks ${lacking.join(", ")}, as the envelope declares it`;
  const incidents = lacking.length === 0 ? [] : [{ code: "RESULT_UNDECODABLE", message, freezes: false }];
  return { values, incidents, ...(text === undefined ? {} : { digest: digestOf(text) }) };
}

/** Undefined for what is no JSON value. */
function textOf(result: unknown): string | undefined {
  try {
    return JSON.stringify(result);
  } catch {
    return undefined;
  }
}

/** Of the JCS form; a value without one is named by its bytes. */
function digestOf(text: string): string {
  try {
    return sha256(canonicalJson(JSON.parse(text)));
  } catch {
    return sha256(text);
  }
}

function write(desk: Desk, body: Settled): Promise<Appended> {
  return appendSoon(desk.log, desk.options.attempts, () => ({ type: "settled", at: timeOrLast(desk), body }));
}
