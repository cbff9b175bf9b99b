import { isZone, zoneNames } from "../../schema/time/zones.ts";
import { below, forEachEffect, type RuleContext } from "./rule.ts";
import { meantAmong, replacement } from "./unknown.ts";

/** Local times name an exact IANA zone, or `floating` (SPEC §4). */
export const zones = forEachEffect(({ effect, pointer }, context) => {
  for (const [member, fields] of [
    ["fields", effect.fields],
    ["results", effect.results ?? {}],
  ] as const) {
    for (const [name, field] of Object.entries(fields)) {
      if (field.type !== "datetime" && field.type !== "span") continue;
      if (field.timezone !== "floating") checkZone(context, field.timezone, below(pointer, member, name, "timezone"));
    }
  }
});

/** Reports a name that is no zone of the IANA database, exactly as it is written there. */
export function checkZone({ report }: RuleContext, name: string, pointer: string): void {
  if (isZone(name)) return;
  const meant = meantAmong(name, zoneNames);
  report("time/unknown_zone", pointer, { name, ...meant }, replacement(pointer, meant));
}
