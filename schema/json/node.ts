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

type ObjectNode = Extract<JsonNode, { kind: "object" }>;

/** Objects of more members than this are looked up by an index, so that many look-ups take no more than linear time. */
const fewMembers = 16;
const indices = new WeakMap<ObjectNode, ReadonlyMap<string, JsonNode>>();

/** The member `name` of an object node; undefined if there is none. */
export function memberOf(node: ObjectNode, name: string): JsonNode | undefined {
  if (node.members.length > fewMembers) return indexOf(node).get(name);
  for (const member of node.members) if (member.name === name) return member.value;
  return undefined;
}

function indexOf(node: ObjectNode): ReadonlyMap<string, JsonNode> {
  const known = indices.get(node);
  if (known !== undefined) return known;
  const index = new Map(node.members.map(({ name, value }) => [name, value]));
  indices.set(node, index);
  return index;
}
