/** The checks of an activation, and what one of them says (SPEC §12). */
import type { Diagnostic } from "../../schema/diagnostic.ts";

/** In the order in which they are made. */
export type CheckName =
  /** The language, as `ambit` names it. */
  | "version"
  | "schema"
  | "rules"
  | "signature"
  /** The artefacts are what the signed document compiles to, byte for byte, and load. */
  | "integrity"
  | "time"
  | "template"
  | "parent"
  /** The registry of people, and the roles that the envelope names. */
  | "people"
  | "approvals"
  /** An id is activated at most once. */
  | "id"
  /** A principal has one open window at a time. */
  | "window";

export interface Failure {
  readonly ok: false;
  readonly check: CheckName;
  /** One sentence. */
  readonly message: string;
  /** Of the compiler, where the check is `schema` or `rules`. */
  readonly diagnostics?: readonly Diagnostic[];
}

export function fail(check: CheckName, message: string): Failure {
  return { ok: false, check, message };
}
