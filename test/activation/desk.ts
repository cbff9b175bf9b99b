/** Activations for the tests: an envelope, its signature and its people, each of which a test can spoil. */
import { compile } from "../../compiler/compile.ts";
import { type Activation, type ActivationOptions, activate } from "../../runtime/activation/activate.ts";
import { signDetached } from "../../runtime/authority/jws/detached.ts";
import type { Signer } from "../../runtime/authority/keys.ts";
import { memoryStore } from "../../runtime/ledger/store/memory.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { createHost } from "../../runtime/load.ts";
import { payloadOf } from "../../runtime/people/document.ts";
import type { Artefacts } from "../../schema/artefacts.ts";
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import { keyPair } from "../authority/key-pairs.ts";
import { approvalText, registered, registryText, ringOf, trusted as trustedPeople } from "../people/people.ts";
import { envelopeText, set } from "../reading/envelopes.ts";

export { now } from "../people/people.ts";

export const issuer = await keyPair("issuer-1");
export const issuers = ringOf(issuer.key);
export const host = createHost({ engines: ["reference"] });

/** Nothing in it needs people. */
export const routine = envelopeText(set("/capabilities", ["IO_READ_LOCAL"]));
/** Executes outside: `activate` and `grant_flag` need two keys. */
export const executing = envelopeText(set("/effects/pay/channel", "execute"));

export const bytesOf = (text: string) => new TextEncoder().encode(text);
export const digestOf = (text: string) => sha256(canonicalJson(JSON.parse(text)));

export async function signatureOf(
  text: string,
  typ = "ambit-envelope+jws",
  signer: Signer = issuer.signer,
): Promise<string> {
  return JSON.stringify({ signatures: [await signDetached(signer, typ, payloadOf(JSON.parse(text)))] });
}

export function artefactsOf(text: string): Artefacts {
  const { artefacts } = compile(bytesOf(text));
  if (artefacts === undefined) throw new Error("the envelope does not compile");
  return artefacts;
}

export const registry = {
  text: await registryText(
    registered("ann", ["risk"]),
    registered("bob", ["desk", "risk"]),
    registered("carl", ["risk"]),
  ),
  trusted: trustedPeople,
};

/** By ann and bob, of every transition given. */
export async function bothApprove(text: string, ...transitions: readonly string[]): Promise<readonly string[]> {
  const envelope = digestOf(text);
  const all = transitions.flatMap((transition) => [
    approvalText("ann", { envelope, transition }),
    approvalText("bob", { envelope, transition, roles: ["desk"] }),
  ]);
  return Promise.all(all);
}

/** Activates the text, signed, in a store of its own, but for the changes. */
export async function activated(
  text: string,
  now: number,
  change: Partial<ActivationOptions> = {},
): Promise<Activation & { readonly store: Store }> {
  const options: ActivationOptions = {
    store: memoryStore(),
    given: bytesOf(text),
    compile,
    load: (artefacts) => host.load(artefacts),
    trusted: issuers,
    signature: await signatureOf(text),
    now,
    ...change,
  };
  return { ...(await activate(options)), store: options.store };
}
