/** The gateway need not hold its key: another process signs, and where it is gone there is no token. */
import { afterAll, describe, expect, test } from "vitest";
import { signDetached, verifyDetached } from "../../runtime/authority/jws/detached.ts";
import { signToken } from "../../runtime/authority/token/sign.ts";
import { verifyToken } from "../../runtime/authority/token/verify.ts";
import { keyPair } from "./key-pairs.ts";
import { remoteSigner } from "./remote-signer.ts";
import { claims, expected, ringOf } from "./tokens.ts";

const gateway = await keyPair("gateway-key");
const ring = ringOf(gateway.key);
const remote = remoteSigner(gateway.key);
afterAll(remote.kill);

describe("a signer in another process", () => {
  test("signs the tokens that a key in this process would, several at a time", async () => {
    const given = Array.from({ length: 20 }, (_, i) => ({ ...claims, seq: i + 1 }));
    const tokens = await Promise.all(given.map((each) => signToken(remote.signer, each)));
    expect(tokens).toEqual(await Promise.all(given.map((each) => signToken(gateway.signer, each))));
    for (const token of tokens) expect((await verifyToken(token, ring, expected)).ok).toBe(true);
  });

  test("signs documents", async () => {
    const document = new TextEncoder().encode("{}");
    const signatures = [await signDetached(remote.signer, "ambit-approval+jws", document)];
    expect(await verifyDetached({ signatures }, ring, "ambit-approval+jws", document)).toEqual({
      ok: true,
      kids: ["gateway-key"],
    });
  });

  test("that dies before it answers rejects, and so does every one after it", async () => {
    const other = remoteSigner(gateway.key);
    // The process is not even up: nothing has been answered when it dies.
    const pending = expect(signToken(other.signer, claims)).rejects.toThrow(/process with the key has ended/);
    await other.kill();
    await pending;
    await expect(signToken(other.signer, claims)).rejects.toThrow(/process with the key has ended/);
  });
});
