export type JsonProblemCode =
  | "not_json"
  | "bom"
  | "comment"
  | "duplicate_key"
  | "lone_surrogate"
  | "too_deep"
  | "too_large"
  | "not_utf8"
  | "trailing_text"
  | "unfinished";

/** Why a text is not strict JSON. */
export interface JsonProblem {
  readonly code: JsonProblemCode;
  /** UTF-16 index into the text. */
  readonly offset: number;
  readonly message: string;
  /** Of a duplicate key: where the first of the two stands. */
  readonly otherOffset?: number;
}
