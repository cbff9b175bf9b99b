/** The rows that look at what came before, and at the hour. */
import { ownMember } from "../own.ts";
import { type Describe, factIn } from "./circumstance.ts";
import { counted } from "./counted.ts";
import { quote, quoteList, show } from "./show.ts";
import { ageText, instantText, minuteText } from "./times.ts";

export const after: Describe = ({ request, effect, rest }) => {
  const rule = effect?.after?.[Number(rest)];
  const name = rule?.effect ?? "";
  return {
    value: `effect ${quote(name)} ${lastText(factIn(request, "last", name), ownMember(request, "now"))}`,
    limit: `it must have succeeded at most ${counted(rule?.withinSeconds, "second")} ago`,
  };
};

export const schedule: Describe = ({ request, effect }) => {
  const zone = effect?.schedule?.timezone ?? "";
  const local = factIn(request, "local", zone);
  const windows = effect?.schedule?.windows.map(({ days, from, until }) => `${days.join(" ")} ${from}–${until}`) ?? [];
  const except = effect?.schedule?.except;
  return {
    value: `the time in ${zone} is ${localText(local)}`,
    limit: `open ${windows.join("; ")}${except === undefined ? "" : `, closed on ${quoteList(except)}`}`,
  };
};

function localText(local: unknown): string {
  if (local === undefined) return "not known";
  const [day, date] = [ownMember(local, "day"), ownMember(local, "date")];
  const words = date === undefined ? wordOf(day) : `${wordOf(day)} ${wordOf(date)}`;
  return `${words} ${minuteText(ownMember(local, "minute"))}`;
}

/** A weekday or a date stands without quotes, anything else as it is. */
function wordOf(value: unknown): string {
  return typeof value === "string" && /^[a-z0-9-]+$/.test(value) ? value : show(value);
}

function lastText(last: unknown, now: unknown): string {
  if (last === undefined) return "has not succeeded in this session";
  if (typeof last !== "number" || typeof now !== "number") return `last succeeded at ${instantText(last)}`;
  return last > now ? `succeeded in the future, at ${instantText(last)}` : `last succeeded ${ageText(last, now)} ago`;
}
