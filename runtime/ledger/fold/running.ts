/** Whether anything may happen in a session: what allows and redemptions have in common. */
import type { SessionState } from "../state.ts";
import type { Refusal } from "./step.ts";

/** The kill comes first. */
export function notRunning({ killed, halted, phase }: SessionState): Refusal | undefined {
  if (killed) return ["KILLED", "the session has been killed"];
  if (halted) return ["CIRCUIT_BREAKER_ACTIVE", "the session is halted"];
  return phase === "active" ? undefined : ["SESSION_NOT_ACTIVE", `the session is ${phase}`];
}
