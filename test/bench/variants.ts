/** Artefacts of any number of envelopes, made from those of one: another name, and so another digest, is all that differs. */
import { type Artefacts, artefactFiles, type Manifest } from "../../schema/artefacts.ts";
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import { manifestDigest } from "../../schema/manifest-digest.ts";
import { policyDigest } from "../../schema/policy-digest.ts";

const utf8 = new TextEncoder();
const textOf = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

/**
 * @param name how the envelope of `base` is named; it stands nowhere else in the files
 * @param base artefacts as they were compiled
 */
export function variants(base: Artefacts, name: string): (newName: string) => Artefacts {
  const manifest: Manifest = JSON.parse(textOf(base.get(artefactFiles.manifest)));
  const source = textOf(base.get(artefactFiles.source));
  const own = [...base].filter(([path, bytes]) => {
    const text = path === artefactFiles.wasm || path === artefactFiles.bundle ? "" : textOf(bytes);
    return path !== artefactFiles.manifest && (text.includes(name) || text.includes(manifest.envelope));
  });
  const texts = own.map(([path, bytes]) => [path, textOf(bytes)] as const);
  return (newName) => {
    const digest = sha256(canonicalJson(JSON.parse(source.replaceAll(name, newName))));
    const renamed = (text: string) => text.replaceAll(manifest.envelope, digest).replaceAll(name, newName);
    const changed = texts.map(([path, text]) => [path, utf8.encode(renamed(text))] as const);
    const digests = Object.fromEntries(changed.map(([path, bytes]) => [path, sha256(bytes)]));
    const files = { ...manifest.files, ...digests };
    const artefacts = new Map([...base, ...changed]);
    const { ambit } = JSON.parse(textOf(artefacts.get(artefactFiles.data)));
    const normalised = sha256(canonicalJson(ambit.envelopes[digest]));
    const draft = { ...manifest, envelope: digest, normalised, policy: policyDigest(files), files };
    const whole = { ...draft, manifest: manifestDigest(draft) };
    return artefacts.set(artefactFiles.manifest, utf8.encode(`${canonicalJson(whole)}\n`));
  };
}
