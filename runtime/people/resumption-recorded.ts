/** Whether a recorded resumption had the keys that it needs (SPEC §9, §10). */
import type { LedgerRecord } from "../ledger/record.ts";
import type { Stop } from "../ledger/stop.ts";
import { readSigned } from "./document.ts";
import type { People } from "./registry.ts";
import { operatorRole, verifyResumption } from "./resumption.ts";
import { twoKeys } from "./two-keys.ts";

/**
 * What is wrong with it: the rest of a sentence that begins with the record. Undefined where it may stand.
 *
 * @param people where nobody is known, each document is believed to be the word of another person
 * @param agent the principal
 */
export async function resumptionLacks(
  { at, envelope, session, body }: LedgerRecord<"resumed">,
  stop: Stop,
  people: People | undefined,
  agent: string,
): Promise<string | undefined> {
  const { approvals, reason } = body;
  if (people === undefined) return asWritten(approvals, reason, stop, session);
  const context = { envelope, session, agent, now: at, isPast: true };
  const verified = await verifyResumption(approvals, reason, people, stop, context);
  return verified.ok ? undefined : `resumes, and must not: ${verified.message}`;
}

function asWritten(
  approvals: readonly string[],
  reason: string | undefined,
  { needsTwo }: Stop,
  session: string,
): string | undefined {
  const given = approvals.map((text) => {
    const read = readSigned("approval", text);
    const isOwn = read.ok && read.signed.document.transition === "resume" && read.signed.document.session === session;
    return isOwn ? { ...read.signed.document, person: read.signed.digest } : undefined;
  });
  const known = given.filter((each) => each !== undefined);
  if (known.length < given.length) return "resumes by what is no approval of its resumption";
  const operator = known.find(({ roles, decision }) => roles.includes(operatorRole) && decision === "approve");
  if (operator === undefined) return "resumes without an operator's approval";
  if (!needsTwo) return undefined;
  const isByTwo = known.some((other) => twoKeys([{ ...operator, roles: [operatorRole] }, other]));
  if (!isByTwo) return "resumes without two keys what is frozen, or ended in a way that nobody knows";
  return reason === undefined
    ? "resumes without a reason what is frozen, or ended in a way that nobody knows"
    : undefined;
}
