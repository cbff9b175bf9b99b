/** Which calls of an effect people are asked for, and which people (SPEC §3, §9). */
import type { ApprovalConditions, Effect } from "../../../schema/envelope.ts";

export interface ApprovalNeeded {
  /** The bound that they lift, for one proposal at a time. */
  readonly bound: string;
  /** How many distinct people. */
  readonly keys: number;
  /** In any of these; null where any two different ones do. */
  readonly roles: readonly string[] | null;
  /** As the envelope writes it: any condition that matches. Null where every call needs them. */
  readonly when: ApprovalConditions | null;
}

export function approvalsNeeded(name: string, { approval, channel }: Effect): readonly ApprovalNeeded[] {
  const needed: ApprovalNeeded[] = [];
  if (approval !== undefined) {
    const { keys, roles, when = null } = approval;
    needed.push({ bound: `effects/${name}/approval`, keys, roles, when });
  }
  if (channel === "propose") needed.push({ bound: `effects/${name}/channel`, keys: 2, roles: null, when: null });
  return needed;
}
