/** The deployment, opened: its artefacts, who signs what, and whom its executors believe. */
import { readFile } from "node:fs/promises";
import { compile } from "../../compiler/compile.ts";
import { checkIntegrity } from "../../runtime/activation/integrity.ts";
import { type KeyRing, makeKeyRing } from "../../runtime/authority/key-ring.ts";
import { readPublicKey, readSigner, type Signer } from "../../runtime/authority/keys.ts";
import type { Evaluator } from "../../runtime/evaluator.ts";
import { createHost } from "../../runtime/load.ts";
import { cedarWasm } from "../../runtime/node/cedar-wasm.ts";
import { loadFolder } from "../../runtime/node/load-folder.ts";
import { type Artefacts, artefactFiles } from "../../schema/artefacts.ts";
import type { Registry } from "../../schema/registry.ts";
import { type Io, UsageError } from "../io.ts";
import { openSigner, openTrust } from "../keys.ts";
import { readable } from "../open.ts";
import { readRegistry } from "../registry.ts";
import type { LoadWith } from "./attacks/faults.ts";
import type { Configuration } from "./config.ts";
import { programSigner } from "./program-signer.ts";
import { type Seen, seen } from "./requirement.ts";
import { generateJwk } from "./stranger.ts";

export interface Deployment {
  readonly configuration: Configuration;
  readonly artefacts: Artefacts;
  readonly evaluator: Evaluator;
  readonly loadWith: LoadWith;
  readonly registry: Registry | undefined;
  /** Whether the artefacts are what the envelope compiles to. */
  readonly integrity: Seen;
  readonly document: string;
  readonly signature: string | undefined;
  readonly trust: KeyRing | undefined;
  readonly peopleTrust: KeyRing | undefined;
  /** Where the gateway's key lies; a made-up one, where only public keys are given. */
  readonly signing: { readonly kind: "file" | "environment" | "program" | "made up"; readonly signer: Signer };
  /** The public keys that executors believe, as given; undefined where none were. */
  readonly pinned: KeyRing | undefined;
  /** What the guard under attack believes. */
  readonly keys: KeyRing;
  readonly tokenSeconds: number;
  readonly close: () => void;
}

/** @throws UsageError where something that is named cannot be opened */
export async function openDeployment(configuration: Configuration, io: Io): Promise<Deployment> {
  const { artefacts: folder = "", trust, peopleTrust, tokenSeconds = 30 } = configuration;
  const registry = await readRegistry(configuration.registry);
  const artefacts = await readable(folder, () => loadFolder(folder));
  const source = artefacts.get(artefactFiles.source) ?? new Uint8Array();
  const wasm = await cedarWasm();
  const host = createHost({ cedarWasm: wasm });
  const made = compile(source, registry === undefined ? {} : { registry });
  if (made.artefacts === undefined)
    throw new UsageError(`the envelope in \`${folder}\` does not compile: \`ambit check\` says why`);
  const checked = checkIntegrity(artefacts, made.artefacts, (given) => host.load(given));
  // What was changed is judged as it should be, so that the other checks can still be made; it is told of.
  const evaluator = checked.ok ? checked.evaluator : host.load(made.artefacts);
  const own = checked.ok ? artefacts : made.artefacts;
  const pinned = configuration.keys === undefined ? undefined : await openTrust(configuration.keys);
  const signing = await openSigning(configuration, pinned, io);
  const trusted = trust === undefined ? undefined : await openTrust(trust);
  return {
    configuration,
    artefacts: own,
    evaluator,
    loadWith: (engine) => createHost({ engines: ["cedar", "rego", engine], cedarWasm: wasm }).load(own),
    registry,
    integrity: checked.ok
      ? seen(
          true,
          `the artefacts are what the envelope compiles to: ${artefacts.size} files, ${evaluator.policyDigest}`,
        )
      : seen(false, checked.message),
    document: new TextDecoder().decode(source),
    signature: await openSignature(configuration),
    trust: trusted,
    peopleTrust: peopleTrust === undefined ? trusted : await openTrust(peopleTrust),
    signing,
    pinned,
    keys: await believed(pinned, signing),
    tokenSeconds,
    close: () => {
      signing.close();
      evaluator.drop();
    },
  };
}

type Signing = Deployment["signing"] & { readonly close: () => void };

async function openSigning(
  { key, signer, signerKid }: Configuration,
  pinned: KeyRing | undefined,
  io: Io,
): Promise<Signing> {
  if (key !== undefined && signer !== undefined)
    throw new UsageError("the gateway signs with `key` or with `signer`: give one of them");
  if (key !== undefined)
    return { kind: key.startsWith("env:") ? "environment" : "file", signer: await openSigner(key, io.env), close() {} };
  if (signer === undefined) {
    const made = await readSigner(JSON.stringify(generateJwk("selfcheck")));
    if (!made.ok) throw new Error(`a made-up key ${made.reason}`);
    return { kind: "made up", signer: made.signer, close() {} };
  }
  const known = signerKid === undefined ? pinned?.keys[0] : pinned?.find(signerKid);
  if (known === undefined)
    throw new UsageError("`signer` needs `keys` with its public key, and `signerKid` where it is not the first one");
  const program = programSigner(signer, known, io.env);
  return { kind: "program", signer: program.signer, close: program.close };
}

/** Without public keys, that of the signer; beside those that are given only a made-up one, which nobody else has. */
async function believed(pinned: KeyRing | undefined, { kind, signer }: Deployment["signing"]): Promise<KeyRing> {
  if (pinned !== undefined && kind !== "made up") return pinned;
  const x = Buffer.from(signer.publicKey).toString("base64url");
  const key = await readPublicKey({ kty: "OKP", crv: "Ed25519", kid: signer.kid, x });
  if (!key.ok) throw new Error(`the signer's public key ${key.reason}`);
  const made = makeKeyRing([...(pinned?.keys ?? []), key.key]);
  if (!made.ok) throw new UsageError(`what executors believe ${made.reason}`);
  return made.ring;
}

/** One that is not named may be missing: the check says so. */
async function openSignature({ artefacts = "", signature }: Configuration): Promise<string | undefined> {
  if (signature !== undefined) return readable(signature, () => readFile(signature, "utf8"));
  return readFile(`${artefacts.replace(/(?<=.)\/+$/, "")}.jws`, "utf8").catch(() => undefined);
}
