/**
 * Cedar instances with the policy sets prepared in them. Cedar cannot forget a policy set, so instances are replaced when
 * they are full and thrown away when most of what they hold has been given up, or after any fault; what was still in use is
 * prepared anew when it is asked for.
 */
import { EngineFault } from "../engine.ts";
import { parseSuccess } from "./answer.ts";
import type { CedarInstance } from "./instance.ts";

export interface PoolLimits {
  /** An instance that has grown to this takes no more policy sets. */
  readonly instanceBytes: number;
  /** Beyond this, the instance least recently used goes. */
  readonly totalBytes: number;
}

export const defaultPoolLimits: PoolLimits = { instanceBytes: 96 * 2 ** 20, totalBytes: 768 * 2 ** 20 };

/** A policy set that may be asked for at any time. */
export interface PolicySet {
  /** Made of the content: equal ids, equal policies. */
  readonly id: string;
  /** The text of each policy, by its id. */
  readonly policies: () => ReadonlyMap<string, string>;
}

interface Cell {
  readonly instance: CedarInstance;
  /** Ids of everything prepared here since the start. */
  readonly prepared: Set<string>;
  readonly live: Set<PolicySet>;
  lastUse: number;
}

export class CedarPool {
  readonly #instantiate: () => CedarInstance;
  readonly #limits: PoolLimits;
  readonly #cellOf = new Map<PolicySet, Cell>();
  #cells: readonly Cell[] = [];
  #uses = 0;

  constructor(instantiate: () => CedarInstance, limits: PoolLimits = defaultPoolLimits) {
    this.#instantiate = instantiate;
    this.#limits = limits;
  }

  /** Runs a call against a prepared policy set. @throws EngineFault for whatever is thrown, with the instance thrown away */
  ask<T>(set: PolicySet, call: (instance: CedarInstance) => T): T {
    const cell = this.#cellOf.get(set) ?? this.#open();
    return this.#within(cell, (instance) => {
      if (!cell.live.has(set)) this.#prepare(cell, set);
      return call(instance);
    });
  }

  /** Runs a call that needs no policy set. */
  run<T>(call: (instance: CedarInstance) => T): T {
    return this.#within(this.#open(), call);
  }

  release(set: PolicySet): void {
    const cell = this.#cellOf.get(set);
    this.#cellOf.delete(set);
    cell?.live.delete(set);
    if (cell !== undefined && cell !== this.#cells.at(-1)) this.#discardIfIdle(cell);
  }

  /** Throws away the instance that holds the set, with all others in it. */
  discard(set: PolicySet): void {
    const cell = this.#cellOf.get(set);
    if (cell !== undefined) this.#discard(cell);
  }

  get memoryBytes(): number {
    return this.#cells.reduce((sum, { instance }) => sum + instance.memoryBytes(), 0);
  }

  #within<T>(cell: Cell, call: (instance: CedarInstance) => T): T {
    this.#uses += 1;
    cell.lastUse = this.#uses;
    try {
      return faulting(() => call(cell.instance));
    } catch (fault) {
      this.#discard(cell);
      throw fault;
    }
  }

  #prepare(cell: Cell, set: PolicySet): void {
    if (!cell.prepared.has(set.id)) {
      const policies = JSON.stringify({ staticPolicies: Object.fromEntries(set.policies()) });
      parseSuccess(cell.instance.preparsePolicySet(set.id, policies), "read the policies");
      cell.prepared.add(set.id);
    }
    cell.live.add(set);
    this.#cellOf.set(set, cell);
  }

  /** The newest instance, or a new one where that is full. */
  #open(): Cell {
    const newest = this.#cells.at(-1);
    if (newest !== undefined && newest.instance.memoryBytes() < this.#limits.instanceBytes) return newest;
    const cell: Cell = {
      instance: faulting(this.#instantiate),
      prepared: new Set(),
      live: new Set(),
      lastUse: this.#uses,
    };
    if (newest !== undefined) this.#discardIfIdle(newest);
    while (this.#cells.length > 0 && this.memoryBytes + this.#limits.instanceBytes > this.#limits.totalBytes) {
      this.#discard(this.#cells.reduce((oldest, other) => (other.lastUse < oldest.lastUse ? other : oldest)));
    }
    this.#cells = [...this.#cells, cell];
    return cell;
  }

  #discardIfIdle(cell: Cell): void {
    if (cell.live.size * 2 <= cell.prepared.size) this.#discard(cell);
  }

  #discard(cell: Cell): void {
    this.#cells = this.#cells.filter((other) => other !== cell);
    for (const set of cell.live) this.#cellOf.delete(set);
    cell.live.clear();
  }
}

/** Traps, refused memory, and whatever else is thrown, as faults. */
function faulting<T>(run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (cause instanceof EngineFault) throw cause;
    throw new EngineFault(`Cedar failed: ${cause instanceof Error ? cause.message : "no error"}`, { cause });
  }
}
