/** One bill from the question to the settlement. What others were first with, or a store that is away, is tried again. */
import { setTimeout as delay } from "node:timers/promises";
import type { Redeemed } from "../../runtime/guard/guard.ts";
import type { SessionVerdict } from "../../runtime/session/verdict.ts";
import { type Bill, caller, proposalOf } from "./bills.ts";
import type { Teller } from "./teller.ts";

/** A proposal without an id that is tried again where nobody knows whether it was written is another proposal. */
const passing: readonly (string | null)[] = ["CONTENTION"];
const passingWithId: readonly (string | null)[] = ["CONTENTION", "STORE_UNAVAILABLE"];

export interface Manner {
  /** Under which the session knows the proposal. */
  readonly id?: string;
  /** Between the verdict and the redemption, so that others may come with the same token. */
  readonly hesitateMs?: number;
}

export async function payBill(teller: Teller, bill: Bill, { id, hesitateMs = 0 }: Manner = {}): Promise<void> {
  const proposal = proposalOf(bill, id);
  teller.write({ did: "ask", bill: bill.name });
  const answer = await askFor(teller, proposal, id === undefined ? passing : passingWithId);
  const { verdict, code, seq, token } = answer;
  const why = answer.violations[0]?.message ?? null;
  const jti = token === null ? null : tokenId(token);
  teller.write({ did: "hear", bill: bill.name, verdict, code, why, seq, jti });
  if (token === null || seq === null || jti === null) return;
  if (hesitateMs > 0) await delay(hesitateMs);
  const redeemed = await redeem(teller, token, proposal);
  if (redeemed.outcome === "denied") {
    const { code, seq } = redeemed.denial;
    return teller.write({ did: "bounce", bill: bill.name, code, seq });
  }
  await settle(teller, seq, jti, redeemed);
}

async function askFor(
  { session, write }: Teller,
  proposal: string,
  passing: readonly (string | null)[],
): Promise<SessionVerdict> {
  for (const wait = patience(); ; ) {
    const answer = await session.propose(proposal, caller);
    if (!passing.includes(answer.code)) return answer;
    write({ did: "retry", what: "propose", code: String(answer.code) });
    await wait(answer.code);
  }
}

async function redeem({ guard, write }: Teller, token: string, proposal: string): Promise<Redeemed> {
  for (const wait = patience(); ; ) {
    const redeemed = await guard.redeem(token, proposal);
    if (redeemed.outcome !== "denied" || !passingWithId.includes(redeemed.denial.code)) return redeemed;
    write({ did: "retry", what: "redeem", code: redeemed.denial.code });
    await wait(redeemed.denial.code);
  }
}

/** The guard's settlement may have been lost to others; the report is still there. */
async function settle(
  { session, reports, write }: Teller,
  seq: number,
  jti: string,
  redeemed: Exclude<Redeemed, { outcome: "denied" }>,
): Promise<void> {
  let { settled } = redeemed;
  const { outcome = "executed", ...report } = reports.get(jti) ?? { outcome: "unknown" };
  for (const wait = patience(); settled.outcome === "failed"; ) {
    write({ did: "retry", what: "settle", code: settled.fault.code });
    await wait(settled.fault.code);
    await session.refresh();
    settled = await session.settle(seq, jti, { ...report, outcome });
  }
  const how = settled.outcome === "refused" ? settled.problem.code : settled.outcome;
  write({ did: "settle", jti, outcome: how });
}

/** A server that was killed is back soon; what is away for long is broken. */
function patience(): (code: string | null) => Promise<void> {
  const deadline = Date.now() + 30_000;
  return async (code) => {
    if (Date.now() > deadline) throw new Error(`nothing but ${code}`);
    if (code === "STORE_UNAVAILABLE") await delay(5);
  };
}

function tokenId(token: string): string {
  const { jti } = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
  return jti;
}
