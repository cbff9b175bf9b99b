/** Ledgers that a dishonest gateway wrote, every hash in order: the audit finds what they hide. */
import { describe, expect, test } from "vitest";
import { readEnvelope } from "../../compiler/read/read.ts";
import { Findings } from "../../runtime/audit/finding.ts";
import { LedgerAudit } from "../../runtime/audit/ledger-audit.ts";
import type { AuditOptions, SessionReport } from "../../runtime/audit/session-audit.ts";
import { checkRedemption, validityOf } from "../../runtime/audit/validity.ts";
import { type Sealed, seal } from "../../runtime/ledger/chain/seal.ts";
import type { Entry } from "../../runtime/ledger/record.ts";
import type { Decided } from "../../schema/ledger.ts";
import { entry, type Later } from "../ledger/entries.ts";
import { begin, envelopeOf, type Gateway, longLife, openGateway, tokenOf } from "./ledgers.ts";

const options: AuditOptions = {
  readEnvelope: (document) => readEnvelope(document).envelope,
};

async function audit(...chains: readonly (readonly Sealed[])[]): Promise<readonly SessionReport[]> {
  const ledger = new LedgerAudit(options);
  let line = 0;
  for (const chain of chains) for (const { text } of chain) await ledger.take({ text, line: ++line });
  const reports: SessionReport[] = [];
  for await (const report of ledger.finished()) reports.push(report);
  const strays = ledger.end();
  return strays === undefined ? reports : [...reports, strays];
}

const codes = (reports: readonly SessionReport[]) =>
  reports.flatMap(({ problems }) => problems.map(({ code, seq }) => `${code} ${seq}`));

const pay = { payee: "ann", amount: "20.00" };
/** Evidence, and an allow as record 3. */
function begun(id = "env_forged"): Gateway {
  const gateway = openGateway(id);
  gateway.append(entry("evidence", begin, { name: "perimeter", seenAt: begin }));
  gateway.propose("pay", pay, begin + 1);
  return gateway;
}

/** A `decided` record with other members, in the place of the one that an honest gateway would write. */
function forge(change: (body: Decided) => Decided, honest = begun()): Gateway {
  const { record } = honest.chain.at(-1)!;
  if (record.type !== "decided") throw new Error(record.type);
  const gateway = openGateway("env_forged");
  gateway.append(entry("evidence", begin, { name: "perimeter", seenAt: begin }));
  gateway.force({ type: "decided", at: record.at, body: change(record.body) });
  return gateway;
}

const withState = (body: Decided, state: object): Decided => ({
  ...body,
  request: { ...body.request, state: { ...(body.request?.state as object), ...state } },
});
const metersOf = ({ request }: Decided) => (request?.state as { meters: object } | undefined)?.meters;
const withReservation = (body: Decided, change: object): Decided => ({
  ...body,
  reservation: { ...body.reservation!, ...change },
});

describe("time", () => {
  const second = 1_000;
  const expires = (expiresAt: number) => forge((body) => withReservation(body, { expiresAt }));

  test("a token that lives longer than an hour", async () => {
    expect(codes(await audit(expires(begin + 1 + 3_600 * second).chain))).toEqual([]);
    expect(codes(await audit(expires(begin + 2 + 3_600 * second).chain))).toEqual(["TOKEN_LIFETIME 3"]);
    expect(codes(await audit(expires(9e15).chain))).toEqual(["TOKEN_LIFETIME 3"]);
  });

  /** The envelope of the ledgers is valid from 2026-01-01T00:00:00Z to 2027-01-01T00:00:00Z, for 31,536,000 seconds: a year. */
  const redeemed = (at: number, validity: object) => {
    const document = JSON.parse(envelopeOf("env_forged"));
    Object.assign(document.validity, validity);
    const gateway = openGateway("env_forged", {}, undefined, JSON.stringify(document));
    gateway.append(entry("evidence", begin, { name: "perimeter", seenAt: begin }));
    const token = tokenOf(gateway.propose("pay", pay, begin + 1));
    gateway.append(entry("consumed", at, token));
    return gateway.chain;
  };

  test.each([
    { what: "the envelope has expired", validity: { expiresAt: "2026-01-01T12:00:10Z" } },
    { what: "the session has lasted its time", validity: { maxDurationSeconds: 10 } },
  ])("a redemption when $what", async ({ validity }) => {
    expect(codes(await audit(redeemed(begin + 10 * second - 1, validity)))).toEqual([]);
    expect(codes(await audit(redeemed(begin + 10 * second, validity)))).toEqual(["CONSUMED_OUTSIDE_VALIDITY 4"]);
  });

  test("a redemption before the envelope is valid", () => {
    const { evaluator, chain } = openGateway("env_forged");
    const { record } = seal(entry("consumed", begin, { decided: 1, jti: "x" }), chain[0]!.record, chain[0]!.record);
    if (record.type !== "consumed") throw new Error(record.type);
    const within = (notBefore: string) => {
      const findings = new Findings();
      const { validity, ...rest } = evaluator.envelope;
      const valid = validityOf({ ...rest, validity: { ...validity, notBefore } }, begin);
      checkRedemption(valid, { ...record, at: begin }, findings);
      return findings.count;
    };
    expect([within("2026-01-01T12:00:00Z"), within("2026-01-01T12:00:00.001Z")]).toEqual([0, 1]);
  });
});

test("an honest ledger has nothing against it", async () => {
  const [report] = await audit(longLife("env_honest", 300).chain);
  expect(report).toMatchObject({ findings: 0, problems: [], sound: report?.records, id: "env_honest" });
});

describe("found at its record is", () => {
  test.each<readonly [what: string, wanted: readonly string[], forged: Gateway]>([
    [
      "a meter that was set back",
      ["STATE_FORGED 3"],
      forge((body) => withState(body, { meters: { ...metersOf(body), "budgets/spend": 1 } })),
    ],
    [
      "evidence that nobody saw",
      ["STATE_FORGED 3"],
      forge((body) => withState(body, { evidence: { perimeter: begin + 1 } })),
    ],
    ["an approval that nobody gave", ["STATE_FORGED 3"], forge((body) => withState(body, { approvals: { x: 1 } }))],
    ["a fact left out", ["STATE_FORGED 3"], forge((body) => withState(body, { killed: undefined }))],
    [
      "a charge below the cost",
      ["CHARGES_FORGED 3"],
      forge((body) =>
        withReservation(body, { charges: { ...body.reservation!.charges, "budgets/spend": { amount: 1 } } }),
      ),
    ],
    [
      "a charge to another bucket",
      ["CHARGES_FORGED 3"],
      forge((body) =>
        withReservation(body, {
          charges: { ...body.reservation!.charges, "effects/pay/session/amount": { amount: 2000, bucket: '"bob"' } },
        }),
      ),
    ],
    ["a charge left out", ["CHARGES_FORGED 3"], forge((body) => withReservation(body, { charges: {} }))],
    ["the token of another place", ["TOKEN_FOREIGN 3"], forge((body) => withReservation(body, { jti: "x" }))],
    ["another policy", ["POLICY_CHANGED 3"], forge((body) => ({ ...body, policy: `sha256:${"0".repeat(64)}` }))],
    [
      "a request under another envelope",
      ["REQUEST_FOREIGN 3"],
      forge((body) => ({ ...body, request: { ...body.request, envelope: `sha256:${"0".repeat(64)}` } })),
    ],
    [
      "a request without fields",
      ["REQUEST_FOREIGN 3"],
      forge((body) => ({ ...body, request: { ...body.request, fields: null } })),
    ],
  ])("%s", async (_, wanted, { chain }) => {
    expect(codes(await audit(chain))).toEqual(wanted);
  });

  test("an allow beyond the budget", async () => {
    const gateway = begun();
    gateway.propose("pay", { payee: "ann", amount: "40.00" }, begin + 2);
    const denied = gateway.propose("pay", { payee: "ann", amount: "0.01" }, begin + 3);
    expect(denied.record.body).toMatchObject({ verdict: "deny" });
    const charges = { "effects/pay/session/amount": { amount: 1, bucket: '"ann"' } };
    const forged: Entry<Later> = {
      type: "decided",
      at: begin + 4,
      body: {
        ...(denied.record.body as Decided),
        verdict: "allow",
        violations: [],
        request: { ...(denied.record.body as Decided).request, now: begin + 4 },
        reservation: { jti: "x", expiresAt: begin + 10, charges },
      },
    };
    gateway.force(forged);
    expect(codes(await audit(gateway.chain))).toContain("OVERSPENT 6");
  });

  test.each<
    readonly [what: string, wanted: string, later: (token: ReturnType<typeof tokenOf>) => readonly Entry<Later>[]]
  >([
    [
      "a double consumption",
      "CONSUMED_TWICE 5",
      (token) => [entry("consumed", begin + 2, token), entry("consumed", begin + 2, token)],
    ],
    [
      "a consumption after the kill",
      "CONSUMED_AFTER_KILL 5",
      (token) => [entry("killed", begin + 2, { signal: "k" }), entry("consumed", begin + 2, token)],
    ],
    ["a clock that goes back", "CLOCK_REGRESSION 4", (token) => [entry("consumed", begin, token)]],
  ])("%s, by the fold and beside it", async (_, wanted, later) => {
    const gateway = begun();
    for (const each of later(tokenOf(gateway.chain.at(-1)!))) gateway.force(each);
    expect(codes(await audit(gateway.chain))).toContain(wanted);
  });

  test("a document that is another envelope, or none", async () => {
    const other = openGateway("env_a", { document: openGateway("env_b").document });
    expect(codes(await audit(other.chain))).toEqual(["ENVELOPE_MISMATCH 1"]);
    const wider = openGateway("env_a", { document: envelopeOf("env_a", 5) });
    expect(codes(await audit(wider.chain))).toEqual(["ENVELOPE_MISMATCH 1"]);
    const renamed = openGateway("env_a", { id: "env_c" });
    expect(codes(await audit(renamed.chain))).toEqual(["ENVELOPE_MISMATCH 1"]);
    expect(codes(await audit(openGateway("env_a", { document: "{}" }).chain))).toEqual(["ENVELOPE_UNREADABLE 1"]);
  });

  test("one envelope activated in two sessions", async () => {
    const [one, two] = [openGateway("env_a"), openGateway("env_a", { signatures: ["x"] })];
    expect(codes(await audit(one.chain, two.chain))).toEqual(["ENVELOPE_REPEATED 1"]);
  });
});

test("what stands after a break is counted and not believed", async () => {
  const { chain } = longLife("env_broken", 60);
  const [report] = await audit(chain.toSpliced(30, 1));
  expect(report).toMatchObject({ records: chain.length - 1, sound: 30, findings: 1 });
  expect(report?.problems).toMatchObject([{ code: "CHAIN_BROKEN", seq: 31 }]);
});
