/** Of a long run, the part that AMBIT_BENCH_PART leaves: 5 for a fifth; all of it where it is not set. */
export function partOf(whole: number): number {
  const part = Number(process.env.AMBIT_BENCH_PART ?? 1);
  if (!Number.isInteger(part) || part < 1 || whole % part !== 0)
    throw new Error(`AMBIT_BENCH_PART must divide ${whole}, not be ${process.env.AMBIT_BENCH_PART}`);
  return whole / part;
}
