/** Each kind of limit as a phrase for the person who signs. */
import type {
  Allow,
  Approval,
  Condition,
  Effect,
  Envelope,
  Field,
  PerCall,
  Schedule,
  ValueList,
} from "../../../schema/envelope.ts";
import { durationInWords } from "./duration.ts";
import { code, join, type Markdown, md } from "./markdown.ts";

type Scalar = string | number | boolean;

const value = (scalar: Scalar): Markdown => code(String(scalar));
const amount = (scalar: Scalar, unit: string | undefined): Markdown =>
  unit === undefined ? value(scalar) : code(`${scalar} ${unit}`);

function list(values: ValueList, sets: Envelope["sets"]): Markdown {
  if (Array.isArray(values)) return join(values.map(value));
  return md`${join((sets?.[values.set] ?? []).map(value))} (set ${code(values.set)})`;
}

export function allowInWords(field: string, bound: Allow, sets: Envelope["sets"]): Markdown {
  const phrases: Markdown[] = [];
  if (bound.equals !== undefined) phrases.push(md`is ${value(bound.equals)}`);
  if (bound.oneOf !== undefined) phrases.push(md`is one of ${list(bound.oneOf, sets)}`);
  if (bound.noneOf !== undefined) phrases.push(md`is none of ${list(bound.noneOf, sets)}`);
  if (bound.subsetOf !== undefined) phrases.push(md`has only elements of ${list(bound.subsetOf, sets)}`);
  if (bound.disjointFrom !== undefined) phrases.push(md`has no element of ${list(bound.disjointFrom, sets)}`);
  if (bound.under !== undefined) phrases.push(md`is, or is below, one of ${list(bound.under, sets)}`);
  if (bound.noneUnder !== undefined) phrases.push(md`is neither any of, nor below, ${list(bound.noneUnder, sets)}`);
  if (bound.minItems !== undefined) phrases.push(md`has at least ${bound.minItems} element(s)`);
  if (bound.maxItems !== undefined) phrases.push(md`has at most ${bound.maxItems} element(s)`);
  if (bound.producedBy !== undefined) phrases.push(md`was a result ${code(bound.producedBy)} in this session`);
  return md`${code(field)} ${join(phrases, " and ")}`;
}

function unitOf(field: Field | undefined): string | undefined {
  return field !== undefined && "unit" in field ? field.unit : undefined;
}

export function perCallInWords(name: string, bound: PerCall, field: Field | undefined): Markdown {
  return md`${code(name)} from ${value(bound.min ?? 0)} to ${amount(bound.max, unitOf(field))}`;
}

export function sessionInWords(name: string, limit: Effect["session"][string], field: Field | undefined): Markdown {
  if (limit === undefined) return md``;
  const what =
    name === "calls"
      ? md`at most ${value(limit.max)} allowed calls`
      : md`${code(name)} at most ${amount(limit.max, unitOf(field))} in total`;
  if (limit.perField !== undefined) return md`${what}, for each value of ${code(limit.perField)}`;
  if (limit.perPeriod !== undefined)
    return md`${what}, in each calendar ${code(limit.perPeriod)} of ${code(limit.timezone ?? "UTC")}`;
  return what;
}

export function scheduleInWords(schedule: Schedule): Markdown {
  const windows = schedule.windows.map(
    (window) => md`${code(window.days.join(" "))} ${code(`${window.from}–${window.until}`)}`,
  );
  const except = schedule.except === undefined ? md`` : md`, closed on ${join(schedule.except.map(value))}`;
  return md`${join(windows, "; ")}, ${code(schedule.timezone)} time${except}`;
}

function conditionInWords(field: string, condition: Condition): Markdown {
  const phrases: Markdown[] = [];
  if (condition.min !== undefined) phrases.push(md`is ${value(condition.min)} or more`);
  if (condition.max !== undefined) phrases.push(md`is ${value(condition.max)} or less`);
  if (condition.oneOf !== undefined) phrases.push(md`is one of ${join(condition.oneOf.map(value))}`);
  if (condition.equals !== undefined) phrases.push(md`is ${value(condition.equals)}`);
  return md`${code(field)} ${join(phrases, " or ")}`;
}

export function approvalInWords(approval: Approval): Markdown {
  const people = md`${approval.keys} distinct ${approval.keys === 1 ? md`person` : md`people`} in the role ${join(approval.roles.map(value), " or ")}`;
  if (approval.when === undefined) return md`${people} must approve every call`;
  const conditions = Object.entries(approval.when).map(([field, condition]) => conditionInWords(field, condition));
  return md`${people} must approve when ${join(conditions, ", or when ")} (or when that cannot be told)`;
}

export function velocityInWords(velocity: readonly { readonly max: number; readonly seconds: number }[]): Markdown {
  return join(
    velocity.map(({ max, seconds }) => md`at most ${max} allowed calls in any ${code(durationInWords(seconds))}`),
    "; ",
  );
}
