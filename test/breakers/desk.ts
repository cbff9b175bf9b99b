/** A gateway with circuit breakers, a tool that reports what it is told to, a canceller, feeds and people. */
import { type Guard, guard } from "../../runtime/guard/guard.ts";
import type { ToolReport } from "../../runtime/guard/tools.ts";
import type { LedgerRecord } from "../../runtime/ledger/record.ts";
import type { EffectToCancel } from "../../runtime/session/breakers/canceller.ts";
import type { Session } from "../../runtime/session/session.ts";
import { keyPair } from "../authority/key-pairs.ts";
import { approvalText, peopleOf, registered, ringOf } from "../people/people.ts";
import {
  audience,
  caller,
  document,
  type Gateway,
  type GatewayOptions,
  issuer,
  keys,
  openGateway,
  pay,
  start,
} from "../session/gateway.ts";

export const olga = registered("olga", ["operator"]);
export const people = await peopleOf(
  olga,
  registered("oscar", ["operator", "risk"]),
  registered("ann", ["risk"]),
  registered("agent:s7", ["operator"]),
  registered("spare", ["operator"], { person: "agent:s7" }),
);
const feedKey = await keyPair("feed-1");
export const feeds = ringOf(feedKey.key);
export const feeder = feedKey.signer;

export type Breakers = readonly { readonly id: string; readonly when: readonly object[]; readonly action: string }[];

export interface Desk {
  readonly gateway: Gateway;
  readonly session: Session;
  readonly guard: Guard;
  /** What the next payments report; then they report nothing but that they are done. */
  readonly reports: ToolReport[];
  readonly guardOf: (session: Session) => Guard;
  /** Pays 1.00: the verdict, and what became of it where it was allowed. */
  readonly payOnce: (report?: ToolReport) => Promise<string>;
  readonly types: () => Promise<readonly string[]>;
  readonly of: <T extends LedgerRecord["type"]>(type: T) => Promise<readonly LedgerRecord<T>["body"][]>;
}

export const breaker = (metric: string, condition: object, action = "halt", id = "b1") => ({
  id,
  when: [{ metric, ...condition }],
  action,
});

export async function openDesk(
  breakers: Breakers,
  { envelope = {}, ...options }: Omit<GatewayOptions, "envelope"> & { readonly envelope?: object } = {},
): Promise<Desk> {
  const gateway = await openGateway({ feeds, ...options, envelope: document({ breakers, ...envelope }) });
  const reports: ToolReport[] = [];
  let paid = 0;
  const tools = {
    "bank.pay": () => {
      paid += 1;
      return { result: { id: `p-${paid}` }, ...reports.shift() };
    },
    "bank.cancel": () => ({ result: {} }),
  };
  const guardOf = (session: Session) =>
    guard({ session, keys, issuer, audience, clock: () => gateway.time.now, tools });
  const own = guardOf(gateway.session);
  const payOnce = async (report?: ToolReport) => {
    if (report !== undefined) reports.push(report);
    const { verdict, token, code } = await gateway.session.propose(pay("1.00"), caller);
    if (token === null) return `${verdict} ${code}`;
    const redeemed = await own.redeem(token, pay("1.00"));
    return redeemed.outcome === "denied" ? `denied ${redeemed.denial.code}` : redeemed.outcome;
  };
  const types = async () => (await gateway.records()).map(({ type }) => type);
  const of = async <T extends LedgerRecord["type"]>(type: T) =>
    (await gateway.records()).flatMap((record) =>
      record.type === type ? [record.body as LedgerRecord<T>["body"]] : [],
    );
  return { gateway, session: gateway.session, guard: own, guardOf, reports, payOnce, types, of };
}

export const refused = JSON.stringify({ tool: "bank.pay", args: { payee: "mallory", amount: "1.00" } });

/** A canceller that answers what it is told to, then confirms. */
export function canceller(...answers: readonly unknown[]) {
  const asked: EffectToCancel[] = [];
  const queue = [...answers];
  const cancel = async (effect: EffectToCancel) => {
    asked.push(effect);
    const answer = queue.length === 0 ? "confirmed" : queue.shift();
    if (answer instanceof Error) throw answer;
    if (answer === "hang") return new Promise<never>(() => undefined);
    return answer as "confirmed";
  };
  return { asked, canceller: cancel, cancelPauseSeconds: 0.001, cancelSeconds: 0.05 };
}

/** Signed at the session's present second. */
export function resumes(
  { session, gateway }: Pick<Desk, "session" | "gateway">,
  person: string,
  role: string,
  rest: Parameters<typeof approvalText>[1] = {},
): Promise<string> {
  const { end } = session.state;
  const iat = Math.floor(gateway.time.now / 1000);
  const named = { envelope: end.envelope, session: end.session, transition: "resume" };
  return approvalText(person, { ...named, roles: [role], iat, exp: iat + 600, ...rest });
}

export { caller, pay, start };
