/** What was refused can be shown to have been refused: every denial is in the ledger, and can be proven to be. */
import { describe, expect, test } from "vitest";
import { proveRecord } from "../../runtime/ledger/checkpoint/prove-record.ts";
import { verifyRecordProof } from "../../runtime/ledger/checkpoint/record-proof.ts";
import { keyPair } from "../authority/key-pairs.ts";
import { caller, type Gateway, issuer, openGateway, pay, signers } from "../session/gateway.ts";

const settings = { gateway: issuer, signers: [signers.gateway] };
const bytesOf = (text: string) => new TextEncoder().encode(text);

async function denied(): Promise<{ readonly gateway: Gateway; readonly seq: number }> {
  const gateway = await openGateway();
  const { seq } = await gateway.session.propose(pay("9.00"), caller);
  await gateway.session.propose(pay("1.00"), caller);
  return { gateway, seq: seq ?? 0 };
}

describe("a denial", () => {
  test("is proven to stand in the ledger: verdict, time, reason, proposal hash, executed: false", async () => {
    const { gateway, seq } = await denied();
    const { key } = await keyPair("gateway-1");
    const proven = await proveRecord(gateway.store, gateway.session.id, seq, settings);
    if (!proven.ok) throw new Error(proven.reason);
    expect(JSON.parse(proven.record)).toMatchObject({
      type: "decided",
      at: gateway.time.now,
      body: { verdict: "deny", proposalHash: expect.stringMatching(/^sha256:/), executed: false },
    });
    const expected = { record: bytesOf(proven.record), origin: `${issuer}/${gateway.session.id}`, keys: [key] };
    expect(await verifyRecordProof(proven.proof, expected)).toMatchObject({ ok: true, index: seq - 1 });
    const forged = bytesOf(proven.record.replace('"deny"', '"hold"'));
    expect(await verifyRecordProof(proven.proof, { ...expected, record: forged })).toMatchObject({ ok: false });
    const { key: stranger } = await keyPair("stranger");
    expect(await verifyRecordProof(proven.proof, { ...expected, keys: [stranger] })).toMatchObject({ ok: false });
    expect(await verifyRecordProof(proven.proof, { ...expected, origin: "other/log" })).toMatchObject({ ok: false });
  });

  test("that is not there is proven by nobody", async () => {
    const { gateway } = await denied();
    const of = (seq: number, session = gateway.session.id) => proveRecord(gateway.store, session, seq, settings);
    for (const seq of [0, 4, -1, 1.5, Number.NaN]) expect(await of(seq)).toMatchObject({ ok: false });
    expect(await of(1, "nobody")).toMatchObject({ ok: false });
  });

  test("is not proven by a key that cannot be reached", async () => {
    const { gateway, seq } = await denied();
    const asleep = { ...signers.gateway, sign: () => Promise.reject(new Error("asleep")) };
    const proven = await proveRecord(gateway.store, gateway.session.id, seq, { gateway: issuer, signers: [asleep] });
    expect(proven).toMatchObject({ ok: false });
  });
});
