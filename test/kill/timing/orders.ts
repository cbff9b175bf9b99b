/** What the processes of one measurement say to one another. Times are nanoseconds of the machine's own clock, as text. */
import type { Place } from "../../races/assignment.ts";

export interface Setting {
  readonly place: Place;
  /** The folder that the envelope was compiled to. */
  readonly artefacts: string;
  /** When all sessions are activated, by the machine's clock: epoch milliseconds. */
  readonly origin: number;
}

export type Order =
  | { readonly do: "open"; readonly session: string }
  /** A worker acts at once; a killer waits for so long. */
  | { readonly do: "go"; readonly afterMs: number };

export type Report =
  | { readonly did: "open" }
  /** When each effect began. */
  | { readonly did: "act"; readonly begun: readonly string[]; readonly end: string }
  /** When the kill was asked for, and when it stood in the ledger. */
  | { readonly did: "kill"; readonly asked: string; readonly written: string; readonly seq: number };
