/** Ends, told again: snapshots, witnesses and postconditions say what the ledger says, and all of it (SPEC §10). */
import type { Envelope } from "../../schema/envelope.ts";
import { unfinishedWitness } from "../ledger/ending.ts";
import type { LedgerRecord } from "../ledger/record.ts";
import type { SessionState } from "../ledger/state.ts";
import { Account } from "../ledger/witness/account.ts";
import { partsOf } from "../ledger/witness/parts.ts";
import { stateDigest } from "../ledger/witness/state-document.ts";
import { attempt } from "./attempt.ts";
import { differenceOf } from "./difference.ts";
import type { Findings } from "./finding.ts";

export class Endings {
  readonly #findings: Findings;
  readonly #account = new Account();
  /** What the witness that has begun must say. */
  #parts: ReturnType<typeof partsOf> = [];
  #unknown = 0;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  /** @param state before the record */
  look(envelope: Envelope | undefined, state: SessionState, record: LedgerRecord): void {
    const { seq } = record;
    if (record.type === "incident") this.#compareSnapshot(state, record);
    if (record.type === "witness") this.#compareWitness(state, record);
    if (record.type === "postcondition" && envelope !== undefined) this.#compareCheck(envelope, record);
    if (record.type === "closed" && envelope !== undefined) this.#count(envelope, state, seq);
    if (record.type === "resumed" && state.ending.unwitnessed !== undefined)
      this.#findings.add(
        "WITNESS_MISSING",
        seq,
        `record ${seq} resumes, and the incident of record ${state.ending.unwitnessed} has no witness`,
      );
  }

  take(record: LedgerRecord): void {
    this.#account.take(record);
    if (record.type === "settled" && record.body.outcome === "unknown") this.#unknown += 1;
  }

  #compareSnapshot(state: SessionState, { seq, body }: LedgerRecord<"incident">): void {
    if (body.snapshot === undefined || attempt(() => stateDigest(state)) === body.snapshot.state) return;
    this.#findings.add("SNAPSHOT_FORGED", seq, `record ${seq} has the snapshot of another state than the ledger's`);
  }

  #compareWitness({ ending }: SessionState, { seq, body }: LedgerRecord<"witness">): void {
    if (unfinishedWitness(ending) === undefined) this.#parts = partsOf(this.#account.lists());
    const { attempted, changed, deferred, part = 1, parts = 1 } = body;
    const told = differenceOf(this.#parts[part - 1], { attempted, changed, deferred });
    const difference = parts === this.#parts.length ? told : "/parts";
    if (part === parts) this.#parts = [];
    if (difference === undefined) return;
    this.#findings.add("WITNESS_FORGED", seq, `record ${seq} witnesses \`${difference}\` otherwise than the ledger`);
  }

  #compareCheck({ postconditions = [] }: Envelope, { seq, body }: LedgerRecord<"postcondition">): void {
    const written = postconditions.find(({ id }) => id === body.id);
    const isTold = written?.check !== "no_unsettled_effects" || body.holds === (this.#unknown === 0);
    if (written !== undefined && isTold && (body.critical || !written.critical)) return;
    this.#findings.add(
      "POSTCONDITION_FORGED",
      seq,
      `record ${seq} tells otherwise of the postcondition \`${body.id}\` than envelope and ledger`,
    );
  }

  #count({ postconditions = [] }: Envelope, { ending }: SessionState, seq: number): void {
    for (const { id } of postconditions)
      if (!ending.checks.has(id))
        this.#findings.add(
          "POSTCONDITION_MISSING",
          seq,
          `record ${seq} closes, and the postcondition \`${id}\` was not checked`,
        );
  }
}
