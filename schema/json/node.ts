/** A parsed JSON value with its place in the text. Offsets are UTF-16 indices; 0 for values that never were text. */
export type JsonNode =
  | {
      readonly kind: "object";
      readonly members: readonly JsonMember[];
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: "array"; readonly elements: readonly JsonNode[]; readonly start: number; readonly end: number }
  | { readonly kind: "string"; readonly value: string; readonly start: number; readonly end: number }
  /** `text` is the number as written: nothing has been rounded yet. */
  | { readonly kind: "number"; readonly text: string; readonly start: number; readonly end: number }
  | { readonly kind: "boolean"; readonly value: boolean; readonly start: number; readonly end: number }
  | { readonly kind: "null"; readonly start: number; readonly end: number };

export interface JsonMember {
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly value: JsonNode;
}

/** The member `name` of an object node; undefined if there is none. */
export function memberOf(node: Extract<JsonNode, { kind: "object" }>, name: string): JsonNode | undefined {
  for (const member of node.members) if (member.name === name) return member.value;
  return undefined;
}
