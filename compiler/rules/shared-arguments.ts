import type { Field } from "../../schema/envelope.ts";
import { below, forEachEffect } from "./rule.ts";

/** Two fields share a `from` only with different aggregates or types (SPEC §2), and then one default. */
export const sharedArguments = forEachEffect(({ effect, pointer }, { report }) => {
  const decoded = new Map<string, string>();
  const defaulted = new Map<string, { readonly text: string; readonly place: string }>();
  for (const [name, field] of Object.entries(effect.fields)) {
    if (field.type === "product") continue;
    const place = below(pointer, "fields", name);
    const key = JSON.stringify([field.from, field.type, "aggregate" in field ? field.aggregate : null, untilOf(field)]);
    const other = decoded.get(key);
    if (other === undefined) decoded.set(key, place);
    else
      report("tool/argument_decoded_twice", below(place, "from"), { pointer: field.from, other: below(other, "from") });
    if (!("default" in field) || field.default === undefined) continue;
    const text = JSON.stringify(field.default);
    const earlier = defaulted.get(field.from);
    if (earlier === undefined) defaulted.set(field.from, { text, place: below(place, "default") });
    else if (earlier.text !== text) report("value/default_conflict", below(place, "default"), { other: earlier.place });
  }
});

function untilOf(field: Field): string | null {
  return field.type === "span" ? field.until : null;
}
