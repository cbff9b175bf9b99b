/** What must be so around a call: evidence, what happened before it, the time of the week. */
import type { Envelope, Schedule } from "../../schema/envelope.ts";
import { normaliseSchedule } from "../normalise/schedule.ts";
import { below, own } from "../rules/rule.ts";
import type { Side } from "./side.ts";
import { type Report, within } from "./widening.ts";

export function compareEvidence(a: Side, b: Side, report: Report): void {
  for (const [name, { maxAgeSeconds }] of evidenceFor(b)) {
    const mine = evidenceFor(a).find(([other]) => other === name)?.[1];
    if (mine === undefined) report(below("/evidence", name), `\`${a.name}\` does not need it`);
    else if (mine.maxAgeSeconds > maxAgeSeconds)
      report(below("/evidence", name, "maxAgeSeconds"), `it may be older than ${maxAgeSeconds} s`);
  }
}

type Rule = NonNullable<Envelope["evidence"]>[string];

function evidenceFor({ envelope, name }: Side): readonly (readonly [string, Rule])[] {
  return Object.entries(envelope.evidence ?? {}).filter(([, { effects }]) => effects?.includes(name) ?? true);
}

export function compareAfter(a: Side, b: Side, report: Report): void {
  for (const { effect, withinSeconds } of b.effect.after ?? []) {
    const mine = a.effect.after?.some((each) => each.effect === effect && each.withinSeconds <= withinSeconds);
    if (!mine) report(below(a.pointer, "after"), `\`${effect}\` need not have happened in the last ${withinSeconds} s`);
  }
}

export function compareSchedule(a: Side, b: Side, report: Report): void {
  const [mine, theirs] = [a.effect.schedule, b.effect.schedule];
  if (theirs === undefined) return;
  const pointer = below(a.pointer, "schedule");
  if (mine?.timezone !== theirs.timezone) report(pointer, `there is no schedule in \`${theirs.timezone}\``);
  else if (!isOpenOnlyWith(mine, theirs)) report(pointer, "it is open at other times");
  else if (!within(theirs.except ?? [], mine.except ?? [])) report(pointer, "it is open on more dates");
}

/** Whether every minute of the week at which the one is open, the other is. */
function isOpenOnlyWith(mine: Schedule, theirs: Schedule): boolean {
  const open = minutesOf(theirs);
  return [...minutesOf(mine)].every((minute) => open.has(minute));
}

function minutesOf(schedule: Schedule): ReadonlySet<string> {
  const { windows } = normaliseSchedule("", schedule);
  const minutes = new Set<string>();
  for (const day of Object.keys(windows))
    for (const [from, until] of own(windows, day) ?? [])
      for (let minute = from; minute < until; minute++) minutes.add(`${day} ${minute}`);
  return minutes;
}
