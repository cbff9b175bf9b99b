/** A bank behind a gateway, and an agent who wants what it was not given. */
import { type Guard, guard } from "../../runtime/guard/guard.ts";
import { audience, caller, document, type Gateway, issuer, keys, openGateway } from "../session/gateway.ts";

export interface Bank {
  readonly gateway: Gateway;
  readonly guard: Guard;
  /** What the tools were told to do: the effects in the world. */
  readonly done: unknown[];
  /** Proposes, and redeems what it gets: all that an agent can do. @returns how it ended */
  readonly attempt: (proposal: object) => Promise<string>;
}

export async function openBank(envelope = document()): Promise<Bank> {
  const gateway = await openGateway({ envelope });
  const done: unknown[] = [];
  const act = (args: unknown) => {
    done.push(args);
    return { result: { id: `p-${done.length}` } };
  };
  const tools = { "bank.pay": act, "bank.cancel": act, "bank.close_account": act, "vault.read": act };
  const own = guard({ session: gateway.session, keys, issuer, audience, clock: () => gateway.time.now, tools });
  const attempt = async (proposal: object) => {
    const text = JSON.stringify(proposal);
    const { verdict, code, token } = await gateway.session.propose(text, caller);
    const redeemed = await own.redeem(token, text);
    return redeemed.outcome === "denied" ? `${verdict} ${code ?? redeemed.denial.code}` : redeemed.outcome;
  };
  return { gateway, guard: own, done, attempt };
}

export const payment = (payee: string, amount: string) => ({ tool: "bank.pay", args: { payee, amount } });
