import type { Artefacts, Manifest } from "../../schema/artefacts.ts";
import type { HostileRequest } from "../../schema/request.ts";
import type { EngineAnswer, EngineName } from "../../schema/verdict.ts";

/** One compiled envelope: its artefacts, and the manifest that says which envelope they are of and what each file hashes to. */
export interface Policy {
  readonly manifest: Manifest;
  readonly artefacts: Artefacts;
}

/** One reading of envelopes (SPEC §1). */
export interface Engine {
  readonly name: EngineName;
  /** Makes a policy ready to judge. Throws an `EngineFault` whose message names the file that is missing, corrupted or foreign. */
  load(policy: Policy): LoadedPolicy;
}

export interface LoadedPolicy {
  /**
   * The ids of all bounds that the request violates, and the verdict they add up to (SPEC §3). Synchronous; any operand may be
   * missing or mistyped. Throws nothing but an `EngineFault`, after which the next call starts on a fresh instance.
   */
  judge(request: HostileRequest): EngineAnswer;
  /**
   * The last answer was not believed: whatever gave it is thrown away, and the next call starts on a fresh instance. Harmless
   * where that has happened already, or where an engine keeps nothing between calls.
   */
  renew(): void;
  /** Gives up what the policy holds in the engine; `judge` then throws an `EngineFault`. Dropping twice is harmless. */
  drop(): void;
}

/** The engine gave no answer that can be trusted: it threw, trapped, answered nothing or nonsense. The host denies (SPEC §5). */
export class EngineFault extends Error {
  override readonly name = "EngineFault";

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    // Until its stack is read, an error holds on to the frames it came through, and with them to an instance of megabytes.
    for (const error of [this, options?.cause]) if (error instanceof Error) String(error.stack);
  }
}
