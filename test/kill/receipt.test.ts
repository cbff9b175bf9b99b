/** The kill receipt: what was under way, as the ledger says it, and nothing that it does not say. */
import { describe, expect, test } from "vitest";
import { signCompact } from "../../runtime/authority/jws/compact.ts";
import { proposalHash } from "../../runtime/proposal-hash.ts";
import { killReceiptOf, signKillReceipt, verifyKillReceipt } from "../../runtime/session/kill/receipt.ts";
import { keyPair } from "../authority/key-pairs.ts";
import { caller, executors, type Gateway, keys, openGateway, pay, signers, start } from "../session/gateway.ts";

/** One settled, one in flight, one reserved, and then the kill. */
async function killed(): Promise<Gateway> {
  const gateway = await openGateway();
  const { session, time } = gateway;
  const allow = async (amount: string) => {
    const { token, seq } = await session.propose(pay(amount), caller);
    if (seq === null || token === null) throw new Error("no allow");
    const { jti } = JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString());
    return { seq, jti };
  };
  const [settled, flying] = [await allow("1.00"), await allow("2.00")];
  await allow("3.00");
  await session.redeem(settled.seq, settled.jti);
  await session.settle(settled.seq, settled.jti, { outcome: "executed", result: { id: "p-1" } });
  time.now += 5;
  await session.redeem(flying.seq, flying.jti);
  time.now += 5;
  await session.kill("console");
  return gateway;
}

const { session, records } = await killed();
const jws = await signKillReceipt(signers.gateway, session.state);
const expected = { session: session.id };

test("lists what was in flight, and what can never be redeemed any more", async () => {
  const record = (await records()).at(-1);
  const [, flying, reserved] = (await records()).filter(({ type }) => type === "decided");
  const call = (of: typeof flying, amount: string) => ({
    seq: of?.seq,
    jti: expect.any(String),
    effect: "pay",
    proposalHash: proposalHash(pay(amount)),
  });
  expect(await verifyKillReceipt(jws, keys, { ...expected, state: session.state })).toEqual({
    ok: true,
    kid: "gateway-1",
    receipt: {
      session: session.id,
      envelope: session.evaluator.envelopeDigest,
      signal: "console",
      killedAt: start + 10,
      seq: record?.seq,
      hash: record?.hash,
      inFlightCount: 1,
      inFlight: [{ ...call(flying, "2.00"), consumedAt: start + 5 }],
      reservedCount: 1,
      reserved: [{ ...call(reserved, "3.00"), expiresAt: expect.any(Number) }],
    },
  });
});

test("is of the first kill, and stays what it was, whatever is recorded later and whoever reads it", async () => {
  const gateway = await killed();
  const before = killReceiptOf(gateway.session.state);
  const [decided] = before?.inFlight ?? [];
  await gateway.session.settle(decided?.seq ?? 0, decided?.jti ?? "", { outcome: "executed", result: { id: "p" } });
  await gateway.session.kill("again");
  expect(killReceiptOf(gateway.session.state)).toEqual(before);
  expect(killReceiptOf((await gateway.reopen()).state)).toEqual(before);
});

test("there is none of a session that lives", async () => {
  const gateway = await openGateway();
  expect(killReceiptOf(gateway.session.state)).toBeUndefined();
  await expect(signKillReceipt(signers.gateway, gateway.session.state)).rejects.toThrow(/not been killed/);
});

describe("a kill receipt is refused", async () => {
  const { signer } = await keyPair("mallory");
  const receipt = killReceiptOf(session.state);
  const sign = (payload: object, typ = "ambit-kill-receipt+jws") => signCompact(signers.gateway, typ, payload);

  test.each<readonly [string, string, () => unknown]>([
    [
      "that nobody trusted has signed",
      "KILL_RECEIPT_SIGNATURE",
      () => signCompact({ ...signer, kid: "gateway-1" }, "ambit-kill-receipt+jws", receipt ?? {}),
    ],
    ["that was signed for something else", "KILL_RECEIPT_TYPE", () => sign(receipt ?? {}, "ambit-receipt+jwt")],
    ["without its list", "KILL_RECEIPT_MALFORMED", () => sign({ ...receipt, inFlight: undefined })],
    ["with a member of its own", "KILL_RECEIPT_MALFORMED", () => sign({ ...receipt, all: "well" })],
    ["of another session", "KILL_RECEIPT_SESSION", () => sign({ ...receipt, session: "another" })],
    [
      "that leaves out what was in flight",
      "KILL_RECEIPT_LEDGER",
      () => sign({ ...receipt, inFlight: [], inFlightCount: 0 }),
    ],
    ["that says another time", "KILL_RECEIPT_LEDGER", () => sign({ ...receipt, killedAt: 1 })],
    ["that is none", "KILL_RECEIPT_MALFORMED", () => 7],
  ])("%s: %s", async (_, code, make) => {
    const given = await make();
    expect(await verifyKillReceipt(given, keys, { ...expected, state: session.state })).toMatchObject({
      ok: false,
      code,
    });
  });

  test("by a key that is not trusted", async () =>
    expect(await verifyKillReceipt(jws, executors, expected)).toMatchObject({ code: "KILL_RECEIPT_KEY" }));
});
