/** What the host hears of incidents: each of them, whoever recorded it, and those that nobody can record (SPEC §10). */
import type { Head } from "../../ledger/record.ts";

export interface IncidentTold {
  readonly session: string;
  readonly code: string;
  /** One sentence. */
  readonly message: string;
  /** Whether the session stops until people resume it. */
  readonly freezes: boolean;
  /** Of its record; null where none could be written. */
  readonly seq: number | null;
  /** The number of the record that it is about. */
  readonly about?: number;
  /** The last sound record before it: number 0 where there is none. */
  readonly head: Head;
}

export type OnIncident = (incident: IncidentTold) => unknown;
export type Tell = (incident: IncidentTold) => void;

/** In order, each on its own: whatever the subscriber does, throws or waits for, the session neither waits nor notices. */
export function teller(onIncident: OnIncident | undefined): Tell {
  return (incident) => {
    if (onIncident === undefined) return;
    const told = Object.freeze({ ...incident, head: Object.freeze({ ...incident.head }) });
    Promise.resolve(told)
      .then((each) => onIncident(each))
      .catch(() => undefined);
  };
}
