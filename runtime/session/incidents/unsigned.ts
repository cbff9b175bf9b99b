/**
 * What records say in somebody's name, and nobody has signed (SPEC §8, §9): an approval, a registry of people, a receipt that gives
 * back what was reserved. Whoever writes to the store can write them; what they would give is given to nobody.
 */
import { receiptLacks } from "../../audit/reports.ts";
import type { KeyRing } from "../../authority/key-ring.ts";
import type { Stand } from "../../ledger/log.ts";
import { isInForce, type PeopleInForce } from "../../ledger/people-in-force.ts";
import type { LedgerRecord } from "../../ledger/record.ts";
import type { SessionState } from "../../ledger/state.ts";
import { approvalProblem } from "../../people/recorded.ts";
import { type People, readPeople } from "../../people/registry.ts";
import { peopleInForce, peopleThen } from "../holds/people.ts";
import { Examined, type Look } from "./examined.ts";

/** By whom it is judged. */
export interface Vouching {
  /** Those that the host names. */
  readonly people: () => People | undefined;
  /** Those whose receipts the host believes. */
  readonly executors: KeyRing | undefined;
  /** As of the last record; undefined while the ledger is being read. */
  readonly state: () => SessionState | undefined;
}

export class Unsigned extends Examined {
  readonly #by: Vouching;
  /** Those that may lift something yet, by the numbers of their records. */
  readonly #approvals = new Map<number, Look>();
  readonly #read = new WeakMap<PeopleInForce, Promise<People | undefined>>();
  readonly #then = new WeakMap<PeopleInForce, { readonly named: People; readonly people: Promise<People> }>();

  constructor(by: Vouching) {
    super("SIGNATURE_WRONG");
    this.#by = by;
  }

  protected lookAt(record: LedgerRecord, before: Stand): Look | undefined {
    const { executors } = this.#by;
    if (record.type === "approval" && record.body.decision === "approve") {
      const look = () => this.#approval(record, before);
      this.#approvals.set(record.seq, look);
      return look;
    }
    if (record.type === "people") {
      // Others may be somebody now.
      for (const [seq, look] of this.#approvals) this.open(seq, look);
      return () => this.#registry(record.body.registry);
    }
    if (record.type === "activated") return () => this.#registry(record.body.registry);
    if (record.type === "settled" && executors !== undefined && givesBack(record, before))
      return async () => receiptLacks(record, executors, before.reserved);
    return undefined;
  }

  /** An approval has been withdrawn by it. */
  protected override close(seq: number): void {
    super.close(seq);
    this.#approvals.delete(seq);
  }

  /** One that lifts nothing now is not looked at: who gave it may have left since. It is again when other people are in force. */
  async #approval(record: LedgerRecord<"approval">, { people: then }: Stand): Promise<string | undefined> {
    const { at, body, envelope, session } = record;
    const state = this.#by.state();
    const now = state?.end.at ?? at;
    const { kid, person, roles, iat, exp } = body;
    const given = { kid, person, roles, from: iat * 1000 };
    const isOver = body.bound === undefined || now >= exp * 1000;
    if (isOver) this.#approvals.delete(record.seq);
    if (isOver || !isInForce(state?.people, given, now)) return undefined;
    const people = then !== undefined && isInForce(then, given, at) ? then : state?.people;
    const context = { envelope, session, now: at, isPast: true };
    const inForce = people && (await this.#readOnce(people));
    const named = this.#by.people();
    const vouched = named && (await this.#thenOnce(named, people));
    for (const by of [vouched, inForce]) {
      const problem = by && (await approvalProblem(body, by, context));
      if (problem !== undefined) return problem;
    }
    return undefined;
  }

  async #registry(text: string | undefined): Promise<string | undefined> {
    const registrars = this.#by.people()?.registrars;
    const inForce = this.#by.state()?.people?.text;
    // Another one has taken its place.
    if (text === undefined || registrars === undefined || text !== inForce) return undefined;
    const read = await readPeople(text, registrars);
    return read.ok ? undefined : `names a registry of people that ${read.reason}`;
  }

  #readOnce(people: PeopleInForce): Promise<People | undefined> {
    const reading = this.#read.get(people) ?? peopleInForce(people);
    this.#read.set(people, reading);
    return reading;
  }

  #thenOnce(named: People, inForce: PeopleInForce | undefined): Promise<People> {
    const known = inForce && this.#then.get(inForce);
    if (known?.named === named) return known.people;
    const people = peopleThen(named, inForce);
    if (inForce !== undefined) this.#then.set(inForce, { named, people });
    return people;
  }
}

function givesBack({ body }: LedgerRecord<"settled">, { reserved }: Stand): boolean {
  return Object.entries(body.amounts).some(([bound, amount]) => amount < (reserved?.get(bound)?.amount ?? 0));
}
