/** Whose keys let a session go on: those that the host names and those of the ledger, never one of them alone (SPEC §9, §10). */
import { expect, test } from "vitest";
import { peopleOf, registered } from "../people/people.ts";
import { caller, pay, start } from "../session/gateway.ts";
import { type Bank, bothApprove, forceResumption, openBank, resumeText } from "./desk.ts";

const others = [registered("bob", ["risk"]), registered("carol", ["operator"])];
const older = await peopleOf(registered("ann", ["operator"]), ...others);
const revokedAt = new Date(start + 1_000).toISOString();
const retired = registered("ann", ["operator"], { revokedAt });
const newer = await peopleOf(retired, ...others);

/** A session that is frozen, in whose ledger the newer registry is in force: Ann has been revoked. */
async function frozen(): Promise<Bank> {
  const bank = await openBank({ approvals: bothApprove });
  const { session, gateway } = bank;
  expect(await session.usePeople(older)).toMatchObject({ outcome: "appended" });
  gateway.time.now += 2_000;
  expect(await session.usePeople(newer)).toMatchObject({ outcome: "appended" });
  await session.record((at) => ({ type: "incident", at, body: { code: "X", message: "x", freezes: true } }));
  gateway.time.now += 2_000;
  return bank;
}

const signedBy = async (operator: string, bank: Bank) => [
  await resumeText(operator, "operator", bank),
  await resumeText("bob", "risk", bank),
];
const escalation = { code: "ESCALATION_WITHOUT_TWO_KEYS", freezes: true };

test("a registry that the ledger refuses is not believed either", async () => {
  const bank = await frozen();
  expect(await bank.session.usePeople(older)).toMatchObject({ problem: { code: "PEOPLE_ROLLED_BACK" } });
  await forceResumption(bank, await signedBy("ann", bank), "go on");
  expect(await bank.session.propose(pay("1.00"), caller)).toMatchObject({ code: "SESSION_NOT_ACTIVE" });
  expect(await bank.incidents()).toMatchObject([{ code: "X" }, escalation]);
});

test("a key that the ledger has revoked lets nothing go on, whatever registry a session is opened with", async () => {
  const bank = await frozen();
  await forceResumption(bank, await signedBy("ann", bank), "go on");
  const late = await bank.gateway.reopen({ people: older });
  expect(late.state.phase).toBe("frozen");
  expect(await bank.incidents()).toMatchObject([{ code: "X" }, escalation]);
});

test("a key that the host has revoked lets nothing go on, whatever the ledger says", async () => {
  const bank = await frozen();
  await forceResumption(bank, await signedBy("carol", bank), "go on");
  const people = await peopleOf(retired, registered("bob", ["risk"]), registered("carol", ["operator"], { revokedAt }));
  expect((await bank.gateway.reopen({ people })).state.phase).toBe("frozen");
});

test("a registry that the ledger refuses takes no other one's place", async () => {
  const bank = await frozen();
  const people = await peopleOf(retired, registered("bob", ["risk"]), registered("carol", ["operator"], { revokedAt }));
  const late = await bank.gateway.reopen({ people });
  expect(await late.usePeople(older)).toMatchObject({ problem: { code: "PEOPLE_ROLLED_BACK" } });
  await forceResumption(bank, await signedBy("carol", bank), "go on");
  expect(await late.propose(pay("1.00"), caller)).toMatchObject({ code: "SESSION_NOT_ACTIVE" });
});

test("keys that are good by both let it go on", async () => {
  const bank = await frozen();
  await forceResumption(bank, await signedBy("carol", bank), "go on");
  const late = await bank.gateway.reopen({ people: newer });
  expect(await late.propose(pay("1.00"), caller)).toMatchObject({ verdict: "allow" });
});

test("what is read while another registry is put in force is judged by that one already", async () => {
  const bank = await frozen();
  await forceResumption(bank, await signedBy("carol", bank), "go on");
  const people = await peopleOf(retired, registered("bob", ["risk"]), registered("carol", ["operator"], { revokedAt }));
  await bank.session.usePeople(people);
  expect(bank.session.state.phase).toBe("frozen");
});
