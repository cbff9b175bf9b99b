/** Which arguments an effect claims, and by what (SPEC §2, §4). */
import { below, type EffectSite } from "./rule.ts";

export interface Claim {
  /** The pointer into the arguments. */
  readonly argument: string;
  /** Where it is written. */
  readonly place: string;
  /** Whether it is the name of a member there. */
  readonly at: "value" | "key";
  readonly by: "field" | "ignored" | "absent" | "discriminator";
  /** Of a discriminator: which entry of `tools`; those of different entries never meet. */
  readonly entry?: number;
}

/** Every pointer into the arguments that the effect writes, fields first. */
export function claimsOf({ effect, pointer }: EffectSite): readonly Claim[] {
  const fields = Object.entries(effect.fields).flatMap(([name, field]): Claim[] => {
    if (field.type === "product") return [];
    const from = {
      argument: field.from,
      place: below(pointer, "fields", name, "from"),
      at: "value",
      by: "field",
    } as const;
    if (field.type !== "span") return [from];
    return [from, { ...from, argument: field.until, place: below(pointer, "fields", name, "until") }];
  });
  const listed = (["ignored", "absent"] as const).flatMap((by) =>
    (effect[by] ?? []).map((argument, i) => ({ argument, place: below(pointer, by, i), at: "value", by }) as const),
  );
  const discriminators = effect.tools.flatMap((tool, entry) =>
    typeof tool === "string"
      ? []
      : Object.keys(tool.where).map((argument) => {
          const place = below(pointer, "tools", entry, "where", argument);
          return { argument, place, at: "key", by: "discriminator", entry } as const;
        }),
  );
  return [...fields, ...listed, ...discriminators];
}
