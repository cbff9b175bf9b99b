/** A bank with a guard, people who may resume, and a host that hears of incidents. */
import { neededTransitions } from "../../runtime/activation/transitions.ts";
import type { Evaluator } from "../../runtime/evaluator.ts";
import { guard } from "../../runtime/guard/guard.ts";
import type { Tool } from "../../runtime/guard/tools.ts";
import { openLog } from "../../runtime/ledger/log.ts";
import type { LedgerRecord } from "../../runtime/ledger/record.ts";
import { verifyApproval } from "../../runtime/people/approval.ts";
import type { IncidentTold } from "../../runtime/session/incidents/told.ts";
import type { Session } from "../../runtime/session/session.ts";
import type { ApprovalGiven } from "../../schema/ledger.ts";
import { approvalText, peopleOf, registered } from "../people/people.ts";
import {
  audience,
  caller,
  type Gateway,
  type GatewayOptions,
  issuer,
  keys,
  openGateway,
  pay,
  start,
} from "../session/gateway.ts";

export const people = await peopleOf(registered("ann", ["operator"]), registered("bob", ["risk"]));

export interface Bank {
  readonly gateway: Gateway;
  readonly session: Session;
  readonly told: IncidentTold[];
  /** Has a payment of 5.00 allowed and executed by the tool. */
  readonly payOnce: (tool?: Tool) => Promise<unknown>;
  /** A payment that is allowed, and redeemed where it is said. */
  readonly allow: (isRedeemed?: boolean) => Promise<{ readonly decided: number; readonly jti: string }>;
  readonly incidents: () => Promise<readonly LedgerRecord<"incident">["body"][]>;
}

export async function openBank(options: GatewayOptions = {}): Promise<Bank> {
  const told: IncidentTold[] = [];
  const gateway = await openGateway({ onIncident: (incident) => told.push(incident), ...options });
  const { session, time } = gateway;
  return {
    gateway,
    session,
    told,
    async payOnce(tool = () => ({ result: { id: "p-1" } })) {
      const { token } = await session.propose(pay("5.00"), caller);
      const clock = () => time.now;
      return guard({ session, keys, issuer, audience, clock, tools: { "bank.pay": tool } }).redeem(token, pay("5.00"));
    },
    async allow(isRedeemed = false) {
      const { seq } = await session.propose(pay("5.00"), caller);
      const { decided, jti } = session.state.reservations.get(seq ?? 0)!;
      if (isRedeemed) await session.redeem(decided, jti);
      return { decided, jti };
    },
    incidents: async () =>
      (await gateway.records()).flatMap((record) => (record.type === "incident" ? [record.body] : [])),
  };
}

/** Signed now, for this session. */
export function resumeText(person: string, role: string, { gateway, session }: Bank, rest = {}): Promise<string> {
  const { envelope, session: id } = session.state.end;
  const iat = Math.floor(gateway.time.now / 1000);
  return approvalText(person, {
    envelope,
    session: id,
    transition: "resume",
    roles: [role],
    iat,
    exp: iat + 3600,
    ...rest,
  });
}

/** Two keys, signed as the registry has them, of every step that the activation takes. */
export async function bothApprove({ envelope, envelopeDigest }: Evaluator): Promise<readonly ApprovalGiven[]> {
  const given: ApprovalGiven[] = [];
  const iat = start / 1000 - 60;
  for (const { transition } of neededTransitions(envelope))
    for (const [person, role] of [["ann", "operator"] as const, ["bob", "risk"] as const]) {
      const text = await approvalText(person, {
        envelope: envelopeDigest,
        transition,
        roles: [role],
        iat,
        exp: iat + 3600,
      });
      const verified = await verifyApproval(text, people, { envelope: envelopeDigest, session: undefined, now: start });
      if (!verified.ok) throw new Error(verified.message);
      given.push(verified.approval);
    }
  return given;
}

/** Past every check of a session, as somebody does who writes to its store. */
export async function forceResumption({ gateway, session }: Bank, approvals: readonly string[], reason?: string) {
  const opened = await openLog(gateway.store, session.id);
  if (!opened.ok) throw new Error(opened.fault.message);
  const body = { approvals: [...approvals], ...(reason === undefined ? {} : { reason }) };
  const { outcome } = await opened.log.append({ type: "resumed", at: gateway.time.now, body });
  if (outcome !== "appended") throw new Error(outcome);
}
