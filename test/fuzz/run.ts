/** Fuzzing is bounded by time, not by runs: AMBIT_FUZZ_SECONDS for all targets together, two seconds where it is not set. */
import fc from "fast-check";
import { figure } from "../figure.ts";

const seconds = Number(process.env.AMBIT_FUZZ_SECONDS ?? 2);
const targets = 3;

/** What a test may take, beside the fuzzing itself. */
export const timeout = seconds * 1000 + 120_000;

/**
 * @param holds throws where the target fails; fast-check then shrinks the input and prints it with its seed. Answers whether
 *   the input got through the first door.
 */
export function fuzz<T>(target: string, inputs: fc.Arbitrary<T>, holds: (input: T) => boolean): void {
  const seed = Number(process.env.AMBIT_FUZZ_SEED ?? Date.now() % 2 ** 31);
  let runs = 0;
  let through = 0;
  const property = fc.property(inputs, (input) => {
    runs++;
    if (holds(input)) through++;
  });
  const interruptAfterTimeLimit = (seconds * 1000) / targets;
  fc.assert(property, { seed, numRuns: 1e9, interruptAfterTimeLimit, maxSkipsPerRun: 0 });
  figure(`fuzz, ${target}: ${runs} inputs, ${through} of them valid, 0 failures (seed ${seed})`);
}
