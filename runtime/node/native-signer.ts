/** Ed25519 by Node's own OpenSSL, at once: a gateway that signs each allow does not wait for a thread of the pool. */
import { createPrivateKey, sign } from "node:crypto";
import { type ReadSigner, readSigner, refuseKey } from "../authority/keys.ts";

/** As `readSigner`, which says what is refused; its signatures are the same ones. */
export async function readNativeSigner(text: string): Promise<ReadSigner> {
  const read = await readSigner(text);
  if (!read.ok) return read;
  try {
    const key = createPrivateKey({ key: JSON.parse(text), format: "jwk" });
    return { ok: true, signer: { ...read.signer, sign: async (message) => new Uint8Array(sign(null, message, key)) } };
  } catch {
    return refuseKey("is no key that this Node can sign with");
  }
}
