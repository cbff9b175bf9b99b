/** Who feeds which meter of `budgets`, and with what (SPEC §2, `consumes`). */
import type { Envelope } from "../../schema/envelope.ts";
import { type Operand, operandOf } from "../operands.ts";
import { below, type EffectSite, effectSites, entries } from "./rule.ts";
import { whyNotSummed } from "./session.ts";

export interface Feeder {
  readonly site: EffectSite;
  readonly meter: string;
  /** `/effects/<e>/consumes/<meter>` */
  readonly pointer: string;
  readonly cost: string | number;
  /** Of a cost that is a field which adds up. */
  readonly operand?: Operand;
}

export const selfFed: ReadonlySet<string> = new Set(["actions", "externalCalls"]);

/** Every line of `consumes`, in the order of the source. */
export function feedersOf(envelope: Envelope): readonly Feeder[] {
  return effectSites(envelope).flatMap((site) =>
    entries(site.effect.consumes).map(([meter, cost]) => {
      const operand = typeof cost === "string" ? operandOf(site.effect.fields, cost) : undefined;
      const fed = operand !== undefined && feeds(operand) ? { operand } : {};
      return { site, meter, pointer: below(site.pointer, "consumes", meter), cost, ...fed };
    }),
  );
}

/** Whether an operand is one number that adds up over calls. */
export function feeds(operand: Operand): boolean {
  return operand.shape === "number" && operand.field.type !== "url" && whyNotSummed(operand) === undefined;
}
