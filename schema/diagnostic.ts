/** One problem of an envelope, as `ambit check --json` prints it (SPEC §13). */
export type Severity = "error" | "warning" | "note";

/** An RFC 6902 operation that mends the document. */
export type PatchOperation =
  | { readonly op: "add" | "replace"; readonly path: string; readonly value: unknown }
  | { readonly op: "remove"; readonly path: string }
  | { readonly op: "move"; readonly from: string; readonly path: string };

export interface Diagnostic {
  /** `family/slug`. */
  readonly code: string;
  readonly severity: Severity;
  /** RFC 6901 pointer into the envelope; `""` is the root. */
  readonly pointer: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  readonly message: string;
  readonly help?: string;
  /** Operations that mend the problem, where one repair is known. */
  readonly suggestion?: readonly PatchOperation[];
}
