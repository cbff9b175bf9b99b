/** How one type of record changes the state. */
import type { RecordProblemCode } from "../problem.ts";
import type { LedgerRecord, RecordType } from "../record.ts";
import type { SessionState } from "../state.ts";

export type Refusal = readonly [code: RecordProblemCode, message: string];

/** `refuse` looks and changes nothing; `apply` is total after it. */
export interface Step<T extends RecordType> {
  readonly refuse: (state: SessionState, record: LedgerRecord<T>) => Refusal | undefined;
  readonly apply: (state: SessionState, record: LedgerRecord<T>) => void;
}

/** Nothing to refuse beyond what holds for every record. */
export const always = (): undefined => undefined;
