import { codePointCompare } from "../../../schema/json/canonical.ts";
import { parsePointer } from "../../../schema/json/pointer.ts";
import { both, listOf, type Member, type Type, word } from "./type.ts";

/** JSON as it is claimed: by pointer tokens, `*` for every element. */
export interface Branch {
  readonly named: Map<string, Branch>;
  elements: Branch | undefined;
  readonly own: Type[];
  isRequired: boolean;
}

export function emptyBranch(): Branch {
  return { named: new Map(), elements: undefined, own: [], isRequired: false };
}

/** Says what stands at a pointer; `isRequired`: whether it, and so all above it, must be there. */
export function claim(root: Branch, pointer: string, type: Type, isRequired: boolean): void {
  let node = root;
  for (const token of parsePointer(pointer)) {
    node.isRequired ||= isRequired;
    const next = (token === "*" ? node.elements : node.named.get(token)) ?? emptyBranch();
    if (token === "*") node.elements = next;
    else node.named.set(token, next);
    node = next;
  }
  node.isRequired ||= isRequired;
  node.own.push(type);
}

/** @param others what members may have that nothing names; none may be there if it is undefined */
export function typeOf(branch: Branch, others?: Type): Type {
  // What is claimed whole covers what is below it.
  const below = branch.own.length > 0 ? word("unknown") : others;
  const structure = [
    ...(branch.named.size > 0 ? [objectType(branch, below)] : []),
    ...(branch.elements === undefined ? [] : [listOf(typeOf(branch.elements, below))]),
  ];
  const own = branch.own.filter((type) => structure.length === 0 || !isAnything(type));
  return both([...own, ...structure]);
}

/** The arguments of a call: an object, whatever is claimed. */
export function argumentsType(root: Branch): Type {
  if (root.named.size > 0 || root.elements !== undefined) return typeOf(root);
  return objectType(root, root.own.length > 0 ? word("unknown") : word("never"));
}

function objectType({ named }: Branch, others: Type | undefined): Type {
  const members = [...named]
    .sort(([a], [b]) => codePointCompare(a, b))
    .map(([name, each]): Member => ({ name, type: typeOf(each, others), optional: !each.isRequired }));
  return { is: "object", members, ...(others === undefined ? {} : { others }) };
}

/** Any JSON: says nothing beside a structure. */
function isAnything(type: Type): boolean {
  return (type.is === "declared" && type.name === "Json") || (type.is === "word" && type.word === "unknown");
}
