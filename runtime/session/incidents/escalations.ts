/** Steps that were taken without the two keys that they need: an activation, and a resumption after a freeze (SPEC §9, §10). */
import type { Envelope } from "../../../schema/envelope.ts";
import { activationLacks } from "../../activation/escalation.ts";
import type { Stand } from "../../ledger/log.ts";
import { successor } from "../../ledger/people-in-force.ts";
import type { LedgerRecord } from "../../ledger/record.ts";
import type { People } from "../../people/registry.ts";
import { resumptionLacks } from "../../people/resumption-recorded.ts";
import { peopleInForce, peopleThen } from "../holds/people.ts";
import { Examined, type Look } from "./examined.ts";

export class Escalations extends Examined {
  readonly #envelope: Envelope;
  readonly #people: () => People | undefined;

  constructor(envelope: Envelope, people: () => People | undefined) {
    super("ESCALATION_WITHOUT_TWO_KEYS");
    this.#envelope = envelope;
    this.#people = people;
  }

  protected lookAt(record: LedgerRecord, before: Stand): Look | undefined {
    if (record.type === "activated") return () => this.#activated(record);
    if (record.type === "resumed") return () => this.#resumed(record, before);
    return undefined;
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
}
