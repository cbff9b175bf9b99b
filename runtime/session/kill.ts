/** The kill: it waits for no turn, no clock and no signer. */
import { reasonOf } from "../fault.ts";
import { type Appended, appendSoon } from "./append.ts";
import { type Desk, timeOrLast } from "./desk.ts";

const longestSignal = 256;

/** In this process from now on, in others as soon as it is written. */
export function kill(desk: Desk, given: string): Promise<Appended> {
  const isText = typeof given === "string" && given !== "" && given.length <= longestSignal && given.isWellFormed();
  // A signal that no record could hold is a kill all the same.
  const signal = isText ? given : "unnamed";
  desk.killed = { signal, writing: write(desk, signal) };
  return desk.killed.writing;
}

/** Whether the kill that was given here stands in the ledger; one that could not be written is written now, if it can be. */
export async function isKillWritten(desk: Desk): Promise<boolean> {
  const { killed, log } = desk;
  if (killed === undefined) return true;
  await killed.writing;
  if (!log.state.killed) killed.writing = write(desk, killed.signal);
  await killed.writing;
  return log.state.killed;
}

function write({ log, options, now }: Desk, signal: string): Promise<Appended> {
  const entry = () => ({ type: "killed", at: timeOrLast({ log, now }), body: { signal } }) as const;
  return appendSoon(log, options.attempts, entry).catch(
    (cause: unknown): Appended => ({
      outcome: "failed",
      fault: { code: "STORE_UNAVAILABLE", message: reasonOf(cause), cause },
    }),
  );
}
