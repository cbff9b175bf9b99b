/** What remains, for a person: effect by effect, with units and times as they are read. */
import { makeVisible } from "../../compiler/diagnostics/quote.ts";
import {
  fieldOf,
  limitText,
  type Measure,
  measureOf,
  measureOfMeter,
  withUnit,
} from "../../runtime/messages/magnitude.ts";
import { quote, quoteList } from "../../runtime/messages/show.ts";
import { instantText } from "../../runtime/messages/times.ts";
import type { Apart, ValueRoom } from "../../runtime/session/remaining/apart.ts";
import type { Limit } from "../../runtime/session/remaining/limits.ts";
import type { ApprovalNeeded } from "../../runtime/session/remaining/people.ts";
import type { EffectRemaining, Remaining } from "../../runtime/session/remaining/remaining.ts";
import { boundIdParts } from "../../schema/bound-id.ts";
import { boundKindOf } from "../../schema/bounds.ts";
import type { Condition, Effect, Envelope } from "../../schema/envelope.ts";
import type { coloursOf } from "../io.ts";

type Colours = ReturnType<typeof coloursOf>;
type Row = readonly [what: string, left: string, why: string];

export function remainingText({ session, seq, now, effects }: Remaining, envelope: Envelope, colours: Colours): string {
  const head = `session ${session} of ${quote(envelope.id)} at ${instantText(now)}, after record ${seq}`;
  return `${[head, ...effects.map((left) => effectText(left, envelope, colours))].join("\n\n")}\n`;
}

/** What is left of one effect, in several lines. */
export function effectText(left: EffectRemaining, envelope: Envelope, { bold, green, red }: Colours): string {
  const { effect: name, open, closedBy, until } = left;
  const end = until === undefined ? "" : ` until ${instantText(until.at)}, by ${until.by.join(", ")}`;
  const rows = open ? openRows(left, envelope) : limitRows(left, envelope);
  return [
    `${bold(name)}  ${open ? green("open") : red("closed")}${end}`,
    ...closedBy.map(({ id, code, message }) => `    ${red(code)} ${id}  ${makeVisible(message)}`),
    ...aligned(rows),
  ].join("\n");
}

function openRows(left: EffectRemaining, envelope: Envelope): readonly Row[] {
  const { effect: name, calls, limits, amounts, apart, produced, approvals, justification } = left;
  const effect = envelope.effects[name];
  const reached = limits.filter((limit) => limit.calls === calls).map(({ bound }) => bound);
  return [
    ["calls", `${callsText(calls)} now`, reached.join(", ")],
    ...Object.entries(amounts).map(([key, { min, max, by, values }]): Row => {
      const measure = measureOf(fieldOf(effect, key));
      const only = values === undefined ? "" : `: ${quoteList(values.map(measure.show))}`;
      return [key, `${measure.show(min)} to ${withUnit(measure, max)}${only}`, by.join(", ")];
    }),
    ...apart.flatMap((each) => apartRows(each, effect)),
    ...Object.entries(produced).map(
      ([key, values]): Row => [key, quoteList(values.map(String)), "results of this session"],
    ),
    ...limitRows(left, envelope),
    ...approvals.map((needed): Row => ["people", approvalText(needed, effect), needed.bound]),
    ...(justification ? [["justification", "with each call", `effects/${name}/justification`] as const] : []),
  ];
}

function limitRows({ effect, limits }: EffectRemaining, envelope: Envelope): readonly Row[] {
  return limits.map((limit) => [
    "left",
    withUnit(limitMeasure(limit, envelope.effects[effect], envelope), limit.left),
    noteOf(limit),
  ]);
}

function limitMeasure({ bound }: Limit, effect: Effect | undefined, envelope: Envelope): Measure {
  const { rest } = boundIdParts(bound);
  const kind = boundKindOf(bound)?.kind;
  const counts =
    kind === "velocity" || rest === "calls" || bound === "budgets/actions" || bound === "budgets/externalCalls";
  if (counts) return { show: (calls) => callsText(Number(calls)) };
  return kind === "session" ? measureOf(fieldOf(effect, rest)) : measureOfMeter(envelope, rest);
}

function noteOf({ bound, period, freesAt }: Limit): string {
  if (freesAt !== undefined) return `${bound}: the next one at ${instantText(freesAt)}`;
  if (period === undefined) return bound;
  const end = period.endsAt === null ? "" : `, until ${instantText(period.endsAt)}`;
  return `${bound}: in the ${period.every} ${period.bucket}${end}`;
}

/** More would be no table to be read; `--json` has them all. */
const mostValues = 20;

function apartRows({ field, bounds, values, others }: Apart, effect: Effect | undefined): readonly Row[] {
  const measure = measureOf(fieldOf(effect, field));
  const why = bounds.join(", ");
  const more = values.length - mostValues;
  return [
    ...values
      .slice(0, mostValues)
      .map(({ value, ...room }): Row => [`${field} ${measure.show(value)}`, roomText(room, effect), why]),
    ...(more > 0 ? [[`${field} …`, `${more} more values`, why] as const] : []),
    ...(others === null ? [] : [[`${field} (any other)`, roomText(others, effect), why] as const]),
  ];
}

function roomText({ calls, amounts }: ValueRoom, effect: Effect | undefined): string {
  const most = Object.entries(amounts).map(
    ([key, max]) => `${quote(key)} up to ${withUnit(measureOf(fieldOf(effect, key)), max)}`,
  );
  return [calls === 0 ? "nothing" : callsText(calls), ...most].join(", ");
}

function callsText(count: number): string {
  return count === 1 ? "1 call" : `${count} calls`;
}

function approvalText({ keys, roles, when }: ApprovalNeeded, effect: Effect | undefined): string {
  const who = roles === null ? `${keys} people in two roles` : `${keys} in the role ${quoteList(roles)}`;
  if (when === null) return `${who}, for each call`;
  return `${who}, where ${Object.entries(when)
    .map(([key, condition]) => conditionText(key, condition, measureOf(fieldOf(effect, key))))
    .join(" or ")}`;
}

function conditionText(key: string, { min, max, oneOf, equals }: Condition, measure: Measure): string {
  const texts = [
    ...(min === undefined ? [] : [`at least ${limitText(measure, min)}`]),
    ...(max === undefined ? [] : [`at most ${limitText(measure, max)}`]),
    ...(oneOf === undefined ? [] : [`one of ${quoteList(oneOf)}`]),
    ...(equals === undefined ? [] : [quote(String(equals))]),
  ];
  return `${quote(key)} is ${texts.join(" or ")}`;
}

function aligned(rows: readonly Row[]): readonly string[] {
  const widthOf = (column: 0 | 1) => Math.max(0, ...rows.map((row) => [...row[column]].length));
  const widths = [widthOf(0), widthOf(1)] as const;
  const pad = (text: string, width: number) => text + " ".repeat(width - [...text].length);
  return rows.map(([what, left, why]) => `    ${pad(what, widths[0])}  ${pad(left, widths[1])}  ${why}`.trimEnd());
}
