/** Approvals: a person's word for exactly one thing, for a time. */
import { describe, expect, test } from "vitest";
import { type ApprovalContext, type ApprovalDenial, verifyApproval } from "../../runtime/people/approval.ts";
import { signApproval, signPeopleDocument } from "../../runtime/people/sign.ts";
import { sha256 } from "../../schema/json/canonical.ts";
import type { ApprovalPayload } from "../../schema/people.ts";
import { keyPair } from "../authority/key-pairs.ts";
import { approvalText, envelope, now, payload, peopleOf, registered } from "./people.ts";

const people = await peopleOf(
  registered("ann", ["risk", "desk"]),
  registered("retired", ["risk"], { revokedAt: "2024-03-01T12:00:00Z" }),
  registered("leaving", ["risk"], { revokedAt: "2024-03-01T12:30:00Z" }),
  registered("newcomer", ["risk"], { from: "2024-03-01T11:59:30Z" }),
);
const context: ApprovalContext = { envelope, session: "s1", now };
const iat = now / 1000 - 60;

async function denial(text: string, where: Partial<ApprovalContext> = {}): Promise<ApprovalDenial | undefined> {
  const verified = await verifyApproval(text, people, { ...context, ...where });
  return verified.ok ? undefined : verified.code;
}

interface Attack {
  readonly given: string;
  readonly by?: string;
  readonly change?: { readonly [K in keyof ApprovalPayload]?: unknown };
  readonly where?: Partial<ApprovalContext>;
  readonly want: ApprovalDenial;
}

const hash = sha256("a proposal");

const attacks: readonly Attack[] = [
  { given: "somebody who is not in the registry", by: "mallory", want: "APPROVAL_KEY" },
  { given: "a key that is revoked, though it signed before", by: "retired", want: "APPROVAL_KEY" },
  { given: "a key that will be revoked before the approval ends", by: "leaving", want: "APPROVAL_KEY" },
  { given: "a key that did not count yet when it signed", by: "newcomer", want: "APPROVAL_KEY" },
  { given: "a role that the person does not have", change: { roles: ["risk", "treasurer"] }, want: "APPROVAL_ROLE" },
  { given: "another envelope", change: { envelope: sha256("another") }, want: "APPROVAL_ENVELOPE" },
  { given: "another session", change: { session: "s2" }, want: "APPROVAL_SESSION" },
  {
    given: "a session, where there is none yet",
    change: { session: "s1" },
    where: { session: undefined },
    want: "APPROVAL_SESSION",
  },
  { given: "a time to come", change: { iat: now / 1000 + 1 }, want: "APPROVAL_NOT_YET_VALID" },
  { given: "a time that is over", change: { exp: now / 1000 }, want: "APPROVAL_EXPIRED" },
  { given: "an end before its beginning", change: { exp: iat }, want: "APPROVAL_MALFORMED" },
  { given: "no end", change: { exp: undefined }, want: "APPROVAL_MALFORMED" },
  { given: "no roles", change: { roles: [] }, want: "APPROVAL_MALFORMED" },
  {
    given: "a bound and a transition",
    change: { bound: "effects/pay/approval", proposalHash: hash },
    want: "APPROVAL_MALFORMED",
  },
  {
    given: "a bound of any proposal",
    change: { transition: undefined, bound: "effects/pay/approval" },
    want: "APPROVAL_MALFORMED",
  },
  {
    given: "a proposal without a bound",
    change: { transition: undefined, proposalHash: hash },
    want: "APPROVAL_MALFORMED",
  },
  { given: "a transition of one proposal", change: { proposalHash: hash }, want: "APPROVAL_MALFORMED" },
  { given: "nothing", change: { transition: undefined }, want: "APPROVAL_MALFORMED" },
  {
    given: "a bound that nobody may lift",
    change: { transition: undefined, bound: "effects/pay/per_call/amount", proposalHash: hash },
    want: "APPROVAL_MALFORMED",
  },
  { given: "a transition that there is not", change: { transition: "anything" }, want: "APPROVAL_MALFORMED" },
  { given: "a word that is neither yes nor no", change: { decision: "perhaps" }, want: "APPROVAL_MALFORMED" },
  { given: "a member of its own", change: Object.fromEntries([["limit", 5]]), want: "APPROVAL_MALFORMED" },
];

describe("an approval is refused", () => {
  test.each(attacks)("with $given: $want", async ({ by = "ann", change = {}, where = {}, want }) => {
    expect(await denial(await approvalText(by, change), where)).toBe(want);
  });

  test.each(Object.keys(payload({ session: "s1" })))("with another `%s` than was signed", async (member) => {
    const file = JSON.parse(await approvalText("ann", { session: "s1", decision: "refuse" }));
    const others: Record<string, unknown> = {
      envelope: sha256("x"),
      session: "s2",
      transition: "resume",
      decision: "approve",
      roles: ["desk"],
      iat: iat - 1,
      exp: iat + 9_999,
    };
    file.approval[member] = others[member];
    expect(await denial(JSON.stringify(file))).toBe("APPROVAL_SIGNATURE");
  });

  test("with the name of somebody else over one's own signature", async () => {
    const { signer } = await keyPair("mallory");
    expect(await denial(await signApproval({ ...signer, kid: "ann" }, payload()))).toBe("APPROVAL_SIGNATURE");
  });

  test("with two signatures, both good: one person signs one approval", async () => {
    const { signatures } = JSON.parse(await approvalText("ann")).jws;
    const wider = await peopleOf(registered("ann", ["risk"]), registered("bob", ["risk"]));
    const text = await signPeopleDocument((await keyPair("bob")).signer, "approval", payload(), signatures);
    expect(await verifyApproval(text, wider, context)).toMatchObject({ ok: false, code: "APPROVAL_SIGNATURE" });
  });

  test("with a signature that was made for a registry", async () => {
    const file = JSON.parse(await approvalText("ann"));
    const header = { alg: "EdDSA", kid: "ann", typ: "ambit-registry+jws" };
    file.jws.signatures[0].protected = Buffer.from(JSON.stringify(header)).toString("base64url");
    expect(await denial(JSON.stringify(file))).toBe("APPROVAL_SIGNATURE");
  });

  test.each(["", "null", "[]", '{"approval":null,"jws":null}', '{"approval":{},"approval":{},"jws":{}}', "\ud800"])(
    "that is %j",
    async (text) => expect(await denial(text)).toBe("APPROVAL_MALFORMED"),
  );

  test.each([undefined, null, 1, {}, { signatures: [] }, { signatures: [{}] }])(
    "with the signatures %j",
    async (jws) => {
      const file = JSON.parse(await approvalText("ann"));
      expect(await denial(JSON.stringify({ ...file, jws }))).toBe("APPROVAL_MALFORMED");
    },
  );
});

describe("an approval is taken", () => {
  test("as the body of its record", async () => {
    const change = { transition: undefined, bound: "effects/pay/approval", proposalHash: hash, session: "s1" };
    const text = await approvalText("ann", change);
    const verified = await verifyApproval(text, people, context);
    const { bound, proposalHash, decision, roles, exp } = payload(change);
    const body = { kid: "ann", person: "ann", bound, proposalHash, decision, roles, iat, exp };
    expect(verified).toMatchObject({ ok: true, approval: body });
    // What is recorded verifies again, and is the same approval whatever its layout was.
    const again = verified.ok ? await verifyApproval(verified.approval.jws, people, context) : verified;
    expect(again).toEqual(verified);
  });

  test("in every session, where it names none", async () => {
    expect(await denial(await approvalText("ann"), { session: "s2" })).toBeUndefined();
  });

  test("from its first second to its last", async () => {
    const text = await approvalText("ann");
    expect(await denial(text, { now: iat * 1000 })).toBeUndefined();
    expect(await denial(text, { now: (iat + 3600) * 1000 - 1 })).toBeUndefined();
  });

  test("though its key will be revoked, but later", async () => {
    expect(await denial(await approvalText("leaving", { exp: Date.UTC(2024, 2, 1, 12, 30) / 1000 }))).toBeUndefined();
  });
});
