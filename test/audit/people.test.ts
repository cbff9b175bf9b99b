/** What people and executors have signed, judged by an audit: forged words are found, honest ones stand whatever happened to the keys later. */
import { describe, expect, test } from "vitest";
import { readEnvelope } from "../../compiler/read/read.ts";
import { LedgerAudit } from "../../runtime/audit/ledger-audit.ts";
import type { AuditOptions, SessionReport } from "../../runtime/audit/session-audit.ts";
import type { Receipt } from "../../runtime/authority/token/documents.ts";
import { signReceipt } from "../../runtime/authority/token/receipt.ts";
import { sealFirst } from "../../runtime/ledger/chain/seal.ts";
import type { Entry } from "../../runtime/ledger/record.ts";
import { verifyApproval } from "../../runtime/people/approval.ts";
import { activated, bothApprove, executing, issuers, now, registry } from "../activation/desk.ts";
import { keyPair } from "../authority/key-pairs.ts";
import { entry, type Later } from "../ledger/entries.ts";
import { approvalText, peopleOf, registered, ringOf, trusted } from "../people/people.ts";
import { begin, type Gateway, openGateway, tokenOf } from "./ledgers.ts";

async function audit(texts: readonly string[], trust: Partial<AuditOptions>): Promise<SessionReport> {
  const options = { readEnvelope: (text: string) => readEnvelope(text).envelope, ...trust };
  const ledger = new LedgerAudit(options);
  for (const [i, text] of texts.entries()) await ledger.take({ text, line: i + 1 });
  for await (const report of ledger.finished()) return report;
  throw new Error("no session");
}

const codes = ({ problems }: SessionReport) => problems.map(({ code, seq }) => `${code} ${seq}`);
const textsOf = ({ chain }: Gateway) => chain.map(({ text }) => text);

const ann = registered("ann", ["risk"]);
const bob = registered("bob", ["desk", "risk"]);
const carl = registered("carl", ["risk"]);
const people = await peopleOf(ann, bob, carl);
const operators = await peopleOf(
  ann,
  registered("bob", ["desk", "risk", "operator"]),
  carl,
  registered("agent:payer", ["operator"]),
);
const iat = begin / 1000 + 1;

/** Stopped by record 2, and again by record 4 where there are more resumptions. */
async function resumed(
  given: readonly (readonly string[])[],
  stop = incident,
  reason: { readonly reason?: string } = { reason: "all is well" },
): Promise<readonly string[]> {
  const gateway = openGateway("env_resumed");
  for (const [i, texts] of given.entries()) {
    const at = begin + 2_000 * i;
    gateway.append(stop(at + 1_000));
    gateway.append(entry("resumed", at + 2_000, { approvals: [...texts], ...reason }));
  }
  return textsOf(gateway);
}

const incident = (at: number): Entry<Later> => entry("incident", at, { code: "OVERSPENT", message: "", freezes: true });
const halt = (at: number): Entry<Later> => entry("halted", at, { breaker: "loss", action: "halt" });

const { envelopeDigest: envelope } = openGateway("env_resumed").evaluator;
const session = openGateway("env_resumed").chain[0]!.record.session;
const resume = (person: string, role: string, rest: Parameters<typeof approvalText>[1] = {}) =>
  approvalText(person, { envelope, session, transition: "resume", roles: [role], iat, exp: iat + 3600, ...rest });
const operator = await resume("bob", "operator");
const good = [await resume("ann", "risk"), operator];

const foul: readonly (readonly [by: string, wanted: string, approvals: readonly string[]])[] = [
  ["words that nobody signed", "SIGNATURE_WRONG 3", ["please"]],
  ["one operator", "SIGNATURE_MISSING 3", [operator]],
  ["one person in two roles", "SIGNATURE_MISSING 3", [await resume("bob", "risk"), operator]],
  [
    "two people who are no operators",
    "SIGNATURE_MISSING 3",
    [await resume("ann", "risk"), await resume("bob", "desk")],
  ],
  ["two, and one who refuses", "SIGNATURE_MISSING 3", [...good, await resume("carl", "risk", { decision: "refuse" })]],
  ["two, and a stranger", "SIGNATURE_WRONG 3", [...good, await resume("mallory", "desk")]],
  ["one of them twice", "SIGNATURE_WRONG 3", [...good, operator]],
  ["the agent himself", "SIGNATURE_MISSING 3", [await resume("ann", "risk"), await resume("agent:payer", "operator")]],
  [
    "approvals of another transition",
    "SIGNATURE_WRONG 3",
    [await resume("ann", "risk", { transition: "activate" }), operator],
  ],
  [
    "approvals of another envelope",
    "SIGNATURE_WRONG 3",
    [await resume("ann", "risk", { envelope: `sha256:${"0".repeat(64)}` }), operator],
  ],
  [
    "approvals of another session",
    "SIGNATURE_WRONG 3",
    [await resume("ann", "risk", { session: "another" }), operator],
  ],
  ["approvals of any session", "SIGNATURE_WRONG 3", [await resume("ann", "risk", { session: undefined }), operator]],
  ["approvals from before it stopped", "SIGNATURE_WRONG 3", [await resume("ann", "risk", { iat: iat - 1 }), operator]],
  ["approvals that have expired", "SIGNATURE_WRONG 3", [await resume("ann", "risk", { exp: iat + 1 }), operator]],
];

describe("a resumption", () => {
  test("by two people in two roles, one of them an operator, stands", async () => {
    expect(codes(await audit(await resumed([good]), { people: operators }))).toEqual([]);
  });

  test("of a halt by one operator stands, and by nobody less", async () => {
    expect(codes(await audit(await resumed([[operator]], halt, {}), { people: operators }))).toEqual([]);
    const risk = [await resume("ann", "risk")];
    expect(codes(await audit(await resumed([risk], halt), { people: operators }))).toEqual(["SIGNATURE_MISSING 3"]);
  });

  test("of a freeze without a reason is found", async () => {
    expect(codes(await audit(await resumed([good], incident, {}), { people: operators }))).toEqual([
      "SIGNATURE_MISSING 3",
    ]);
  });

  test.each(foul)("by %s is found", async (_, wanted, approvals) => {
    expect(codes(await audit(await resumed([approvals]), { people: operators }))).toEqual([wanted]);
  });

  test("by approvals that have resumed it before is none", async () => {
    await expect(resumed([good, good])).rejects.toThrow("an approval has resumed the session before");
    const again = [await resume("ann", "risk", { iat: iat + 2 }), await resume("bob", "operator", { iat: iat + 2 })];
    expect(codes(await audit(await resumed([good, again]), { people: operators }))).toEqual([]);
  });

  test("is not verified where nobody says who the people are", async () => {
    expect(codes(await audit(await resumed([["please"]]), {}))).toEqual([]);
  });
});

describe("an activation", async () => {
  const approvals = await bothApprove(executing, "activate", "grant_flag");
  const got = await activated(executing, now, { registry, approvals });
  const page = got.outcome === "activated" ? await got.store.read(got.session, 1, 10) : undefined;
  const texts = page?.ok ? page.texts : [];
  const revokedAt = (at: number) => ({ revokedAt: new Date(at).toISOString() });

  test("stands by the registry that it names", async () => {
    const report = await audit(texts, { people, keys: issuers });
    expect([codes(report), report.notes]).toEqual([[], []]);
  });

  test("is judged by the registry in its record, where its signers are known and the auditor names no other", async () => {
    const trust = { registrars: trusted, keys: issuers };
    expect(codes(await audit(texts, trust))).toEqual([]);
    const forged = JSON.parse(texts[0]!);
    const words = forged.body.approvals as { jws: string; person: string; kid: string }[];
    const others = [...words.slice(1), { ...words[0], jws: words[1]!.jws }];
    const body = { ...forged.body, approvals: others };
    const { text: changed } = sealFirst({ type: "activated", at: forged.at, body }, forged.envelope);
    expect(codes(await audit([changed], trust))).toEqual(["SIGNATURE_WRONG 1"]);
    expect(codes(await audit([changed], { keys: issuers }))).toEqual([]);
  });

  test.each([
    { registry: "has more people", given: [ann, bob, registered("dora", ["desk"])] },
    { registry: "revoked a key later", given: [registered("ann", ["risk"], revokedAt(now + 1)), bob] },
  ])("stands by a later one that $registry, and the audit notes that it is another", async ({ given }) => {
    const report = await audit(texts, { people: await peopleOf(...given), keys: issuers });
    expect(report).toMatchObject({ findings: 0, notes: [{ code: "PEOPLE_OTHER", seq: 1 }] });
  });

  test("stands by a later one without somebody, who stands in the registry of the ledger, if its signers are known", async () => {
    const trust = { people: await peopleOf(bob), keys: issuers };
    expect(codes(await audit(texts, { ...trust, registrars: trusted }))).toEqual([]);
    const others = ringOf((await keyPair("nobody")).key);
    expect(codes(await audit(texts, { ...trust, registrars: others }))).toEqual(["SIGNATURE_WRONG 1"]);
  });

  test("falls with one that has revoked the key under another name, whatever the registry of the ledger says", async () => {
    const renamed = { ...registered("ann", ["risk"], { revokedAt: new Date(now).toISOString() }), kid: "ann-x" };
    const trust = { people: await peopleOf(renamed, bob), registrars: trusted, keys: issuers };
    expect(codes(await audit(texts, trust))).toEqual(["SIGNATURE_WRONG 1"]);
  });

  test.each([
    { registry: "has not one of the people", given: [bob] },
    { registry: "had revoked a key by then", given: [registered("ann", ["risk"], revokedAt(now)), bob] },
    { registry: "does not give one of them the role", given: [registered("ann", ["desk"]), bob] },
  ])("falls with one that $registry", async ({ given }) => {
    expect(codes(await audit(texts, { people: await peopleOf(...given) }))).toEqual(["SIGNATURE_WRONG 1"]);
  });
});

test("an approval stands though its key was revoked after it was recorded, and falls with one revoked before", async () => {
  const gateway = openGateway("env_approved");
  const bound = { bound: "effects/pay/approval", proposalHash: `sha256:${"1".repeat(64)}`, transition: undefined };
  const { envelopeDigest } = gateway.evaluator;
  const text = await approvalText("ann", { ...bound, envelope: envelopeDigest, iat, exp: iat + 3600 });
  const at = begin + 1_000;
  const verified = await verifyApproval(text, people, { envelope: envelopeDigest, session: undefined, now: at });
  if (!verified.ok) throw new Error(verified.message);
  gateway.append(entry("approval", at, verified.approval));
  const by = async (revokedAt: number) =>
    codes(
      await audit(textsOf(gateway), {
        people: await peopleOf(registered("ann", ["risk"], { revokedAt: new Date(revokedAt).toISOString() })),
      }),
    );
  expect(await by(at + 1)).toEqual([]);
  expect(await by(at)).toEqual(["SIGNATURE_WRONG 2"]);
});

test("an approval by the agent himself is found, whatever the registry calls him", async () => {
  const gateway = openGateway("env_own_approval");
  const { envelopeDigest, envelope } = gateway.evaluator;
  const bound = { bound: "effects/pay/approval", proposalHash: `sha256:${"1".repeat(64)}`, transition: undefined };
  const text = await approvalText(envelope.principal, { ...bound, envelope: envelopeDigest, iat, exp: iat + 3600 });
  const listed = await peopleOf(registered(envelope.principal, ["risk"]));
  const at = begin + 1_000;
  const verified = await verifyApproval(text, listed, { envelope: envelopeDigest, session: undefined, now: at });
  if (!verified.ok) throw new Error(verified.message);
  gateway.append(entry("approval", at, verified.approval));
  expect(codes(await audit(textsOf(gateway), { people: listed }))).toEqual(["SIGNATURE_WRONG 2"]);
});

describe("a receipt", async () => {
  const { signer, key } = await keyPair("executor");
  const executors = ringOf(key);

  /** What the receipt says, and what the record settles. */
  async function settled(
    said: Pick<Receipt, "outcome" | "amounts">,
    recorded: Pick<Receipt, "outcome" | "amounts">,
  ): Promise<readonly string[]> {
    const gateway = openGateway("env_receipt");
    gateway.append(entry("evidence", begin, { name: "perimeter", seenAt: begin }));
    const token = tokenOf(gateway.propose("pay", { payee: "ann", amount: "20.00" }, begin + 1));
    gateway.append(entry("consumed", begin + 2, token));
    const receipt = await signReceipt(signer, { jti: token.jti, at: begin + 3, ...said });
    gateway.append(entry("settled", begin + 3, { ...token, ...recorded, results: {}, metrics: [], receipt }));
    const report = await audit(textsOf(gateway), { executors });
    return codes(report).filter((code) => !code.endsWith(" 1"));
  }

  const spend = (amount: number) => ({ "budgets/spend": amount });
  test.each<readonly [what: string, said: Parameters<typeof settled>[0], recorded: Parameters<typeof settled>[1]]>([
    ["an unknown outcome in full", { outcome: "unknown", amounts: spend(1) }, { outcome: "unknown", amounts: {} }],
    ["what was spent", { outcome: "executed", amounts: spend(1) }, { outcome: "executed", amounts: spend(1) }],
    [
      "an unknown outcome as reserved",
      { outcome: "unknown", amounts: spend(2000) },
      { outcome: "unknown", amounts: spend(2000) },
    ],
  ])("charges %s", async (_, said, recorded) => {
    expect(await settled(said, recorded)).toEqual([]);
  });

  test.each<readonly [what: string, said: Parameters<typeof settled>[0], recorded: Parameters<typeof settled>[1]]>([
    ["less than it says", { outcome: "executed", amounts: spend(2) }, { outcome: "executed", amounts: spend(1) }],
    ["nothing of what it says", { outcome: "executed", amounts: spend(2) }, { outcome: "executed", amounts: {} }],
    [
      "less of an unknown outcome than it says",
      { outcome: "unknown", amounts: spend(2000) },
      { outcome: "unknown", amounts: {} },
    ],
    ["another outcome", { outcome: "not_executed", amounts: {} }, { outcome: "unknown", amounts: {} }],
  ])("is not what settles %s", async (_, said, recorded) => {
    expect(await settled(said, recorded)).toEqual(["SIGNATURE_WRONG 5"]);
  });
});

test.each(["[", '{"id":"x","n":1e400}', `{"n":${"[".repeat(5_000)}`])(
  "a signature over the document %j is wrong, and the audit goes on",
  async (document) => {
    const { chain } = openGateway("env_x", { document, signatures: ["{}"] });
    const report = await audit([chain[0]!.text], { keys: issuers });
    expect(codes(report)).toEqual(["ENVELOPE_UNREADABLE 1", "SIGNATURE_WRONG 1"]);
  },
);

test("a signature whose verification breaks down is wrong", async () => {
  const keys = {
    ...issuers,
    find: () => {
      throw new Error("no key store");
    },
  };
  const signatures = [JSON.stringify({ signatures: [{ protected: await headerOf(), signature: "AA" }] })];
  const { chain } = openGateway("env_x", { signatures });
  expect(codes(await audit([chain[0]!.text], { keys }))).toEqual(["SIGNATURE_WRONG 1"]);
});

async function headerOf(): Promise<string> {
  const text = JSON.stringify({ alg: "EdDSA", kid: "issuer-1", typ: "ambit-envelope+jws" });
  return Buffer.from(text).toString("base64url");
}
