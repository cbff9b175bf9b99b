/** Lets effects happen as fast as it can, until it is denied. */
import { guard } from "../../../runtime/guard/guard.ts";
import { billOf, caller, proposalOf, tool } from "../../races/bills.ts";
import { audience, issuer, nanoseconds, takePart } from "./member.ts";
import type { Setting } from "./orders.ts";

const setting: Setting = JSON.parse(process.argv[2] ?? "");
let bills = 0;

await takePart(setting, async (session, { clock, keys }) => {
  const begun: string[] = [];
  const tools = {
    [tool]: (_: unknown, { jti }: { readonly jti: string }) => {
      begun.push(nanoseconds());
      return { result: { id: jti } };
    },
  };
  const executor = guard({ session, keys, issuer, audience, clock, tools });
  for (;;) {
    bills += 1;
    const proposal = proposalOf(billOf(`${process.pid}-${bills}`));
    const { token, code } = await session.propose(proposal, caller);
    const redeemed = token === null ? undefined : await executor.redeem(token, proposal);
    const end = redeemed === undefined ? code : redeemed.outcome === "denied" ? redeemed.denial.code : null;
    if (end === "KILLED") return { did: "act", begun, end };
    if (end !== null && end !== "CONTENTION") throw new Error(`denied: ${end}`);
  }
});
