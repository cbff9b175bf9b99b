export interface Edge {
  readonly from: string;
  readonly to: string;
}

/**
 * A name for the circle that each node of a graph lies on: two nodes have the same if and only if each reaches the other (strongly connected
 * components, after Kosaraju). Without recursion: a chain may be as long as the document.
 */
export function circlesOf(edges: readonly Edge[]): ReadonlyMap<string, string> {
  const forward = Map.groupBy(edges, ({ from }) => from);
  const backward = Map.groupBy(edges, ({ to }) => to);
  const circles = new Map<string, string>();
  for (const root of finishingOrder(edges, forward).reverse()) {
    const open = circles.has(root) ? [] : [root];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      circles.set(node, root);
      for (const { from } of backward.get(node) ?? []) if (!circles.has(from)) open.push(from);
    }
  }
  return circles;
}

/** The nodes in the order in which a depth-first search leaves them. */
function finishingOrder(edges: readonly Edge[], forward: ReadonlyMap<string, readonly Edge[]>): string[] {
  const seen = new Set<string>();
  const left: string[] = [];
  for (const { from: root } of edges) {
    const path = seen.has(root) ? [] : [{ node: root, next: 0 }];
    seen.add(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const to = forward.get(top.node)?.[top.next++]?.to;
      if (to === undefined) {
        left.push(top.node);
        path.pop();
      } else if (!seen.has(to)) {
        seen.add(to);
        path.push({ node: to, next: 0 });
      }
    }
  }
  return left;
}
