/** The JSON text of one leaf; undefined for a value of another type, which the context then leaves out. */
import type { LeafType } from "./context-type.ts";

export const encodeLeaf: { readonly [T in LeafType]: (value: unknown) => string | undefined } = {
  /** Integers of at most 2^53-1 in magnitude. */
  Long: (value) => (typeof value === "number" && Number.isSafeInteger(value) ? String(value) : undefined),
  /** Text with a lone surrogate has no UTF-8 form, so no engine could be asked about it. */
  String: (value) => (typeof value === "string" && value.isWellFormed() ? JSON.stringify(value) : undefined),
  Bool: (value) => (typeof value === "boolean" ? String(value) : undefined),
  LongSet: (value) => encodeList(value, encodeLeaf.Long),
  StringSet: (value) => encodeList(value, encodeLeaf.String),
};

/** One element of another type spoils the list. */
function encodeList(value: unknown, encode: (element: unknown) => string | undefined): string | undefined {
  if (!Array.isArray(value)) return undefined;
  const elements: string[] = [];
  for (const element of value) {
    const encoded = encode(element);
    if (encoded === undefined) return undefined;
    elements.push(encoded);
  }
  return `[${elements.join()}]`;
}
