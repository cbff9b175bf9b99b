import type { Envelope } from "../../schema/envelope.ts";
import type { Report } from "../diagnostics/report.ts";

/** SPEC §2: exactly one of `effect`, `tool` and `tag` in a forbidden entry, of `atLeast` and `atMost` in a breaker's condition. */
export function checkChoices(envelope: Envelope, { report }: { readonly report: Report }): void {
  const exactlyOne = (owner: object, names: readonly string[], pointer: string, place: string) => {
    const found = names.filter((name) => Object.hasOwn(owner, name));
    if (found.length !== 1) report("key/exactly_one", pointer, { names, found, place });
  };
  for (const [i, entry] of envelope.forbidden.entries()) {
    exactlyOne(entry, ["effect", "tool", "tag"], `/forbidden/${i}`, "a forbidden entry");
  }
  for (const [i, breaker] of (envelope.breakers ?? []).entries()) {
    for (const [j, condition] of breaker.when.entries()) {
      exactlyOne(condition, ["atLeast", "atMost"], `/breakers/${i}/when/${j}`, "a condition of a breaker");
    }
  }
}
