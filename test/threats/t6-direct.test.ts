import { expect, test } from "vitest";
import { signToken } from "../../runtime/authority/token/sign.ts";
import { keyPair } from "../authority/key-pairs.ts";
import { caller } from "../session/gateway.ts";
import { openBank, payment } from "./bank.ts";

test("T6: who holds the guard reaches no tool with a token of his own making", async () => {
  const { gateway, guard, done } = await openBank();
  const text = JSON.stringify(payment("alice", "5.00"));
  const { token } = await gateway.session.propose(text, caller);
  const claims = JSON.parse(Buffer.from(token!.split(".")[1]!, "base64url").toString());
  const { signer } = await keyPair("agent");
  const forged = await signToken({ ...signer, kid: "gateway-1" }, claims);
  expect(await guard.redeem(forged, text)).toMatchObject({ denial: { code: "TOKEN_SIGNATURE" } });
  expect(done).toEqual([]);
});

test("T6: and none without a token, by the guard's own members or by a verdict written by himself", async () => {
  const { guard, done } = await openBank();
  const text = JSON.stringify(payment("alice", "5.00"));
  for (const token of [undefined, null, "", { verdict: "allow", effect: "pay" }])
    expect(await guard.redeem(token, text)).toMatchObject({ outcome: "denied" });
  expect(Object.keys(guard)).toEqual(["redeem"]);
  expect(done).toEqual([]);
});
