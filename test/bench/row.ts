/** One line of the table: what was measured, and what it must reach. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The most the value may be; undefined for a figure that only informs. */
  readonly limit?: number;
  /** The least the value may be. */
  readonly least?: number;
  /** What the figure was made from. */
  readonly from?: string;
  /** Why the limit cannot be reached: the figure stays in the table, and fails nothing. */
  readonly shortfall?: string;
}

export type Measurement = () => Promise<readonly Row[]>;

/** @param slack by how much a limit may be missed; 1 is not at all */
export function isReached(row: Row, slack = 1): boolean {
  const { value, limit = Number.POSITIVE_INFINITY, least = Number.NEGATIVE_INFINITY } = row;
  return value <= limit * slack && value * slack >= least;
}

/** Of two measurements of one thing on a machine that has other work to do, the one nearer to its limit is nearer to the truth. */
export function better(a: Row, b: Row): Row {
  return (a.least === undefined ? b.value < a.value : b.value > a.value) ? b : a;
}
