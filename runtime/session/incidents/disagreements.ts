/** Verdicts on which the engines disagreed: each is an incident, whichever process sees that first (SPEC §5, §10). */
import type { LedgerRecord } from "../../ledger/record.ts";
import type { OwedIncident, Owing } from "./owed.ts";

export const disagreementCode = "ENGINE_DISAGREEMENT";

/** Those of one session that no incident tells of, in the order of their records. */
export class Disagreements implements Owing {
  /** What the engines disagreed on, by the number of the record. */
  readonly #open = new Map<number, string>();

  get areOpen(): boolean {
    return this.#open.size > 0;
  }

  take({ type, seq, body }: LedgerRecord): void {
    if (type === "incident" && body.freezes && body.code === disagreementCode && body.about !== undefined)
      this.#open.delete(body.about);
    const found = type === "decided" ? body.violations.find(({ code }) => code === disagreementCode) : undefined;
    if (found !== undefined) this.#open.set(seq, found.message);
  }

  async first(): Promise<OwedIncident | undefined> {
    for (const [about, message] of this.#open) return { code: disagreementCode, message, freezes: true, about };
    return undefined;
  }
}
