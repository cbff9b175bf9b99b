/** Whether a recorded activation had the two keys that its envelope needs (SPEC §9). */
import type { Envelope } from "../../schema/envelope.ts";
import type { Activated } from "../../schema/ledger.ts";
import type { LedgerRecord } from "../ledger/record.ts";
import { isByAgent } from "../people/approval.ts";
import { approvalProblem } from "../people/recorded.ts";
import type { People } from "../people/registry.ts";
import { carries, stepsOf } from "./template/keys.ts";
import { recordedTemplate } from "./template/record.ts";
import type { NeededTransition } from "./transitions.ts";

/** The first step that the recorded approvals do not carry, taken as they stand; undefined where they carry all. */
export function lackingTransition(
  envelope: Envelope,
  body: Readonly<Pick<Activated, "approvals" | "template">>,
): NeededTransition | undefined {
  const { approvals = [], template } = body;
  const recorded = recordedTemplate(envelope, body);
  return stepsOf(envelope, recorded?.template).find((step) => {
    const decisions = approvals.filter(
      (given) => given.transition === step.transition && !isByAgent(given, envelope.principal),
    );
    return !carries(step, decisions, recorded === undefined ? [] : (template?.signers ?? []));
  });
}

/**
 * What is wrong with them: the rest of a sentence that begins with the record. Undefined where two keys stand for every step.
 *
 * @param people who sign; where nobody is known, the approvals are believed as they are recorded
 */
export async function activationLacks(
  { body, at, envelope: digest }: LedgerRecord<"activated">,
  envelope: Envelope,
  people: People | undefined,
): Promise<string | undefined> {
  const lacking = lackingTransition(envelope, body);
  if (lacking !== undefined) return `activates without two keys for \`${lacking.transition}\`: ${lacking.because}`;
  if (people === undefined) return undefined;
  // At its activation a session has no name yet that an approval could be for.
  const context = { envelope: digest, session: undefined, now: at, isPast: true };
  for (const given of body.approvals ?? []) {
    const problem = await approvalProblem(given, people, context);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
