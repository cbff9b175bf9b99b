import { reasonOf } from "../fault.ts";
import type { LedgerFault } from "../ledger/log.ts";

export interface Broken {
  readonly outcome: "failed";
  readonly fault: LedgerFault;
}

/** A store that breaks its promise not to throw is a store that is not there. */
export function storeBroke(cause: unknown): Broken {
  return { outcome: "failed", fault: { code: "STORE_UNAVAILABLE", message: reasonOf(cause), cause } };
}
