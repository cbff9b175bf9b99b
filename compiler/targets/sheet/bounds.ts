/** Each kind of limit as a phrase for the person who signs. */
import type {
  Allow,
  Approval,
  Budget,
  Condition,
  CountBudget,
  Effect,
  Envelope,
  PerCall,
  Schedule,
  ValueList,
} from "../../../schema/envelope.ts";
import { isSet, type Operand, operandOf } from "../../operands.ts";
import { durationInWords } from "./duration.ts";
import { code, join, type Markdown, md } from "./markdown.ts";
import { amountInWords, clocksInWords, impliedLeast } from "./measure.ts";

type Scalar = string | number | boolean;

const value = (scalar: Scalar): Markdown => code(String(scalar));

function list(values: ValueList, sets: Envelope["sets"], operand: Operand | undefined): Markdown {
  const inWords = (each: Scalar) => amountInWords(each, operand);
  if (Array.isArray(values)) return join(values.map(inWords));
  return md`${join((sets?.[values.set] ?? []).map(inWords))} (set ${code(values.set)})`;
}

export function allowInWords(
  field: string,
  bound: Allow,
  operand: Operand | undefined,
  sets: Envelope["sets"],
): Markdown {
  const listed = (values: ValueList) => list(values, sets, operand);
  const ofSet = operand !== undefined && isSet(operand);
  const each = ofSet ? md`each element ` : md``;
  const phrases: Markdown[] = [];
  if (bound.equals !== undefined) phrases.push(md`is ${value(bound.equals)}`);
  if (bound.oneOf !== undefined) phrases.push(md`is one of ${listed(bound.oneOf)}`);
  if (bound.noneOf !== undefined) phrases.push(md`is none of ${listed(bound.noneOf)}`);
  if (bound.subsetOf !== undefined) phrases.push(md`has only elements of ${listed(bound.subsetOf)}`);
  if (bound.disjointFrom !== undefined) phrases.push(md`has no element of ${listed(bound.disjointFrom)}`);
  if (bound.under !== undefined) phrases.push(md`${each}is, or is below, one of ${listed(bound.under)}`);
  if (bound.noneUnder !== undefined) phrases.push(md`${each}is neither any of, nor below, ${listed(bound.noneUnder)}`);
  if (ofSet) phrases.push(leastInWords(bound.minItems ?? 1));
  if (bound.maxItems !== undefined) phrases.push(md`has at most ${elementsInWords(bound.maxItems)}`);
  if (bound.producedBy !== undefined) phrases.push(md`${each}was a result ${code(bound.producedBy)} in this session`);
  return md`${code(field)}${ofSet ? md`:` : md``} ${join(phrases, ofSet ? ", " : " and ")}${clocksInWords(operand)}`;
}

/** The least is said also where the envelope leaves it out: an empty list means "all" to some tools. */
function leastInWords(least: number): Markdown {
  if (least === 0) return md`may be empty`;
  return least === 1 ? md`is not empty` : md`has at least ${elementsInWords(least)}`;
}

/** Duplicates collapse before elements are counted. */
function elementsInWords(count: number): Markdown {
  return md`${count} different ${count === 1 ? md`element` : md`elements`}`;
}

export function perCallInWords(name: string, bound: PerCall, operand: Operand | undefined): Markdown {
  const least = bound.min === undefined ? impliedLeast(operand) : value(bound.min);
  return md`${code(name)} from ${least} to ${amountInWords(bound.max, operand)}${clocksInWords(operand)}`;
}

export function budgetInWords(budget: Budget | CountBudget | undefined): Markdown {
  return code(budget !== undefined && "unit" in budget ? `${budget.max} ${budget.unit}` : String(budget?.max));
}

export function sessionInWords(name: string, limit: Effect["session"][string], operand: Operand | undefined): Markdown {
  if (limit === undefined) return md``;
  const what =
    name === "calls"
      ? md`at most ${value(limit.max)} allowed calls`
      : md`${code(name)} at most ${amountInWords(limit.max, operand)} in total`;
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

function conditionInWords(field: string, condition: Condition, operand: Operand | undefined): Markdown {
  const inWords = (each: Scalar) => amountInWords(each, operand);
  const phrases: Markdown[] = [];
  if (condition.min !== undefined) phrases.push(md`is ${inWords(condition.min)} or more`);
  if (condition.max !== undefined) phrases.push(md`is ${inWords(condition.max)} or less`);
  if (condition.oneOf !== undefined) phrases.push(md`is one of ${join(condition.oneOf.map(inWords))}`);
  if (condition.equals !== undefined) phrases.push(md`is ${inWords(condition.equals)}`);
  return md`${code(field)} ${join(phrases, " or ")}${clocksInWords(operand)}`;
}

export function approvalInWords(approval: Approval, fields: Effect["fields"]): Markdown {
  const people = md`${approval.keys} distinct ${approval.keys === 1 ? md`person` : md`people`} in the role ${join(approval.roles.map(value), " or ")}`;
  if (approval.when === undefined) return md`${people} must approve every call`;
  const conditions = Object.entries(approval.when).map(([field, condition]) =>
    conditionInWords(field, condition, operandOf(fields, field)),
  );
  return md`${people} must approve when ${join(conditions, ", or when ")} (or when that cannot be told)`;
}

export function velocityInWords(velocity: readonly { readonly max: number; readonly seconds: number }[]): Markdown {
  return join(
    velocity.map(({ max, seconds }) => md`at most ${max} allowed calls in any ${code(durationInWords(seconds))}`),
    "; ",
  );
}
