import type { Condition } from "../../schema/envelope.ts";
import type { Form } from "../operands.ts";
import { below, own } from "../rules/rule.ts";
import type { Side } from "./side.ts";
import { type Domain, domainOf, type Member, memberOf, operandOn } from "./values/domain.ts";
import { reachOf } from "./values/per-call.ts";
import { type Report, within } from "./widening.ts";

/** Whenever `b` calls for people, `a` calls for as many of them, of no other roles. */
export function compareApproval(a: Side, b: Side, report: Report): void {
  const theirs = b.effect.approval;
  if (theirs === undefined) return;
  const pointer = below(a.pointer, "approval");
  const mine = a.effect.approval;
  const when = theirs.when === undefined ? undefined : Object.entries(theirs.when);
  const isCalled = (key: string, condition: Condition) => callsWhen(a, b, key, condition);
  if (mine === undefined || mine.when !== undefined) {
    const places = when?.filter(([key, condition]) => !isCalled(key, condition)).map(([key]) => key);
    if (places === undefined) report(pointer, "not every call needs people");
    for (const key of places ?? []) report(pointer, `people are not needed for every \`${key}\` that calls for them`);
  }
  if (mine === undefined) return;
  if (mine.keys < theirs.keys) report(below(pointer, "keys"), `fewer than ${theirs.keys} people are enough`);
  if (!within(mine.roles, theirs.roles)) report(below(pointer, "roles"), "other roles may approve");
}

/** Whether every value that `a` admits and that meets the condition of `b` meets one of `a` too. */
function callsWhen(a: Side, b: Side, key: string, condition: Condition): boolean {
  const domain = domainOf(a, key);
  const mine = own(a.effect.approval?.when, key) ?? {};
  const { form } = operandOn(b, key);
  if (domain.values !== undefined)
    return domain.values.every((value) => !meets(form, condition, value) || meets(form, mine, value));
  const listed = [...(condition.oneOf ?? []), ...(condition.equals === undefined ? [] : [condition.equals])];
  return (
    listed
      .map((written) => memberOf(form, written))
      .every((value) => !domain.admits(value) || meets(form, mine, value)) && covers(form, mine, condition, domain)
  );
}

/** Whether what the condition says of amounts, as far as they are admitted, is in reach of the other one's. */
function covers(form: Form, mine: Condition, { min, max }: Condition, domain: Domain): boolean {
  const number = (written: unknown) => Number(memberOf(form, written).value);
  const { least, most } = reachOf(domain);
  const from = mine.min === undefined ? Number.POSITIVE_INFINITY : number(mine.min);
  const until = mine.max === undefined ? Number.NEGATIVE_INFINITY : number(mine.max);
  const above = min === undefined ? undefined : Math.max(least, number(min));
  const beneath = max === undefined ? undefined : Math.min(most, number(max));
  return (
    (above === undefined || above > most || from <= above || until >= most) &&
    (beneath === undefined || beneath < least || until >= beneath || from <= least)
  );
}

function meets(form: Form, { min, max, oneOf, equals }: Condition, { value }: Member): boolean {
  const is = (written: unknown) => memberOf(form, written).value === value;
  return (
    (min !== undefined && value >= memberOf(form, min).value) ||
    (max !== undefined && value <= memberOf(form, max).value) ||
    (oneOf?.some(is) ?? false) ||
    (equals !== undefined && is(equals))
  );
}
