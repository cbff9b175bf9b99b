/** The tree over the records of a session as it grows, and the earlier heads of it that checkpoints have vouched for. */
import { holdsCheckpoint } from "../ledger/checkpoint/history.ts";
import { emptyFrontier, type Frontier, frontierRoot, growFrontier } from "../ledger/merkle/frontier.ts";
import { leafHash } from "../ledger/merkle/hash.ts";
import type { TreeHead } from "../ledger/merkle/subtree.ts";
import type { Findings } from "./finding.ts";

export class Witnesses {
  readonly #heads: readonly TreeHead[];
  /** Of the sizes that a checkpoint speaks of. */
  readonly #roots = new Map<number, Uint8Array>();
  #frontier: Frontier = emptyFrontier;

  constructor(heads: readonly TreeHead[]) {
    this.#heads = heads;
    this.#mark();
  }

  get head(): TreeHead {
    return { size: this.#frontier.size, root: frontierRoot(this.#frontier) };
  }

  grow(text: string): void {
    this.#frontier = growFrontier(this.#frontier, leafHash(text));
    if (this.#heads.length > 0) this.#mark();
  }

  end(findings: Findings): void {
    const rootAt = (size: number) => this.#roots.get(size);
    for (const head of this.#heads) {
      const held = holdsCheckpoint(rootAt, { head });
      if (held.ok) continue;
      const { size } = this.#frontier;
      if (held.reason === "truncated")
        findings.add("CHECKPOINT_TRUNCATED", null, `a checkpoint has seen ${head.size} records, and there are ${size}`);
      else
        findings.add(
          "CHECKPOINT_REWRITTEN",
          null,
          `a checkpoint has seen other records than the first ${head.size} that there are`,
        );
    }
  }

  #mark(): void {
    const { size } = this.#frontier;
    if (this.#heads.some((head) => head.size === size)) this.#roots.set(size, frontierRoot(this.#frontier));
  }
}
