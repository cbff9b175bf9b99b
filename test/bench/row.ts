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
}

export type Measurement = () => Promise<readonly Row[]>;

export function isReached({ value, limit = Number.POSITIVE_INFINITY, least = Number.NEGATIVE_INFINITY }: Row): boolean {
  return value <= limit && value >= least;
}
