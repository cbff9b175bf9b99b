/** An envelope, and artefacts of it made by hand: enough for engines that read no policy. */
import { type Artefacts, artefactFiles, type Manifest } from "../../schema/artefacts.ts";
import type { Envelope } from "../../schema/envelope.ts";
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import { manifestDigest } from "../../schema/manifest-digest.ts";
import { policyDigest } from "../../schema/policy-digest.ts";
import { versions } from "../../schema/versions.ts";

export const envelope: Envelope = {
  ambit: "1",
  id: "env_hand_made",
  goal: { summary: "Show what the runtime does" },
  issuer: "authz.example",
  principal: "agent:a",
  mode: "window",
  validity: { notBefore: "2024-02-15T00:00:00Z", expiresAt: "2024-02-16T00:00:00Z", maxDurationSeconds: 3600 },
  capabilities: [],
  budgets: { actions: { max: 10 } },
  effects: {
    count: {
      tools: ["counter.add"],
      external: false,
      fields: { by: { type: "integer", from: "/by" } },
      perCall: { by: { max: 3 } },
      session: { calls: { max: 5 } },
      velocity: [{ max: 5, seconds: 60 }],
    },
  },
  forbidden: [],
  recovery: "manual_only",
  killSwitch: { signal: "kill/hand_made" },
};

export const now = Date.parse("2024-02-15T12:00:00Z");

export const call = (by: unknown) => JSON.stringify({ tool: "counter.add", args: { by } });

const utf8 = new TextEncoder();

export function handMade(source: Envelope = envelope): Artefacts {
  const files = new Map([
    [artefactFiles.source as string, utf8.encode(JSON.stringify(source))],
    [artefactFiles.cedar, utf8.encode("// no policy\n")],
    [artefactFiles.bundle, utf8.encode("no archive")],
    [artefactFiles.wasm, utf8.encode("no module")],
  ]);
  const digests = Object.fromEntries([...files].map(([path, bytes]) => [path, sha256(bytes)]));
  const manifest: Omit<Manifest, "manifest"> = {
    ambit: "1",
    envelope: sha256(canonicalJson(source)),
    normalised: sha256("none"),
    policy: policyDigest(digests),
    files: digests,
    versions: { ...versions, tzdata: "none" },
    constant: {},
  };
  return new Map([...files, [artefactFiles.manifest, sealed(manifest)]]);
}

/** The bytes of a manifest that vouches for itself. */
export function sealed(manifest: Omit<Manifest, "manifest">): Uint8Array {
  return utf8.encode(`${canonicalJson({ ...manifest, manifest: manifestDigest(manifest) })}\n`);
}
