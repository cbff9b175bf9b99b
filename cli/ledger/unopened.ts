/** Why a ledger did not open: it is broken or does not answer, or somebody has named a file that is no ledger (SPEC §13). */
import { reasonOf } from "../../runtime/fault.ts";
import { Refused, UsageError } from "../io.ts";

/** @param cause what SQLite, or the look at the file before it, has thrown */
export function unopened(file: string, cause: unknown): Refused | UsageError {
  const why = reasonOf(cause);
  return isOfLedger(cause)
    ? unread(`the ledger ${file} cannot be read: ${why}`)
    : new UsageError(`cannot read \`${file}\`: ${why}`);
}

/** A finding of the ledger as a whole. @param message one sentence */
export function unread(message: string): Refused {
  return new Refused(null, { code: "STORE_UNAVAILABLE", message });
}

/** SQLite's codes for a file that is none of its own, and for one that may not be opened: then another one was meant. */
const notOurs: ReadonlySet<number> = new Set([26, 14]);

/** Whether SQLite knows the file for a database, and it is broken or locked; the upper bits of its codes are details. */
export function isOfLedger(cause: unknown): boolean {
  if (!(cause instanceof Error) || !("errcode" in cause) || typeof cause.errcode !== "number") return false;
  return !notOurs.has(cause.errcode & 0xff);
}
