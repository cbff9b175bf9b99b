/** What a session has attempted, changed and left open: what its witness says (SPEC §10). */
import type { Witnessed } from "../../../schema/ledger.ts";
import { ownMember } from "../../own.ts";
import type { LedgerRecord } from "../record.ts";

export interface Accounted {
  /** Every verdict. */
  readonly attempted: readonly Witnessed[];
  /** What was redeemed, and not settled as not executed: it has happened, or may have. */
  readonly changed: readonly Witnessed[];
  /** What was held and not decided since, and what was allowed and not redeemed. */
  readonly deferred: readonly Witnessed[];
}

type Attempt = { -readonly [K in keyof Witnessed]: Witnessed[K] };

/** Takes the records of one session in their order. */
export class Account {
  readonly #attempts = new Map<number, Attempt>();
  readonly #changed = new Set<number>();
  readonly #unredeemed = new Set<number>();
  /** The last hold of each proposal. */
  readonly #held = new Map<string, number>();

  take(record: LedgerRecord): void {
    if (record.type === "decided") this.#decide(record);
    if (record.type === "consumed") {
      this.#unredeemed.delete(record.body.decided);
      this.#changed.add(record.body.decided);
    }
    if (record.type !== "settled") return;
    const { decided, outcome, resultDigest = null } = record.body;
    if (outcome === "not_executed") this.#changed.delete(decided);
    const attempt = this.#attempts.get(decided);
    if (attempt !== undefined) attempt.resultDigest = resultDigest;
  }

  /** Each list in the order of the numbers. */
  lists(): Accounted {
    const of = (seqs: Iterable<number>): Witnessed[] =>
      [...seqs]
        .sort((a, b) => a - b)
        .flatMap((seq) => {
          const attempt = this.#attempts.get(seq);
          return attempt === undefined ? [] : [{ ...attempt }];
        });
    return {
      attempted: of(this.#attempts.keys()),
      changed: of(this.#changed),
      deferred: of([...this.#held.values(), ...this.#unredeemed]),
    };
  }

  #decide({ seq, body }: LedgerRecord<"decided">): void {
    const { proposalHash, verdict, request } = body;
    const effect = ownMember(request, "effect");
    this.#attempts.set(seq, {
      seq,
      proposalHash,
      effect: typeof effect === "string" ? effect : "",
      resultDigest: null,
    });
    const proposal = proposalHash ?? String(seq);
    if (verdict === "hold") this.#held.set(proposal, seq);
    else this.#held.delete(proposal);
    if (verdict === "allow") this.#unredeemed.add(seq);
  }
}
