/** The kill: it waits for no turn, no clock and no signer (SPEC §10). */
import { reasonOf } from "../../fault.ts";
import type { OrderGiven } from "../../people/order.ts";
import { type Appended, appendSoon } from "../append.ts";
import { clockOrLast, type Desk, timeOrLast } from "../desk.ts";
import { ownOrderText } from "../own-order.ts";
import { stubbornness } from "../settings.ts";
import { isSignalGiven } from "./signals.ts";

/** A kill that was given in this process, whether or not it is written yet. */
export interface KillHere {
  readonly signal: string;
  /** The text of the order, where a person gave one. */
  readonly by: string | undefined;
  writing: Promise<Appended>;
}

const longestSignal = 256;

/**
 * In this process from now on, in others as soon as it is written.
 *
 * @param order verified: what `verifyOrder` answers
 */
export function kill(desk: Desk, given: string, order?: Pick<OrderGiven, "text">): Promise<Appended> {
  const isText = typeof given === "string" && given !== "" && given.length <= longestSignal && given.isWellFormed();
  // A signal that no record could hold is a kill all the same.
  const signal = isText ? given : "unnamed";
  // So is what is no order.
  const by = ownOrderText(order);
  desk.killed = { signal, by, writing: write(desk, signal, by) };
  desk.stop.abort(killedReason());
  return desk.killed.writing;
}

/** Looks for the signal, which is looked for before everything else; what others have recorded is seen as far as it was read. */
export function isKilled(desk: Desk): boolean {
  const { signals, evaluator } = desk.options;
  if (desk.killed !== undefined || desk.log.state.killed) return true;
  const { signal } = evaluator.envelope.killSwitch;
  if (signals === undefined || !isSignalGiven(signals, signal)) return false;
  void kill(desk, signal);
  return true;
}

/** Whether the kill that was given here stands in the ledger; one that could not be written is written now, if it can be. */
export async function isKillWritten(desk: Desk): Promise<boolean> {
  const { killed, log } = desk;
  if (killed === undefined) return true;
  await killed.writing;
  if (!log.state.killed) killed.writing = write(desk, killed.signal, killed.by);
  await killed.writing;
  return log.state.killed;
}

/** What those who wait for the `AbortSignal` of a tool are told. */
export function killedReason(): Error {
  return new Error("the session has been killed");
}

async function write(desk: Desk, signal: string, by: string | undefined): Promise<Appended> {
  const written = await append(desk, by === undefined ? { signal } : { signal, by });
  if (by === undefined || written.outcome !== "refused" || desk.log.state.killed) return written;
  // An order that no record can hold is a kill all the same.
  return append(desk, { signal });
}

/** Whoever else writes meanwhile: nothing is tried as often as a kill. */
function append(desk: Desk, body: { readonly signal: string; readonly by?: string }): Promise<Appended> {
  const { log, options } = desk;
  const at = () => (body.by === undefined ? timeOrLast(desk) : clockOrLast(desk));
  const entry = () => ({ type: "killed", at: at(), body }) as const;
  return appendSoon(log, options.attempts * stubbornness, entry).catch(
    (cause: unknown): Appended => ({
      outcome: "failed",
      fault: { code: "STORE_UNAVAILABLE", message: reasonOf(cause), cause },
    }),
  );
}
