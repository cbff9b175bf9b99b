/** What needs two keys before an envelope is activated (SPEC §9). */
import type { Envelope } from "./envelope.ts";

/** What reaches nothing outside the agent's own workspace is granted without asking. */
const localFlags: readonly string[] = ["IO_READ_LOCAL", "IO_WRITE_LOCAL", "TOOL_EXEC_LOCAL", "MODEL_CALL_LOCAL"];

export const creatingTag = "creates_agent";

export interface NeedsTwoKeys {
  /** Effects that execute outside. */
  readonly executing: readonly string[];
  /** Flags that are not local ones. */
  readonly flags: readonly string[];
  /** Effects that create agents. */
  readonly creating: readonly string[];
  /** Flags that open a remote oracle in a window. */
  readonly oracles: readonly string[];
}

/** The names for each step that asks for two keys; in the envelope's order, none where the step does not ask. */
export function needsTwoKeys({ effects, capabilities, mode }: Envelope): NeedsTwoKeys {
  const named = Object.entries(effects);
  return {
    executing: named.filter(([, { channel }]) => channel === "execute").map(([name]) => name),
    flags: capabilities.filter((flag) => !localFlags.includes(flag)),
    creating: named.filter(([, { tags = [] }]) => tags.includes(creatingTag)).map(([name]) => name),
    oracles: mode === "window" ? capabilities.filter((flag) => flag === "ORACLE_CALL_REMOTE") : [],
  };
}
