/** How long ago something was. */
import { type Leaf, missingOr, now } from "./leaf.ts";
import { anyOf, cedar, type Statement, type Term } from "./statement.ts";

/**
 * There is no `now` or no `moment`, or one that no request can carry, or `moment` is yet to come, or `tooOld` says so of
 * the age in milliseconds.
 */
export function notWithin(moment: Leaf, tooOld: (age: Term) => Term): Statement {
  const age = cedar`(${now} - ${moment})`;
  return missingOr([now, moment], anyOf(unsafe(now), unsafe(moment), cedar`${moment} > ${now}`, tooOld(age)));
}

/** Beyond the integers that requests carry, where a difference might not fit Cedar's numbers. */
function unsafe(value: Leaf): Statement {
  return anyOf(cedar`${value} < ${Number.MIN_SAFE_INTEGER}`, cedar`${value} > ${Number.MAX_SAFE_INTEGER}`);
}
