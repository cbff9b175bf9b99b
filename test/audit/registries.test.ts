/** An audit judges approvals by the people whose word counted then, and believes no registry that nobody has signed. */
import { describe, expect, test } from "vitest";
import { readEnvelope } from "../../compiler/read/read.ts";
import { LedgerAudit } from "../../runtime/audit/ledger-audit.ts";
import type { AuditOptions } from "../../runtime/audit/session-audit.ts";
import { signPeopleDocument } from "../../runtime/people/sign.ts";
import { canonicalJson } from "../../schema/json/canonical.ts";
import type { RegisteredKey } from "../../schema/people.ts";
import { keyPair } from "../authority/key-pairs.ts";
import { registered, ringOf, trusted } from "../people/people.ts";
import { caller, pay } from "../session/gateway.ts";
import { ann, bob, openAsking, peopleOf, word } from "../session/holds.ts";

async function audited(gateway: Awaited<ReturnType<typeof openAsking>>, trust: Partial<AuditOptions>) {
  const audit = new LedgerAudit({ readEnvelope: (document) => readEnvelope(document).envelope, ...trust });
  for (const [i, record] of (await gateway.records()).entries())
    await audit.take({ text: canonicalJson(record), line: i + 1 });
  for await (const { problems } of audit.finished()) return problems.map(({ code, seq }) => `${code} ${seq}`);
  throw new Error("no session was audited");
}

/** Approved by ann, whose key is replaced, and then by her new one. */
async function rotated() {
  const gateway = await openAsking({ approval: { keys: 1, roles: ["risk"] } });
  const { session } = gateway;
  for (const [amount, name] of [
    ["5.00", "ann"],
    ["4.00", "ann-2"],
  ] as const) {
    if (name === "ann-2")
      await session.usePeople(await peopleOf({ ...registered("ann-2", ["risk"]), person: "ann" }, bob));
    const { proposalHash } = await session.propose(pay(amount), caller);
    expect(await session.approve(await word(gateway, name, proposalHash))).toMatchObject({ outcome: "appended" });
    expect(await session.propose(pay(amount), caller)).toMatchObject({ verdict: "allow" });
  }
  return gateway;
}

describe("a rotation", () => {
  test("is judged by the registries that the ledger names, where their signers are known", async () => {
    expect(await audited(await rotated(), { registrars: trusted })).toEqual([]);
  });

  test("is not judged by registries whose signers are not known", async () => {
    expect(await audited(await rotated(), { people: await peopleOf(ann, bob) })).toContain("SIGNATURE_WRONG 8");
  });

  test("by a registry that somebody else has signed is found", async () => {
    const { key } = await keyPair("nobody");
    expect(await audited(await rotated(), { registrars: ringOf(key) })).toEqual([
      "SIGNATURE_WRONG 2",
      "SIGNATURE_WRONG 6",
    ]);
  });
});

describe("without a registry of the auditor's own", () => {
  test("a resumption is judged by the registry in force at its record, where its signers are known", async () => {
    const risk = registered("ann", ["risk"]);
    const resumedBy = async (...then: readonly RegisteredKey[]) => {
      const gateway = await openAsking();
      const { session } = gateway;
      await session.usePeople(await peopleOf(risk, registered("olga", ["operator"])));
      await session.record((at) => ({ type: "halted", at, body: { breaker: "b", action: "halt" } }));
      if (then.length > 0) await session.usePeople(await peopleOf(...then));
      const rest = { bound: undefined, proposalHash: undefined, transition: "resume", roles: ["operator"] } as const;
      const approvals = [await word(gateway, "olga", null, { ...rest, roles: [...rest.roles] })];
      const told = await session.record((at) => ({ type: "resumed", at, body: { approvals } }));
      if (told.outcome !== "appended") throw new Error(JSON.stringify(told));
      // Whatever comes afterwards: the word counted then.
      await session.usePeople(await peopleOf(bob, risk));
      return gateway;
    };
    expect(await audited(await resumedBy(), { registrars: trusted })).toEqual([]);
    const dismissed = await resumedBy(registered("olga", ["desk"]), risk);
    expect(await audited(dismissed, { registrars: trusted })).toEqual(["SIGNATURE_WRONG 6"]);
    expect(await audited(dismissed, {})).toEqual([]);
    const people = await peopleOf(bob);
    // Nobody has signed the activation.
    expect(await audited(await resumedBy(), { registrars: trusted, people })).toEqual(["SIGNATURE_WRONG 1"]);
    expect(await audited(await resumedBy(), { people })).toEqual(["SIGNATURE_WRONG 1", "SIGNATURE_WRONG 5"]);
  });
});

test("a registry under another digest, or none at all, does not come into force", async () => {
  const gateway = await openAsking();
  const { signer } = await keyPair("office-1");
  const text = canonicalJson(JSON.parse(await signPeopleDocument(signer, "registry", { keys: [bob] })));
  const people = (registry: string, digest: string) =>
    gateway.session.record((at) => ({ type: "people", at, body: { registry, digest } }));
  const inconsistent = { outcome: "refused", problem: { code: "RECORD_INCONSISTENT" } };
  expect(await people(text, `sha256:${"0".repeat(64)}`)).toMatchObject(inconsistent);
  expect(await people("{}", `sha256:${"0".repeat(64)}`)).toMatchObject(inconsistent);
  expect(await people(text, (await peopleOf(bob)).digest)).toMatchObject({ outcome: "appended" });
});
