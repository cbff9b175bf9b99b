/** The life of a session: kill, halt, incident, resumption, and its end (SPEC §10). */
import { always, type Step } from "./step.ts";

export const killed: Step<"killed"> = {
  refuse: always,
  apply(state) {
    state.killed = true;
  },
};

export const halted: Step<"halted"> = {
  refuse: always,
  apply(state) {
    state.halted = true;
  },
};

export const incident: Step<"incident"> = {
  refuse: always,
  apply(state, { body }) {
    if (body.freezes && state.phase === "active") state.phase = "frozen";
  },
};

/** A halt and a freeze are lifted; a kill never is, nor an end. */
export const resumed: Step<"resumed"> = {
  refuse({ halted, killed, phase }) {
    if (killed) return ["KILLED", "a killed session does not resume"];
    return halted || phase === "frozen"
      ? undefined
      : ["RECORD_INCONSISTENT", "the session is neither halted nor frozen"];
  },
  apply(state) {
    state.halted = false;
    if (state.phase === "frozen") state.phase = "active";
  },
};

/** Checks are judged by whoever closes the session. */
export const postcondition: Step<"postcondition"> = { refuse: always, apply: () => undefined };

/** The session is at its end. That of an incident leaves the session frozen, and people may still resume it. */
export const witness: Step<"witness"> = {
  refuse: always,
  apply(state) {
    if (state.phase === "active") state.phase = "witness";
  },
};

export const closed: Step<"closed"> = {
  refuse: always,
  apply(state) {
    state.phase = "closed";
  },
};
