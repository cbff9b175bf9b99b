/** Why a decision could not be trusted: the verdict is deny, and the host hears of it. */
import type { HostileRequest } from "../schema/request.ts";
import type { EngineAnswer, EngineName, FaultCode } from "../schema/verdict.ts";

/** What one engine made of a request. */
export type Outcome =
  | { readonly engine: EngineName; readonly ok: true; readonly answer: EngineAnswer }
  | { readonly engine: EngineName; readonly ok: false; readonly reason: string; readonly cause?: unknown };

export interface Fault {
  readonly code: Extract<FaultCode, "ENGINE_FAILURE" | "ENGINE_DISAGREEMENT" | "STORE_UNAVAILABLE">;
  /** One sentence. */
  readonly message: string;
  readonly cause?: unknown;
}

/** What the subscriber gets: the fault, and everything needed to look into it. */
export interface FaultReport extends Fault {
  /** `sha256:<hex>` of the envelope. */
  readonly envelopeDigest: string;
  /** Null where the fault came before the request. */
  readonly request: HostileRequest | null;
  /** Each engine's answer or failure; empty where the fault came before the engines. */
  readonly outcomes: readonly Outcome[];
}

/** An error's message, whatever was thrown. */
export function reasonOf(thrown: unknown): string {
  try {
    if (thrown instanceof Error) return thrown.message;
    return typeof thrown === "string" ? thrown : "something that is no error was thrown";
  } catch {
    return "an error that cannot be read was thrown";
  }
}
