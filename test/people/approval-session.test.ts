/** An approval is used once: what lifts a bound names its session, so that it counts in no second ledger. */
import { expect, test } from "vitest";
import { type ApprovalContext, verifyApproval } from "../../runtime/people/approval.ts";
import { caller, pay } from "../session/gateway.ts";
import { ann, openAsking, peopleOf, word } from "../session/holds.ts";
import { approvalText, envelope, now, registered, peopleOf as registryOf } from "./people.ts";

const people = await registryOf(registered("ann", ["risk"]));
const hash = `sha256:${"1".repeat(64)}`;
const ofBound = { transition: undefined, bound: "effects/pay/approval", proposalHash: hash };
const context: ApprovalContext = { envelope, session: "s1", now };

async function codeOf(change: object, where: Partial<ApprovalContext> = {}): Promise<string | undefined> {
  const verified = await verifyApproval(await approvalText("ann", change), people, { ...context, ...where });
  return verified.ok ? undefined : verified.code;
}

test("of a bound without a session is of no session", async () => {
  expect(await codeOf(ofBound)).toBe("APPROVAL_SESSION");
  expect(await codeOf({ ...ofBound, decision: "refuse" })).toBe("APPROVAL_SESSION");
  expect(await codeOf({ ...ofBound, session: "s1" })).toBeUndefined();
});

test("of a transition may name none: an activation has no session yet", async () => {
  expect(await codeOf({})).toBeUndefined();
  expect(await codeOf(ofBound, { session: undefined })).toBeUndefined();
});

test("that an older ledger holds stays what it was", async () => {
  expect(await codeOf(ofBound, { isPast: true })).toBeUndefined();
});

test("given in one ledger counts in no other one of the same envelope", async () => {
  const one = await openAsking({ approval: { keys: 1, roles: ["risk"] } });
  const other = await openAsking({ approval: { keys: 1, roles: ["risk"] } }, {});
  const held = await one.session.propose(pay("1.00"), caller);
  expect(held.verdict).toBe("hold");
  await other.session.propose(pay("1.00"), caller);
  const everywhere = await word(one, "ann", held.proposalHash, { session: undefined });
  for (const { session } of [one, other])
    expect(await session.approve(everywhere, await peopleOf(ann))).toMatchObject({
      outcome: "denied",
      code: "APPROVAL_SESSION",
    });
  const here = await word(one, "ann", held.proposalHash);
  expect(await one.session.approve(here)).toMatchObject({ outcome: "appended" });
  expect(await one.session.propose(pay("1.00"), caller)).toMatchObject({ verdict: "allow" });
});
