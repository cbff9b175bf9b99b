/** The rows that look at how much and how often. */
import { own } from "../own.ts";
import { type Describe, factIn, fieldValue } from "./circumstance.ts";
import { counted } from "./counted.ts";
import { fieldOf, limitText, type Measure, measureOf, measureOfMeter, withUnit } from "./magnitude.ts";
import { quote, show } from "./show.ts";

export const perCall: Describe = ({ request, effect, rest }) => {
  const bound = own(effect?.perCall, rest);
  const measure = measureOf(fieldOf(effect, rest));
  return {
    value: `${quote(rest)} is ${withUnit(measure, fieldValue(request, rest))}`,
    limit: `a call may carry ${bound?.min ?? measure.zero ?? 0} to ${limitText(measure, bound?.max)}`,
  };
};

export const session: Describe = ({ id, request, effect, rest }) => {
  const limit = own(effect?.session, rest);
  const used = factIn(request, "meters", id);
  const apart =
    limit?.perField !== undefined
      ? ` for each ${quote(limit.perField)}`
      : limit?.perPeriod !== undefined
        ? ` in each ${limit.perPeriod}`
        : "";
  const isCalls = rest === "calls";
  const measure = isCalls ? counting : measureOf(fieldOf(effect, rest));
  return {
    value: chargeText(isCalls ? "calls" : quote(rest), measure, used, isCalls ? 1 : fieldValue(request, rest)),
    limit: `the session may carry ${limitText(measure, limit?.max)}${apart}`,
  };
};

export const budget: Describe = ({ id, request, envelope, effect, rest }) => {
  const measure = measureOfMeter(envelope, rest);
  const cost = own(effect?.consumes, rest) ?? 1;
  const amount = typeof cost === "string" ? fieldValue(request, cost) : cost;
  return {
    value: chargeText(`budget ${quote(rest)}`, measure, factIn(request, "meters", id), amount),
    limit: `it may carry ${limitText(measure, envelope.budgets[rest]?.max)}`,
  };
};

export const velocity: Describe = ({ id, request, envelope, effect, rest }) => {
  const limit = (effect?.velocity ?? envelope.defaults?.velocity)?.[Number(rest)];
  return {
    value: `${counted(factIn(request, "velocity", id), "call")} allowed in the last ${counted(limit?.seconds, "second")}`,
    limit: `there may be ${limit?.max} in all`,
  };
};

const counting: Measure = { show };

function chargeText(what: string, measure: Measure, used: unknown, amount: unknown): string {
  return `${what}: ${withUnit(measure, used)} used before, this call adds ${withUnit(measure, amount)}`;
}
