/** Steps that were taken without the two keys that they need: an activation, and a resumption after a freeze (SPEC §9, §10). */
import type { Envelope } from "../../../schema/envelope.ts";
import { activationLacks } from "../../activation/escalation.ts";
import type { Stand } from "../../ledger/log.ts";
import type { LedgerRecord } from "../../ledger/record.ts";
import type { People } from "../../people/registry.ts";
import { resumptionLacks } from "../../people/resumption-recorded.ts";
import { peopleInForce } from "../holds/people.ts";

export const escalationCode = "ESCALATION_WITHOUT_TWO_KEYS";

export interface Escalation {
  /** The number of the record that takes the step. */
  readonly seq: number;
  /** One sentence. */
  readonly message: string;
}

/** Those of one session, in the order of their records. */
export class Escalations {
  readonly #envelope: Envelope;
  readonly #people: () => People | undefined;
  /** Steps that were not looked at yet, or lack keys and are no recorded incident. By the number of their record. */
  readonly #steps = new Map<number, () => Promise<string | undefined>>();

  constructor(envelope: Envelope, people: () => People | undefined) {
    this.#envelope = envelope;
    this.#people = people;
  }

  get areOpen(): boolean {
    return this.#steps.size > 0;
  }

  take(record: LedgerRecord, before: Stand): void {
    if (record.type === "activated")
      this.#steps.set(record.seq, () => activationLacks(record, this.#envelope, this.#people()));
    if (record.type === "resumed") this.#steps.set(record.seq, () => this.#resumed(record, before));
    if (record.type === "incident" && record.body.code === escalationCode && record.body.about !== undefined)
      this.#steps.delete(record.body.about);
  }

  async #resumed(record: LedgerRecord<"resumed">, before: Stand): Promise<string | undefined> {
    const people = this.#people() ?? (await peopleInForce(before.people));
    return resumptionLacks(record, before, people, this.#envelope.principal);
  }

  /** Looks at the steps in order; the first that lacks keys stays until its incident is taken in. Never rejects. */
  async first(): Promise<Escalation | undefined> {
    for (const [seq, lacks] of this.#steps) {
      const problem = await lacks().catch(() => "its approvals cannot be verified");
      if (problem !== undefined) return { seq, message: `record ${seq} ${problem}` };
      this.#steps.delete(seq);
    }
    return undefined;
  }
}
