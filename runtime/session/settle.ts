/** How an effect ended: what it cost, what it produced, and what is wrong with either (SPEC §7). */
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import type { MetricValue, Settled } from "../../schema/ledger.ts";
import { type VerifiedReceipt, verifyReceipt } from "../authority/token/receipt.ts";
import { planResults } from "../decode/results.ts";
import type { Reservation } from "../ledger/state.ts";
import { type Appended, appendSoon } from "./append.ts";
import { type Desk, timeOrLast } from "./desk.ts";
import { recordIncident } from "./incident.ts";
import { isGranted } from "./incidents/granted.ts";
import { type OwnReport, ownReport } from "./own-report.ts";
import { readRecord } from "./recorded-verdict.ts";

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
  const read = ownReport(reported);
  const reservation = redeemed(desk, decided, jti) ?? (await afterOthers(desk, decided, jti));
  if (reservation === undefined) return settleUnasked(desk, decided, jti, read.ok ? read.report : undefined);
  if (!read.ok)
    return settleUnknown(desk, reservation, { code: "SETTLEMENT_REFUSED", message: read.message, freezes: true });
  const { report } = read;
  const charged = await chargedBy(desk, reservation, report);
  const results = resultsOf(desk, reservation.effect, charged.outcome, report.result);
  // First: where a process ends between the two, the session is frozen, and the next one finds the reservation again.
  await tellAll(desk, charged.incidents, decided);
  const appended = await write(desk, {
    amounts: charged.amounts,
    decided,
    jti,
    metrics: [...report.metrics],
    outcome: charged.outcome,
    ...(charged.receipt === undefined ? {} : { receipt: charged.receipt }),
    ...(results.digest === undefined ? {} : { resultDigest: results.digest }),
    results: results.values,
  });
  if (appended.outcome === "refused") {
    const refused = { code: "SETTLEMENT_REFUSED", message: appended.problem.message, freezes: true };
    return settleUnknown(desk, reservation, refused);
  }
  await tellAll(desk, results.incidents, appended.outcome === "appended" ? appended.record.seq : decided);
  return appended;
}

/** The effect has happened, whatever its report is worth: charged in full, and told. */
async function settleUnknown(desk: Desk, { decided, jti }: Reservation, trouble: Trouble): Promise<Appended> {
  await tellAll(desk, [trouble], decided);
  return write(desk, { amounts: {}, decided, jti, metrics: [], outcome: "unknown", results: {} });
}

function redeemed({ log }: Desk, decided: number, jti: string): Reservation | undefined {
  const reservation = log.state.reservations.get(decided);
  return reservation?.consumedAt !== undefined && reservation.jti === jti ? reservation : undefined;
}

/** Another process may have redeemed it. */
async function afterOthers(desk: Desk, decided: number, jti: string): Promise<Reservation | undefined> {
  return (await desk.log.refresh()) === undefined ? redeemed(desk, decided, jti) : undefined;
}

/** A report on what was never redeemed, or is settled already, says something that the ledger does not: people have to look. */
async function settleUnasked(
  desk: Desk,
  decided: number,
  jti: string,
  report: OwnReport | undefined,
): Promise<Appended> {
  const { store, session } = desk.options;
  const record = await readRecord(store, session, decided);
  const isOwn = record?.type === "decided" && record.body.reservation?.jti === jti;
  const amounts = JSON.stringify(Object.fromEntries(report?.amounts ?? [])).slice(0, mostText);
  const told = `was reported as ${report?.outcome ?? "nothing readable"} with ${amounts}`;
  if (isOwn && desk.log.state.reservations.has(decided)) {
    const message = `an effect ${told}, and its token was never redeemed`;
    await recordIncident(desk, "EFFECT_WITHOUT_RECORD", message, true, decided);
  } else if (isOwn) {
    const message = `the effect ${told} when it had been settled or released`;
    await recordIncident(desk, "SETTLED_LATE", message, true, decided);
  } else if ((await isGranted(desk, jti)) === false) {
    const message = `an effect ${told}, under a token that this session has not given`;
    await recordIncident(desk, "EFFECT_OUTSIDE_SET", message, true);
  }
  const message = `record ${decided} with this token has no reservation to settle`;
  return {
    outcome: "refused",
    problem: { code: "RESERVATION_MISSING", seq: desk.log.state.end.head.seq + 1, message },
  };
}

const mostText = 1_000;

async function tellAll(desk: Desk, incidents: readonly Trouble[], about: number): Promise<void> {
  for (const { code, message, freezes } of incidents) await recordIncident(desk, code, message, freezes, about);
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

async function chargedBy(desk: Desk, reservation: Reservation, report: OwnReport): Promise<Charged> {
  const receipt = report.receipt === undefined ? undefined : await receiptOf(desk, reservation.jti, report.receipt);
  const incidents: Trouble[] = [];
  if (receipt?.ok === false) {
    const isForeign = receipt.jti !== undefined && (await isGranted(desk, receipt.jti)) === false;
    const code = isForeign ? "EFFECT_OUTSIDE_SET" : "RECEIPT_INVALID";
    const whose = isForeign ? ", which this session has not given" : "";
    incidents.push({ code, message: `${receipt.message}${whose}`, freezes: true });
  }
  const proof = receipt?.ok ? receipt.receipt : undefined;
  const outcome = proof?.outcome ?? report.outcome;
  const amounts: Record<string, number> = Object.create(null);
  for (const [bound, actual] of proof === undefined ? report.amounts : Object.entries(proof.amounts)) {
    const reserved = reservation.charges.get(bound)?.amount;
    if (reserved !== undefined && actual < reserved && (proof === undefined || outcome === "unknown")) continue;
    amounts[bound] = actual;
    if (reserved !== undefined && actual > reserved) {
      const message = `${actual} of ${bound} were settled, and ${reserved} reserved`;
      incidents.push({ code: "SETTLED_ABOVE_RESERVATION", message, freezes: true });
    }
  }
  const vouched = proof === undefined || report.receipt === undefined ? {} : { receipt: report.receipt };
  return { outcome, amounts, incidents, ...vouched };
}

async function receiptOf({ options: { executors } }: Desk, jti: string, jws: string): Promise<VouchedReceipt> {
  if (executors !== undefined) return verifyReceipt(jws, executors, { jti });
  return { ok: false, message: "no executor's key is known that could verify the receipt" };
}

type VouchedReceipt =
  | Extract<VerifiedReceipt, { readonly ok: true }>
  | { readonly ok: false; readonly message: string; readonly jti?: string };

interface Produced {
  readonly values: Record<string, string | number>;
  readonly digest?: string;
  readonly incidents: readonly Trouble[];
}

function resultsOf(desk: Desk, effect: string, outcome: Settled["outcome"], text: string | undefined): Produced {
  if (outcome !== "executed") return { values: {}, incidents: [] };
  const { envelope } = desk.options.evaluator;
  const declared = Object.keys(envelope.effects[effect]?.results ?? {});
  const values = { ...planResults(envelope, effect)(text ?? "") };
  const lacking = declared.filter((name) => !Object.hasOwn(values, name));
  const message = `the result of ${effect} lacks ${lacking.join(", ")}, as the envelope declares it`;
  const incidents = lacking.length === 0 ? [] : [{ code: "RESULT_UNDECODABLE", message, freezes: false }];
  return { values, incidents, ...(text === undefined ? {} : { digest: digestOf(text) }) };
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
