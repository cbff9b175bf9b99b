/** Times of single calls, taken in turn so that the machine's moods fall on all of them alike. */

export interface Times {
  /** Microseconds. */
  readonly p50: number;
  readonly p99: number;
}

/**
 * Runs every contender once in each round, after a warm-up; answers the times of each. Their order changes from round to
 * round: whoever runs after his like finds the caches warm.
 */
export function race<Name extends string>(
  contenders: Readonly<Record<Name, () => unknown>>,
  rounds: number,
): Readonly<Record<Name, Times>> {
  const entries = Object.entries<() => unknown>(contenders);
  const taken = new Map(entries.map(([name]) => [name, new Float64Array(rounds)]));
  const warmUp = Math.ceil(rounds / 4);
  const next = randomIndices();
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const [name, run] of shuffled(entries, next)) {
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

function shuffled<T>(list: readonly T[], next: (count: number) => number): readonly T[] {
  const order = [...list];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = next(last + 1);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}

/** Numbers below `count` that repeat from run to run (Park and Miller's generator). */
export function randomIndices(): (count: number) => number {
  let state = 1;
  return (count) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % count;
  };
}
