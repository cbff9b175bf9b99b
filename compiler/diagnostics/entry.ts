import type { PatchOperation, Severity } from "../../schema/diagnostic.ts";

/**
 * What triggers a diagnostic, as small as it gets: operations on the example envelope (`example.ts`), one
 * textual replacement in its source (for what JSON values cannot show), or a whole text or its bytes. What only
 * templates have wrong: operations on the example template.
 */
export type Example =
  | readonly PatchOperation[]
  | { readonly template: readonly PatchOperation[] }
  | { readonly find: string; readonly put: string }
  | { readonly text: string }
  | { readonly bytes: readonly number[] };

/** One diagnostic of the catalogue; `P` are the parameters that its message is made from. */
export interface Entry<P = never> {
  readonly severity: Severity | ((params: P) => Severity);
  /** What is wrong, in general; one sentence without a full stop. */
  readonly summary: string;
  /** Lower case, no full stop, user text through `quote`. */
  readonly message: (params: P) => string;
  /** How to mend it, in general. */
  readonly help?: string;
  /** `check --fix` may apply the suggestions of this code without asking. */
  readonly fix?: "safe";
  /** The suggestion guesses at a word: only a plain misspelling is mended without asking. */
  readonly guess?: true;
  /** The diagnostic claims that something is written nowhere: withheld where part of the scope could not be read. */
  readonly absence?: true;
  readonly example: Example;
}

/** The entries of one family, by `family/slug`. */
export type Family = Readonly<Record<string, Entry>>;
