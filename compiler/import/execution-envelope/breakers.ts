/** Circuit breakers of v0.1: their conditions are free text, which nothing but a person can read. */
import { quote } from "../../diagnostics/quote.ts";
import { blank, type Json } from "../draft.ts";
import type { Source } from "../source.ts";

/** A breaker's condition, as the source writes it. */
export interface Breaker {
  /** Into the source. */
  readonly pointer: string;
  readonly condition: string;
  /** Into the draft. */
  readonly to: string;
  /** Where its action stands, if its document has such a thing. */
  readonly action?: string;
}

const actions: ReadonlyMap<string, string> = new Map([
  ["halt_and_cancel", "halt_and_cancel"],
  ["halt_only", "halt"],
]);

/** @param thresholds budgets that the conditions name, by the breaker's pointer in the draft */
export function draftBreakers(
  breakers: readonly Breaker[],
  thresholds: ReadonlyMap<string, readonly string[]>,
  source: Source,
): readonly Json[] {
  return breakers.map(({ pointer, condition, to, action }, index) => {
    const why = `free text: ${quote(condition)}; write each metric with \`atLeast\` or \`atMost\`, or leave this breaker out`;
    source.left(pointer, `${to}/when`, why);
    return {
      id: `trigger_${index + 1}`,
      when: blank([why, ...(thresholds.get(to) ?? [])].join("; ")),
      action: draftAction(action, to, source),
    };
  });
}

function draftAction(pointer: string | undefined, to: string, source: Source): Json {
  if (pointer === undefined) return blank("the source does not say what the breaker does");
  if (!source.has(pointer)) return "halt_and_cancel"; // v0.1's default
  const written = source.text(pointer);
  const action = written === undefined ? undefined : actions.get(written);
  if (action !== undefined) {
    source.carried(pointer, `${to}/action`);
    return action;
  }
  const why =
    written === "alert_only"
      ? "an alert stops nothing, and no action here only alerts: choose one, or leave this breaker out"
      : `${quote(source.written(pointer))} is no action of v0.1`;
  source.left(pointer, `${to}/action`, why);
  return blank(why);
}
