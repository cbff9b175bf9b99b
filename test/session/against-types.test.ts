/** What a host hands in against the types is refused by what it is, so that the host finds out what to hand in. */
import { describe, expect, test } from "vitest";
import { planDecoder } from "../../runtime/decode/decode.ts";
import { commandVerifier } from "../../runtime/node/command-verifier.ts";
import { effect, envelope } from "../decoding/calls.ts";
import { audience, caller, issuer, openGateway, signers } from "./gateway.ts";

const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();

describe("a proposal", () => {
  const decode = planDecoder(envelope({ e: effect({ fields: { q: { type: "integer", from: "/q" } } }) }));
  const kinds: readonly (readonly [what: string, given: unknown, says: string])[] = [
    ["that is an object", { tool: "t", args: {} }, "is neither text nor bytes, but an object: pass the JSON text"],
    ["that is an array", [], "is neither text nor bytes, but an array: pass the JSON text"],
    ["that is nothing", undefined, "is neither text nor bytes, but undefined: pass the JSON text"],
    ["that is a number", 7, "is neither text nor bytes, but 7: pass the JSON text"],
    ["of another kind of node", { kind: "tool", start: 0, end: 0 }, "is neither text nor bytes, but an object"],
    [
      "that is a node with half of a surrogate pair",
      { kind: "string", value: "\ud800", start: 0, end: 0 },
      "is not strict",
    ],
    ["that is no longer there", revoked, "cannot be read"],
    ["that is empty", "", "is not strict JSON: the text is empty"],
  ];

  test.each(kinds)("%s", async (_, given, says) => {
    const message = `the proposal ${says}`;
    expect(decode(given as never)).toMatchObject({ failures: [{ message: expect.stringContaining(message) }] });
    const { session } = await openGateway();
    const denied = await session.propose(given as never, caller);
    expect(denied).toMatchObject({ verdict: "deny", violations: [{ message: expect.stringContaining(message) }] });
  });
});

describe("a setting", () => {
  test.each<readonly [what: string, given: unknown, says: string]>([
    ["that is a text", "30", "`tokenSeconds` must be a whole number from 1 to 3600, not the string `30`"],
    ["that is a bigint", 30n, "not the bigint 30"],
    ["that is null", null, "not null"],
    ["that is an object", { valueOf: () => 30 }, "not an object"],
    ["that is a symbol", Symbol("30"), "not a symbol"],
    ["that is too large", 3_601, "not 3601"],
  ])("%s", async (_, given, says) => {
    const { reopen } = await openGateway();
    await expect(reopen({ tokenSeconds: given as never })).rejects.toThrow(says);
    const elsewhere = says.replace("`tokenSeconds` must", "`seconds` must");
    expect(() => commandVerifier("/bin/true", [], { seconds: given as never })).toThrow(elsewhere);
  });

  test.each<readonly [name: string, given: unknown, says: string]>([
    ["clock", 5, "a function that answers with epoch milliseconds, not 5"],
    ["signals", {}, "a function, not an object"],
    ["onIncident", "tell", "a function, not the string `tell`"],
    ["people", {}, "a registry, as `readPeople` answers in `people`, not another object"],
    ["people", { ok: true, people: {} }, "a registry, as `readPeople` answers in `people`, not another object"],
    ["executors", { keys: [] }, "a ring of keys, as `readKeyRing` answers in `ring`, not another object"],
    ["feeds", null, "a ring of keys, as `readKeyRing` answers in `ring`, not null"],
    ["authority", "gateway", "an object with a `signer`, not the string `gateway`"],
    ["authority.signer", {}, "a signer, as `readSigner` answers in `signer`, not another object"],
    ["authority.issuer", { signer: signers.gateway, audience }, "a text that is not empty, not undefined"],
    [
      "authority.audience",
      { signer: signers.gateway, issuer, audience: "" },
      "a text that is not empty, not the string ``",
    ],
  ])("%s that is none: %j", async (name, given, says) => {
    const { reopen, records } = await openGateway();
    const [option = ""] = name.split(".");
    const value = name === "authority.signer" ? { signer: given, issuer, audience } : given;
    await expect(reopen({ [option]: value })).rejects.toThrow(`\`${name}\` must be ${says}`);
    expect((await records()).map(({ type }) => type)).toEqual(["activated"]);
  });
});
