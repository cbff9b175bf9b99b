/** The money facts of a session, counted anew from its records: this knows nothing of the fold and shares no code with it. */
import type { Consumed, Settled } from "../../schema/ledger.ts";
import type { LedgerRecord } from "../ledger/record.ts";
import type { Findings } from "./finding.ts";

interface Held {
  readonly jti: string;
  readonly amounts: readonly (readonly [bound: string, bucket: string, amount: number])[];
  isConsumed: boolean;
}

export class Money {
  readonly #findings: Findings;
  readonly #caps: ReadonlyMap<string, number>;
  /** By bound, and by bucket within it. */
  readonly #sums = new Map<string, Map<string, number>>();
  /** By the number of the `decided` record. */
  readonly #held = new Map<number, Held>();
  readonly #consumed = new Set<number>();
  #killed = false;
  /** Settlements above their reservations that no incident has followed yet. */
  #above: number[] = [];

  /** @param caps a bound without one may be used without end: where the envelope cannot be read, nothing is overspent */
  constructor(caps: ReadonlyMap<string, number>, findings: Findings) {
    this.#caps = caps;
    this.#findings = findings;
  }

  take(record: LedgerRecord): void {
    switch (record.type) {
      case "decided":
        this.#reserve(record);
        break;
      case "consumed":
        this.#consume(record);
        break;
      case "settled":
        this.#settle(record);
        break;
      case "released":
        this.#release(record);
        break;
      case "killed":
        this.#killed = true;
        break;
      case "incident":
        if (record.body.freezes) this.#above = [];
        break;
    }
  }

  end(): void {
    for (const seq of this.#above)
      this.#findings.add(
        "SETTLED_ABOVE_RESERVED",
        seq,
        `record ${seq} charges more than was reserved, and no incident follows`,
      );
  }

  #reserve({ seq, body }: LedgerRecord<"decided">): void {
    const { reservation } = body;
    if (reservation === undefined) return;
    const amounts = Object.entries(reservation.charges).map(
      ([bound, { amount, bucket = "" }]) => [bound, bucket, amount] as const,
    );
    this.#held.set(seq, { jti: reservation.jti, amounts, isConsumed: false });
    for (const [bound, bucket, amount] of amounts) {
      const sum = this.#add(bound, bucket, amount);
      const cap = this.#caps.get(bound);
      // Also where the cap is no number.
      if (cap !== undefined && !(sum <= cap))
        this.#findings.add("OVERSPENT", seq, `record ${seq} brings ${bound} to ${sum}, and ${cap} is the most`);
    }
  }

  #consume({ seq, body }: LedgerRecord<"consumed">): void {
    const held = this.#of(body);
    const token = `the token of record ${body.decided}`;
    if (this.#consumed.has(body.decided))
      this.#findings.add("CONSUMED_TWICE", seq, `${token} is redeemed again in record ${seq}`);
    else if (held === undefined)
      this.#findings.add("CONSUMED_UNRESERVED", seq, `${token} is redeemed in record ${seq}, and holds nothing`);
    if (this.#killed)
      this.#findings.add("CONSUMED_AFTER_KILL", seq, `${token} is redeemed in record ${seq}, after the kill`);
    this.#consumed.add(body.decided);
    if (held !== undefined) held.isConsumed = true;
  }

  #settle({ seq, body }: LedgerRecord<"settled">): void {
    const held = this.#of(body);
    if (held?.isConsumed !== true) {
      this.#findings.add("SETTLED_UNCONSUMED", seq, `record ${seq} settles what was not consumed`);
      return;
    }
    this.#held.delete(body.decided);
    const actual = new Map(Object.entries(body.amounts));
    for (const [bound, bucket, amount] of held.amounts) {
      const charged = actual.get(bound) ?? amount;
      this.#add(bound, bucket, charged - amount);
      if (charged > amount && !this.#above.includes(seq)) this.#above.push(seq);
    }
  }

  #release({ seq, body }: LedgerRecord<"released">): void {
    const held = this.#of(body);
    if (held === undefined || held.isConsumed) {
      this.#findings.add("RELEASED_CONSUMED", seq, `record ${seq} gives back what is not held, or was consumed`);
      return;
    }
    this.#held.delete(body.decided);
    for (const [bound, bucket, amount] of held.amounts) this.#add(bound, bucket, -amount);
  }

  #of({ decided, jti }: Readonly<Consumed | Settled>): Held | undefined {
    const held = this.#held.get(decided);
    return held?.jti === jti ? held : undefined;
  }

  #add(bound: string, bucket: string, amount: number): number {
    const sums = this.#sums.get(bound) ?? new Map<string, number>();
    this.#sums.set(bound, sums);
    const sum = (sums.get(bucket) ?? 0) + amount;
    sums.set(bucket, sum);
    return sum;
  }
}
