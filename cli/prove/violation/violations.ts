/**
 * What it is for each bound of an effect to be violated, stated from the source document by itself: a second way from the
 * envelope to Cedar, beside the normaliser and the emitter, for a solver to hold the two against each other.
 */
import type { Effect, Envelope } from "../../../schema/envelope.ts";
import { allowViolation } from "./allow.ts";
import { afterViolations, justificationViolations, scheduleViolations } from "./circumstances.ts";
import { commonViolations } from "./common.ts";
import { budgetViolations, perCallViolations, sessionViolations, velocityViolations } from "./limits.ts";
import { approvalViolations, channelViolations } from "./people.ts";
import { relationViolations, rowsViolations } from "./ties.ts";
import type { Violation } from "./violation.ts";

/** In the table's order. Takes a document that the rules have accepted. */
export function violationsOf(envelope: Envelope, name: string, effect: Effect): readonly Violation[] {
  return [
    ...commonViolations(envelope, name, effect),
    ...(effect.requires ?? []).map((flag) => ({
      id: `effects/${name}/requires/${flag}`,
      statement: !envelope.capabilities.includes(flag),
    })),
    ...(effect.external ? [{ id: "mode", statement: envelope.mode !== "window" }] : []),
    ...Object.entries(effect.allow ?? {}).map(([key, allow]) => allowViolation(envelope, name, effect, key, allow)),
    ...rowsViolations(name, effect),
    ...relationViolations(name, effect),
    ...perCallViolations(name, effect),
    ...sessionViolations(name, effect),
    ...budgetViolations(envelope, effect),
    ...velocityViolations(envelope, name, effect),
    ...afterViolations(name, effect),
    ...scheduleViolations(name, effect),
    ...justificationViolations(name, effect),
    ...approvalViolations(name, effect),
    ...channelViolations(name, effect),
  ];
}
