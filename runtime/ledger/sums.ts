/** What has been used and held of each limit: one exact sum for each bound, and for each bucket that it is kept apart in. */
import type { Charge } from "../../schema/ledger.ts";

export class Sums {
  readonly #byBound = new Map<string, Map<string, number>>();

  /** @param bucket `""` where the limit is not kept apart */
  of(bound: string, bucket = ""): number {
    return this.#byBound.get(bound)?.get(bucket) ?? 0;
  }

  /** Whether the sum with the charge is an exact integer. */
  holds(bound: string, { amount, bucket }: Charge): boolean {
    return Number.isSafeInteger(this.of(bound, bucket) + amount);
  }

  /** @param amount less than zero for what is given back: never more than was taken */
  add(bound: string, amount: number, bucket = ""): void {
    const buckets = this.#byBound.get(bound) ?? new Map<string, number>();
    this.#byBound.set(bound, buckets.set(bucket, (buckets.get(bucket) ?? 0) + amount));
  }

  /** Every sum, for those who compare or audit. */
  *entries(): Iterable<{ readonly bound: string; readonly bucket: string; readonly sum: number }> {
    for (const [bound, buckets] of this.#byBound) for (const [bucket, sum] of buckets) yield { bound, bucket, sum };
  }
}
