/** What a session had come to when it froze: a freezing incident says it, whoever records it (SPEC §10). */
import type { Entry } from "../record.ts";
import type { SessionState } from "../state.ts";
import { stateDigest } from "./state-document.ts";

/** The entry with its snapshot, where it is the first freezing incident since people last resumed the session. */
export function withSnapshot<E extends Entry>(entry: E, state: SessionState): E {
  const { policy, ending, end, phase } = state;
  if (entry.type !== "incident" || !entry.body.freezes || ending.isSnapshotTaken || policy === null) return entry;
  if (phase !== "active" && phase !== "frozen") return entry;
  const snapshot = { head: end.head.hash, state: stateDigest(state), policy };
  return { ...entry, body: { ...entry.body, snapshot } };
}
