/** Incidents that have to be in the ledger and are not: until they are, nothing is allowed (SPEC §10). */
import { canonicalJson } from "../../../schema/json/canonical.ts";
import type { Incident } from "../../../schema/ledger.ts";
import type { Stand } from "../../ledger/log.ts";
import type { LedgerRecord } from "../../ledger/record.ts";

export type OwedIncident = Readonly<Pick<Incident, "code" | "message" | "freezes" | "about">>;

/** Where they come from. */
export interface Owing {
  readonly areOpen: boolean;
  /** Hears every record that is taken in: what it stands for is owed no more. */
  take(record: LedgerRecord, before: Stand): void;
  /** The next one that is to be written; undefined where there is none after all. Never rejects. */
  first(): Promise<OwedIncident | undefined>;
}

/** Those that the store did not take when they were found. */
export class Unwritten implements Owing {
  readonly #incidents = new Map<string, OwedIncident>();

  get areOpen(): boolean {
    return this.#incidents.size > 0;
  }

  owe(incident: OwedIncident): void {
    this.#incidents.set(nameOf(incident), incident);
  }

  take({ type, body }: LedgerRecord): void {
    if (type === "incident" && body.freezes) this.#incidents.delete(nameOf(body));
  }

  async first(): Promise<OwedIncident | undefined> {
    return this.#incidents.values().next().value;
  }
}

export function nameOf({ code, message, about }: OwedIncident): string {
  return canonicalJson([code, message, about ?? null]);
}
