import { parsePointer } from "../../schema/json/pointer.ts";
import type { Claim } from "./arguments.ts";

/** Pointers into the arguments by their tokens: what meets a pointer is found without comparing it with each. */
export interface ClaimTree {
  readonly named: Map<string, ClaimTree>;
  /** The first claim of exactly this pointer. */
  here: Claim | undefined;
  /** The first claim of this pointer or one below. */
  first: Claim | undefined;
}

export function emptyTree(): ClaimTree {
  return { named: new Map(), here: undefined, first: undefined };
}

export function enter(tree: ClaimTree, claim: Claim): void {
  let node = tree;
  node.first ??= claim;
  for (const token of parsePointer(claim.argument)) {
    const next = node.named.get(token) ?? emptyTree();
    node.named.set(token, next);
    node = next;
    node.first ??= claim;
  }
  node.here ??= claim;
}

/** A claim of an equal pointer, of one above or of one below; `relation` is how the claim asked about stands to it. */
export function meetingIn(
  tree: ClaimTree,
  { argument }: Claim,
): { readonly other: Claim; readonly relation: "equal to" | "above" | "below" } | undefined {
  const tokens = parsePointer(argument);
  let nodes: readonly ClaimTree[] = [tree];
  for (const [i, token] of tokens.entries()) {
    nodes = nodes.flatMap((node) => childrenFor(node, token));
    const other = nodes.find(({ here }) => here !== undefined)?.here;
    if (other !== undefined) return { other, relation: i === tokens.length - 1 ? "equal to" : "below" };
  }
  const other = nodes.find(({ first }) => first !== undefined)?.first;
  return other === undefined ? undefined : { other, relation: "above" };
}

/** `*` stands for the elements of an array, and so for any index. */
function childrenFor({ named }: ClaimTree, token: string): readonly ClaimTree[] {
  const others = token === "*" ? [...named.keys()].filter(isIndex) : isIndex(token) ? ["*"] : [];
  return [token, ...others].flatMap((name) => named.get(name) ?? []);
}

function isIndex(token: string): boolean {
  return /^(0|[1-9]\d*)$/.test(token);
}
