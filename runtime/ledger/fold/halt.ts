/** A breaker's halt, the cancels that it orders, and the resumption by people (SPEC §10). */
import { isCancelDue } from "../watched.ts";
import { always, type Step } from "./step.ts";
import { watchStop } from "./watch.ts";

/** An action that nobody knows is the severest one. */
const milder: readonly string[] = ["halt", "halt_and_cancel"];

export const halted: Step<"halted"> = {
  refuse: always,
  apply(state, { seq, at, body: { breaker, action } }) {
    state.halted = true;
    state.watched.halts.set(breaker, action);
    if (!milder.includes(action) && state.phase === "active") state.phase = "frozen";
    if (action === "halt_and_cancel") state.watched.cancelsBefore = seq;
    watchStop(state, at);
  },
};

/** Nothing is cancelled that no breaker has ordered to be, and each attempt is counted. */
export const cancelled: Step<"cancelled"> = {
  refuse({ watched }, { body: { decided, attempt } }) {
    const due = watched.performed.get(decided);
    if (due === undefined || !isCancelDue(watched, due))
      return ["RECORD_INCONSISTENT", `the effect of record ${decided} is not to be cancelled`];
    return attempt === due.cancels + 1
      ? undefined
      : ["RECORD_INCONSISTENT", `attempt ${attempt} does not follow ${due.cancels}`];
  },
  apply({ watched: { performed } }, { body: { decided, attempt, outcome } }) {
    const due = performed.get(decided);
    if (due === undefined) return;
    if (outcome === "retry") performed.set(decided, { ...due, cancels: attempt });
    else performed.delete(decided);
  },
};

/** A halt and a freeze are lifted, and an outcome that nobody knows is accepted; a kill never is, nor an end. What was measured before is forgotten: it is reported anew. */
export const resumed: Step<"resumed"> = {
  refuse({ ending, halted, killed, phase, watched }, { body: { approvals } }) {
    if (killed) return ["KILLED", "a killed session does not resume"];
    if (phase === "witness") return ["SESSION_NOT_ACTIVE", "the session is at its end: it does not resume"];
    if (!halted && phase !== "frozen" && !ending.isSuspect)
      return ["RECORD_INCONSISTENT", "the session is neither halted nor frozen, and no outcome is in doubt"];
    return approvals.some((text) => watched.usedResumptions.has(text))
      ? ["APPROVAL_REPEATED", "an approval has resumed the session before"]
      : undefined;
  },
  apply(state, { body: { approvals } }) {
    const { watched } = state;
    state.halted = false;
    state.ending.isSuspect = false;
    state.ending.isSnapshotTaken = false;
    if (state.phase === "frozen") state.phase = "active";
    watched.halts.clear();
    watched.stoppedAt = undefined;
    watched.metrics.clear();
    watched.denialStreak = 0;
    watched.errorStreak = 0;
    watched.holds.length = 0;
    for (const text of approvals) watched.usedResumptions.add(text);
  },
};
