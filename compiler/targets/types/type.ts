/** A TypeScript type before it is printed: text of the envelope stands in it as values only, never as source. */
export type Type =
  | { readonly is: "word"; readonly word: Word }
  | { readonly is: "literal"; readonly value: Literal }
  | { readonly is: "either" | "both"; readonly of: readonly Type[] }
  | { readonly is: "list"; readonly of: Type }
  | { readonly is: "object"; readonly members: readonly Member[]; readonly others?: Type }
  /** One that the file declares, with literals as its arguments. */
  | { readonly is: "declared"; readonly name: Declared; readonly of?: readonly Literal[] };

export type Word = "string" | "number" | "boolean" | "unknown" | "never" | "null";
export type Literal = string | number | boolean;
export type Declared = "Json" | "Nothing" | "Barred" | "Granted";

export interface Member {
  readonly name: string;
  readonly type: Type;
  readonly optional?: boolean;
  /** Shown beside it in an editor. */
  readonly note?: string;
}

export const word = (each: Word): Type => ({ is: "word", word: each });

/** One of these values; `never` where there are none. */
export function oneOf(values: readonly Literal[]): Type {
  return either(values.map((value) => ({ is: "literal", value })));
}

export function either(types: readonly Type[]): Type {
  return combined("either", types, word("never"));
}

export function both(types: readonly Type[]): Type {
  return combined("both", types, word("unknown"));
}

export function listOf(of: Type): Type {
  return { is: "list", of };
}

function combined(is: "either" | "both", types: readonly Type[], none: Type): Type {
  const different = [...new Map(types.map((type) => [JSON.stringify(type), type])).values()];
  return different.length > 1 ? { is, of: different } : (different[0] ?? none);
}
