import type { Statement } from "./statement.ts";

/** One bound at one effect, and what it is for it to be violated (SPEC §3). */
export interface Violation {
  /** The id of the bound. */
  readonly id: string;
  readonly statement: Statement;
}
