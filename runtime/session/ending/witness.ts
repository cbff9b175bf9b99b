/** Witnesses: of the session's end, and of an incident that froze it. Whatever process begins one, any other may finish it (SPEC §10). */
import { unfinishedWitness, type WitnessBegun } from "../../ledger/ending.ts";
import type { SessionLog } from "../../ledger/log.ts";
import type { SessionState } from "../../ledger/state.ts";
import type { Store } from "../../ledger/store/store.ts";
import { partsOf, witnessBody } from "../../ledger/witness/parts.ts";
import { type Appended, contention } from "../append.ts";
import { clockOrLast, type Desk, timeOrLast } from "../desk.ts";
import { stubbornness } from "../settings.ts";
import { History } from "./history.ts";

export type WitnessWritten = { readonly outcome: "written" } | Exclude<Appended, { readonly outcome: "appended" }>;

/** What a witness is written with, in a session or beside it. */
export interface WitnessDesk {
  readonly log: SessionLog;
  readonly store: Store;
  readonly attempts: number;
  /** Epoch milliseconds: when what is written next is written. */
  readonly timeOf: (of: "incident" | "end") => number;
}

export function writeWitness(desk: Desk, of: "incident" | "end"): Promise<WitnessWritten> {
  const { log, options } = desk;
  const { store, attempts } = options;
  // That of an incident is of a session that may go on: its time is one that the session writes by itself.
  const timeOf = (about: "incident" | "end") => (about === "end" ? clockOrLast(desk) : timeOrLast(desk));
  return writeWitnessWith({ log, store, attempts, timeOf }, of);
}

/** That of an incident which has none is written first. Nothing is written where there is nothing to write. */
export async function writeWitnessWith(
  { log, store, attempts, timeOf }: WitnessDesk,
  of: "incident" | "end",
): Promise<WitnessWritten> {
  const history = new History(store, log.state.end.session);
  const most = attempts * stubbornness;
  let parts: ReturnType<typeof partsOf> = [];
  let partsAt = "";
  for (let lost = 0; lost < most; ) {
    const { state } = log;
    const next = nextWitness(state, of);
    if (next === undefined) return { outcome: "written" };
    const part = (unfinishedWitness(state.ending)?.written ?? 0) + 1;
    const unread = await history.readUpTo(next.head);
    if (unread !== undefined) return { outcome: "failed", fault: unread };
    if (partsAt !== next.head.hash) parts = partsOf(history.account.lists());
    partsAt = next.head.hash;
    const body = witnessBody(parts, part, next, state.policy ?? "");
    const at = timeOf(next.incident === undefined ? "end" : "incident");
    const result = await log.append({ type: "witness", at, body });
    if (result.outcome === "failed" || (result.outcome === "refused" && lost > 0)) return result;
    if (result.outcome === "appended") continue;
    lost += 1;
    const fault = await log.refresh();
    if (fault !== undefined) return { outcome: "failed", fault };
  }
  return { outcome: "failed", fault: contention(most) };
}

function nextWitness(
  { ending, end, phase }: SessionState,
  of: "incident" | "end",
): Pick<WitnessBegun, "incident" | "head"> | undefined {
  if (phase === "closed" || phase === "rejected") return undefined;
  const begun = unfinishedWitness(ending);
  if (begun !== undefined) return of === "end" || begun.incident !== undefined ? begun : undefined;
  if (ending.unwitnessed !== undefined) return { incident: ending.unwitnessed, head: end.head };
  return of === "end" && phase !== "witness" ? { incident: undefined, head: end.head } : undefined;
}
