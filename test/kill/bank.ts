/** A gateway with its guard, whose tool does what a test says. */
import { guard } from "../../runtime/guard/guard.ts";
import type { AllowedCall, ToolReport } from "../../runtime/guard/tools.ts";
import { audience, caller, type Gateway, issuer, keys, openGateway, pay } from "../session/gateway.ts";

export interface Bank {
  readonly gateway: Gateway;
  /** How many payments were begun. */
  readonly paid: () => number;
  readonly allowed: (amount?: string) => Promise<string>;
  readonly redeem: (token: string, amount?: string) => Promise<Awaited<ReturnType<ReturnType<typeof guard>["redeem"]>>>;
}

export async function openBank(
  options: Parameters<typeof openGateway>[0] = {},
  during: (call: AllowedCall, gateway: Gateway) => ToolReport | Promise<ToolReport> = () => ({ result: { id: "p-1" } }),
): Promise<Bank> {
  const gateway = await openGateway(options);
  const { session, time } = gateway;
  let paid = 0;
  const tools = {
    "bank.pay": (_: unknown, call: AllowedCall) => {
      paid += 1;
      return during(call, gateway);
    },
  };
  const executor = guard({ session, keys, issuer, audience, clock: () => time.now, tools });
  return {
    gateway,
    paid: () => paid,
    async allowed(amount = "1.00") {
      const answer = await session.propose(pay(amount), caller);
      if (answer.token === null) throw new Error(`no allow: ${JSON.stringify(answer.violations)}`);
      return answer.token;
    },
    redeem: (token, amount = "1.00") => executor.redeem(token, pay(amount)),
  };
}
