/** The rows that look at the session, the clock and the caller. */
import { ownMember } from "../own.ts";
import { type Describe, fact, factIn } from "./circumstance.ts";
import { counted } from "./counted.ts";
import { quote, show } from "./show.ts";
import { ageText, instantText } from "./times.ts";

export const kill: Describe = ({ request, envelope }) => ({
  value: fact(request, "killed") === true ? "the session is killed" : flagText("killed", fact(request, "killed")),
  limit: `nothing is allowed once the signal ${quote(envelope.killSwitch.signal)} is given`,
});

export const halt: Describe = ({ request }) => ({
  value:
    fact(request, "halted") === true
      ? "a circuit breaker has halted the session"
      : flagText("halted", fact(request, "halted")),
  limit: "nothing is allowed until a person resumes it",
});

export const phase: Describe = ({ request }) => ({
  value: `the session's phase is ${show(fact(request, "phase"))}`,
  limit: "it must be `active`",
});

export const notBefore: Describe = ({ request, envelope }) => ({
  value: `the time is ${instantText(ownMember(request, "now"))}`,
  limit: `the envelope holds from ${envelope.validity.notBefore}`,
});

export const expiresAt: Describe = ({ request, envelope }) => ({
  value: `the time is ${instantText(ownMember(request, "now"))}`,
  limit: `the envelope holds until, not including, ${envelope.validity.expiresAt}`,
});

export const duration: Describe = ({ request, envelope }) => ({
  value: `the time is ${instantText(ownMember(request, "now"))}, the session was activated at ${instantText(fact(request, "activatedAt"))}`,
  limit: `it lasts less than ${counted(envelope.validity.maxDurationSeconds, "second")}`,
});

export const principal: Describe = ({ request, envelope }) => ({
  value: `the caller is ${show(ownMember(request, "principal"))}`,
  limit: `the envelope is for ${quote(envelope.principal)}`,
});

export const evidence: Describe = ({ request, envelope, rest }) => {
  const seen = factIn(request, "evidence", rest);
  const now = ownMember(request, "now");
  return {
    value: `evidence ${quote(rest)} ${seenText(seen, now)}`,
    limit: `it may be at most ${counted(envelope.evidence?.[rest]?.maxAgeSeconds, "second")} old`,
  };
};

function seenText(seen: unknown, now: unknown): string {
  if (seen === undefined) return "has not been seen";
  if (typeof seen !== "number" || typeof now !== "number") return `was seen at ${instantText(seen)}`;
  return seen > now ? `was seen in the future, at ${instantText(seen)}` : `was seen ${ageText(seen, now)} ago`;
}

function flagText(name: string, flag: unknown): string {
  return flag === false ? `the session is not ${name}` : `whether the session is ${name} is ${show(flag)}`;
}
