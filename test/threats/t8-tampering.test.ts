import { expect, test } from "vitest";
import { compile } from "../../compiler/compile.ts";
import { activate } from "../../runtime/activation/activate.ts";
import { signDetached } from "../../runtime/authority/jws/detached.ts";
import { typOf } from "../../runtime/authority/jws/typ.ts";
import { memoryStore } from "../../runtime/ledger/store/memory.ts";
import { payloadOf } from "../../runtime/people/document.ts";
import { document, host, keys, payEffect, signers, start } from "../session/gateway.ts";

/** Routine: nothing external, so that nobody but the issuer has to agree. */
const routine = (max: string) => {
  const { channel: _, requires: __, ...local } = { ...payEffect, external: false, perCall: { amount: { max } } };
  return document({ effects: { pay: local }, capabilities: [] });
};

async function activation(sent: object, arrived: object) {
  const signature = JSON.stringify({
    signatures: [await signDetached(signers.gateway, typOf.envelope, payloadOf(sent))],
  });
  return activate({
    store: memoryStore(),
    given: new TextEncoder().encode(JSON.stringify(arrived)),
    compile,
    load: (artefacts) => host.load(artefacts),
    trusted: keys,
    signature,
    now: start,
  });
}

test("T8: an envelope whose limit was raised on the way is not activated", async () => {
  expect(await activation(routine("5.00"), routine("5.00"))).toMatchObject({ outcome: "activated" });
  expect(await activation(routine("5.00"), routine("5000.00"))).toMatchObject({
    outcome: "rejected",
    check: "signature",
  });
});
