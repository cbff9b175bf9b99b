/** Steps that were taken without the two keys that they need: an activation, and a resumption after a freeze (SPEC §9, §10). */
import type { Envelope } from "../../../schema/envelope.ts";
import { activationLacks } from "../../activation/escalation.ts";
import type { Stand } from "../../ledger/log.ts";
import { successor } from "../../ledger/people-in-force.ts";
import type { LedgerRecord } from "../../ledger/record.ts";
import type { People } from "../../people/registry.ts";
import { resumptionLacks } from "../../people/resumption-recorded.ts";
import { peopleInForce, peopleThen } from "../holds/people.ts";
import type { OwedIncident, Owing } from "./owed.ts";

export const escalationCode = "ESCALATION_WITHOUT_TWO_KEYS";

/** Those of one session, in the order of their records. */
export class Escalations implements Owing {
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
    if (record.type === "activated") this.#steps.set(record.seq, () => this.#activated(record));
    if (record.type === "resumed") this.#steps.set(record.seq, () => this.#resumed(record, before));
    if (record.type === "incident" && record.body.code === escalationCode && record.body.about !== undefined)
      this.#steps.delete(record.body.about);
  }

  async #activated(record: LedgerRecord<"activated">): Promise<string | undefined> {
    const { registry } = record.body;
    const first = registry === undefined ? undefined : successor(undefined, registry, record.at);
    const vouched = this.#people();
    const people = vouched && (await peopleThen(vouched, first?.ok ? first.people : undefined));
    return activationLacks(record, this.#envelope, people);
  }

  async #resumed(record: LedgerRecord<"resumed">, before: Stand): Promise<string | undefined> {
    const lacks = (by: People | undefined) => resumptionLacks(record, before, by, this.#envelope.principal);
    const inForce = await peopleInForce(before.people);
    const named = this.#people();
    const vouched = named && (await peopleThen(named, before.people));
    // Whoever is named by the host must be good by the ledger too.
    const problem = await lacks(vouched ?? inForce);
    return problem ?? (vouched === undefined || inForce === undefined ? undefined : lacks(inForce));
  }

  /** Looks at the steps in order; the first that lacks keys stays until its incident is taken in. */
  async first(): Promise<OwedIncident | undefined> {
    for (const [seq, lacks] of this.#steps) {
      const problem = await lacks().catch(() => "its approvals cannot be verified");
      if (problem !== undefined)
        return { code: escalationCode, message: `record ${seq} ${problem}`, freezes: true, about: seq };
      this.#steps.delete(seq);
    }
    return undefined;
  }
}
