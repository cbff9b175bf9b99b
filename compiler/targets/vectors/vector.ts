/** One line of `vectors.jsonl`. */
import type { Decision, ViolationCode } from "../../../schema/verdict.ts";
import type { Json } from "./change.ts";

export interface Vector {
  /** Unique in the file. */
  readonly id: string;
  /** The bound that it is about; none for a request that others are made from, or that is broken as a whole. */
  readonly bound?: string;
  /** The line above that `request` and `cedar` are merge patches for (RFC 7386); without it they are whole. */
  readonly base?: string;
  /** The document of SPEC §5. */
  readonly request: Json;
  /** The same as Cedar is asked it (SPEC §6): `{principal, action, resource, context}`. */
  readonly cedar: Json;
  readonly want: Want;
}

export interface Want {
  readonly verdict: Decision;
  /** Of the first violation; not there on allow. */
  readonly code?: ViolationCode;
  /** In the table's order. */
  readonly violations: readonly string[];
}
