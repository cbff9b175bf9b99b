/** One kill, out of what the processes say and what the ledger says. */
import type { Store } from "../../../runtime/ledger/store/store.ts";
import type { Report } from "./orders.ts";

export interface Killed {
  /** How many began, by what the tools say. */
  readonly effects: number;
  /** How many `consumed` records there are. */
  readonly redeemed: number;
  /** The numbers of those that stand after the kill. */
  readonly redeemedAfter: readonly number[];
  /** From the signal to the record of it. */
  readonly writtenMs: number;
  /** From the signal to the last effect that began after it; 0 where none did. */
  readonly lastMs: number;
  /** How many began after the process that killed knew that its record stood, and how long after that the last one did. */
  readonly begunAfter: number;
  readonly latestMs: number;
}

export async function outcomeOf(reports: readonly Report[], store: Store, session: string): Promise<Killed> {
  const kill = reports.find((report) => report.did === "kill");
  if (kill === undefined) throw new Error("nobody has killed");
  const begun = reports.flatMap((report) => (report.did === "act" ? report.begun : [])).map(BigInt);
  const [asked, written] = [BigInt(kill.asked), BigInt(kill.written)];
  const last = begun.reduce((a, b) => (a > b ? a : b), asked);
  const consumed = await consumedIn(store, session);
  return {
    effects: begun.length,
    redeemed: consumed.length,
    redeemedAfter: consumed.filter((seq) => seq > kill.seq),
    writtenMs: between(asked, written),
    lastMs: between(asked, last),
    begunAfter: begun.filter((at) => at > written).length,
    latestMs: Math.max(0, between(written, last)),
  };
}

async function consumedIn(store: Store, session: string): Promise<readonly number[]> {
  const page = await store.read(session, 1, 1_000_000);
  if (!page.ok) throw new Error(page.fault.message);
  return page.texts.flatMap((text) => {
    const { seq, type }: { readonly seq: number; readonly type: string } = JSON.parse(text);
    return type === "consumed" ? [seq] : [];
  });
}

function between(from: bigint, to: bigint): number {
  return Number(to - from) / 1e6;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

export function milliseconds(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 1)} ms`;
}
