/** Times of single calls, taken in turn so that the machine's moods fall on all of them alike. */

export interface Times {
  /** Microseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** Runs every contender once in each round, after a warm-up; answers the times of each. */
export function race<Name extends string>(
  contenders: Readonly<Record<Name, () => unknown>>,
  rounds: number,
): Readonly<Record<Name, Times>> {
  const entries = Object.entries<() => unknown>(contenders);
  const taken = new Map(entries.map(([name]) => [name, new Float64Array(rounds)]));
  const warmUp = Math.ceil(rounds / 4);
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const [name, run] of entries) {
      const start = process.hrtime.bigint();
      run();
      const nanoseconds = Number(process.hrtime.bigint() - start);
      if (round >= 0) taken.get(name)![round] = nanoseconds / 1000;
    }
  }
  return Object.fromEntries(entries.map(([name]) => [name, quantiles(taken.get(name)!)])) as Record<Name, Times>;
}

export function quantiles(times: Float64Array): Times {
  const sorted = times.toSorted();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}
