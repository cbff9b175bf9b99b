/** A token for a specimen in a scratch session: with everything done before it that has to be. */

import type { Session } from "../../../runtime/session/session.ts";
import type { SessionVerdict } from "../../../runtime/session/verdict.ts";
import type { ApprovalGiven } from "../../../schema/ledger.ts";
import { madeUpApproval, madeUpPeople } from "../approvals.ts";
import type { Scratch } from "../scratch.ts";
import { type Specimen, sourcesOf } from "./specimens.ts";

export interface Allowed {
  readonly ok: true;
  readonly token: string;
  readonly verdict: SessionVerdict;
}

export type AllowedResult = Allowed | { readonly ok: false; readonly reason: string };

export type Specimens = ReadonlyMap<string, Specimen>;

export async function allow(scratch: Scratch, specimen: Specimen, all: Specimens): Promise<AllowedResult> {
  const prepared = await prepare(scratch, specimen, all, new Set([specimen.effect]));
  return prepared === undefined ? propose(scratch, specimen) : { ok: false, reason: prepared };
}

/** What has to be settled before. @returns why it cannot be */
async function prepare(
  scratch: Scratch,
  specimen: Specimen,
  all: Specimens,
  busy: ReadonlySet<string>,
): Promise<string | undefined> {
  for (const [key, [value]] of Object.entries(specimen.produced))
    if (value !== undefined) scratch.results.set(key, value);
  for (const effect of sourcesOf(specimen)) {
    const before = all.get(effect);
    if (before === undefined || busy.has(effect)) return `no call of \`${effect}\` can be made before it`;
    const missing = await prepare(scratch, before, all, new Set([...busy, effect]));
    if (missing !== undefined) return missing;
    const allowed = await propose(scratch, before);
    if (!allowed.ok) return allowed.reason;
    const redeemed = await scratch.guardOf(scratch.session).redeem(allowed.token, before.proposal);
    if (redeemed.outcome !== "executed") return `\`${effect}\` was not executed before it`;
  }
  return undefined;
}

async function propose({ session, bench, time }: Scratch, { effect, proposal }: Specimen): Promise<AllowedResult> {
  const caller = { principal: bench.evaluator.envelope.principal, justification: "self-check" };
  let verdict = await session.propose(proposal, caller);
  if (verdict.verdict === "hold") {
    const roles = bench.evaluator.envelope.effects[effect]?.approval?.roles ?? [];
    for (const { id } of verdict.violations)
      for (const person of madeUpPeople(bench.evaluator.envelope.effects[effect]?.approval?.keys ?? 2))
        await lift(
          session,
          madeUpApproval(person, roles, { bound: id, proposalHash: String(verdict.proposalHash) }, time.now),
        );
    verdict = await session.propose(proposal, caller);
  }
  if (verdict.token !== null) return { ok: true, token: verdict.token, verdict };
  const reasons = verdict.violations.map(({ id, code }) => `${code} ${id}`).join(", ");
  return { ok: false, reason: `a call of \`${effect}\` is answered with ${verdict.verdict}: ${reasons}` };
}

/** As the ledger takes it; who signed what is not looked at in a ledger that ends with this process. */
function lift(session: Session, body: ApprovalGiven): Promise<unknown> {
  return session.record((at) => ({ type: "approval", at, body }));
}
