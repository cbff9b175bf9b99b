/** When an envelope holds. v0.1 writes timestamps in UTC beside prose in the time of an exchange. */
import { parseInteger } from "../../../schema/values/integer.ts";
import { parseTimestamp } from "../../../schema/values/timestamp.ts";
import { quote } from "../../diagnostics/quote.ts";
import { blank, type Json } from "../draft.ts";
import type { Source } from "../source.ts";

/** A time of day, and soon after it the name of a zone that no timestamp has. */
const localTime = /\b\d{1,2}:\d{2}\b[^.;]{0,24}?\b(?:[ECMP][SD]?T|BST|CES?T|JST|HKT|SGT)\b/;

export function draftExpiry(pointer: string, prose: readonly string[], source: Source): Json {
  const to = "/validity/expiresAt";
  if (!source.has(pointer)) return blank("the source has no end of validity");
  const text = source.text(pointer);
  const leave = (why: string) => {
    source.left(pointer, to, why);
    return blank(why);
  };
  if (text === undefined || !parseTimestamp(text).ok)
    return leave(`the source says ${quote(source.written(pointer))}, which is no timestamp with an offset`);
  for (const place of prose) {
    const local = localTime.exec(source.text(place) ?? "")?.[0];
    if (local !== undefined)
      return leave(
        `the source says ${quote(text)}, and ${quote(place)} speaks of ${quote(local)}: which clock the timestamp was written by is not plain; write the moment with its offset`,
      );
  }
  source.carried(pointer, to);
  return text;
}

const mostSeconds = 315_360_000;

export function draftDuration(pointer: string, source: Source): Json {
  const to = "/validity/maxDurationSeconds";
  const parsed = source.has(pointer) ? parseInteger(source.written(pointer)) : undefined;
  if (parsed === undefined) return blank("the source has no limit of the duration");
  if (!parsed.ok || parsed.value < 1 || parsed.value > mostSeconds) {
    const why = `the source says ${quote(source.written(pointer))}, which is no number of seconds from 1 to ${mostSeconds}`;
    source.left(pointer, to, why);
    return blank(why);
  }
  source.carried(pointer, to);
  return parsed.value;
}
