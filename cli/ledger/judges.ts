/** The engines of a session that is replayed, loaded from what the document in its first record compiles to. */
import { compile } from "../../compiler/compile.ts";
import type { Decided } from "../../runtime/decide.ts";
import type { Evaluator } from "../../runtime/evaluator.ts";
import { type FaultReport, reasonOf } from "../../runtime/fault.ts";
import { createHost, type Host } from "../../runtime/load.ts";
import { cedarWasm } from "../../runtime/node/cedar-wasm.ts";
import type { Registry } from "../../schema/registry.ts";
import type { EngineName } from "../../schema/verdict.ts";

export interface Judges {
  /** `sha256:<hex>` of what is judged by now. */
  readonly policy: string;
  readonly judge: (request: object) => Decided;
}

/** Why there are none, in one sentence. */
export type OpenedJudges = ({ readonly ok: true } & Judges) | { readonly ok: false; readonly reason: string };

/** A ledger may hold any number of sessions: those that were not asked for the longest time are loaded anew. */
const mostLoaded = 256;

export class JudgeRoom {
  readonly #host: Host;
  readonly #registry: Registry | undefined;
  readonly #loaded = new Map<string, Evaluator>();
  #report: FaultReport | undefined;

  static async open(engines: readonly EngineName[], registry: Registry | undefined): Promise<JudgeRoom> {
    return new JudgeRoom(engines, await cedarWasm(), registry);
  }

  private constructor(engines: readonly EngineName[], wasm: Uint8Array, registry: Registry | undefined) {
    this.#registry = registry;
    this.#host = createHost({
      engines,
      cedarWasm: wasm,
      onFault: (report) => {
        this.#report = report;
      },
    });
  }

  /**
   * Good until the next call.
   *
   * @param envelope the digest that the session names
   */
  of(envelope: string, document: string): OpenedJudges {
    const evaluator = this.#loaded.get(envelope) ?? this.#load(document);
    if (typeof evaluator === "string") return { ok: false, reason: evaluator };
    if (evaluator.envelopeDigest !== envelope) {
      evaluator.drop();
      return { ok: false, reason: "the document that was activated is not the envelope that is named" };
    }
    this.#keep(envelope, evaluator);
    return { ok: true, policy: evaluator.policyDigest, judge: (request) => this.#judge(evaluator, request) };
  }

  close(): void {
    for (const evaluator of this.#loaded.values()) evaluator.drop();
    this.#loaded.clear();
  }

  #load(document: string): Evaluator | string {
    const options = this.#registry === undefined ? {} : { registry: this.#registry };
    try {
      const { artefacts } = compile(new TextEncoder().encode(document), options);
      if (artefacts === undefined) return "the document that was activated does not compile";
      return this.#host.load(artefacts);
    } catch (error) {
      return `the document that was activated does not load: ${reasonOf(error)}`;
    }
  }

  #keep(envelope: string, evaluator: Evaluator): void {
    this.#loaded.delete(envelope);
    this.#loaded.set(envelope, evaluator);
    const [oldest] = this.#loaded.keys();
    if (this.#loaded.size <= mostLoaded || oldest === undefined) return;
    this.#loaded.get(oldest)?.drop();
    this.#loaded.delete(oldest);
  }

  #judge(evaluator: Evaluator, request: object): Decided {
    this.#report = undefined;
    const verdict = evaluator.judge(request);
    return this.#report === undefined ? { verdict } : { verdict, report: this.#report };
  }
}
