/** Which literal values an envelope's effects admit. */
import type { Effect } from "../../../schema/envelope.ts";

/** Strings in `oneOf`, `equals` and rows. Paths lose their folder, pages their scheme, sentences with a rank fall into words. */
export function literalsOf(effects: Readonly<Record<string, Effect>>): readonly string[] {
  const values = Object.values(effects).flatMap((effect) => [
    ...Object.values(effect.allow ?? {}).flatMap(({ oneOf, equals }) => [oneOf, equals]),
    ...(effect.rows ?? []).map(({ oneOf }) => oneOf),
  ]);
  const texts = values.flat(3).filter((value) => typeof value === "string");
  return texts.flatMap((text) => {
    const bare = text.replace(/^(https?:\/\/|\/files\/)/, "");
    return /\d-?(st|nd|rd|th) /.test(bare) ? bare.split(/[ -]/) : [bare];
  });
}
