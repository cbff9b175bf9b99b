import type { Rule } from "./rule.ts";
import { checkAmount } from "./written-value.ts";

/** `notBefore` and `expiresAt` are RFC 3339, the second after the first (SPEC §2). */
export const validity: Rule = ({ validity: { notBefore, expiresAt } }, context) => {
  const start = checkAmount(context, { is: "timestamp" }, notBefore, "/validity/notBefore");
  const end = checkAmount(context, { is: "timestamp" }, expiresAt, "/validity/expiresAt");
  if (start === undefined || end === undefined || end > start) return;
  const params = { end: expiresAt, start: notBefore, other: "/validity/notBefore" };
  context.report("time/ends_before_it_starts", "/validity/expiresAt", params);
};
