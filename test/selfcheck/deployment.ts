/** A deployment on disk in which everything is as it should be, so that one thing at a time can be broken. */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { claimKinds } from "../../cli/prove/claim.ts";
import { run } from "../cli/run.ts";

export const now = Date.UTC(2024, 1, 15, 15);

const envelope = {
  ambit: "1",
  id: "env_selfcheck",
  goal: { summary: "Pay small bills" },
  issuer: "authz.example",
  principal: "agent:s7",
  mode: "window",
  validity: { notBefore: "2024-02-15T14:00:00Z", expiresAt: "2024-02-15T21:00:00Z", maxDurationSeconds: 21600 },
  capabilities: ["FINANCIAL_ACTIONS"],
  budgets: { actions: { max: 10 }, externalCalls: { max: 10 }, spend: { max: "20.00", unit: "USD" } },
  effects: {
    pay: {
      tools: ["bank.pay"],
      external: true,
      channel: "execute",
      requires: ["FINANCIAL_ACTIONS"],
      fields: {
        payee: { from: "/payee", type: "string" },
        amount: { from: "/amount", type: "decimal", scale: 2, unit: "USD" },
      },
      allow: { payee: { oneOf: ["alice", "bob"] } },
      perCall: { amount: { max: "5.00" } },
      session: { calls: { max: 5 } },
      velocity: [{ max: 5, seconds: 60 }],
      consumes: { spend: "amount" },
    },
  },
  forbidden: [{ tool: "bank.close" }],
  recovery: "manual_only",
  killSwitch: { signal: "kill/env_selfcheck" },
};

/** Paths in the folder. */
export interface OnDisk {
  readonly folder: string;
  readonly at: (name: string) => string;
  /** What `deployment.json` says, changed. */
  readonly configure: (members: Readonly<Record<string, unknown>>) => void;
  /** The same in a folder of its own. */
  readonly copy: () => OnDisk;
}

const signerScript = `
import { createPrivateKey, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
const key = createPrivateKey({ key: JSON.parse(readFileSync(process.argv[2], "utf8")), format: "jwk" });
for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(sign(null, Buffer.from(line, "base64"), key).toString("base64") + "\\n");
`;

export async function deploy(): Promise<OnDisk> {
  const folder = mkdtempSync(join(tmpdir(), "ambit-selfcheck-"));
  const at = (name: string) => join(folder, name);
  const ok = async (...args: readonly string[]) => {
    const got = await run(args, { now });
    if (got.code !== 0) throw new Error(`${args.join(" ")}: ${got.err}`);
    return got.out;
  };
  for (const who of ["issuer", "gateway", "stranger", "ann", "bob"])
    writeFileSync(at(`${who}.jwk`), await ok("keygen", "-o", at(`${who}.key`), "--kid", who));
  const entry = (who: string, role: string) => ({
    kid: who,
    jwk: JSON.parse(readFileSync(at(`${who}.jwk`), "utf8")),
    person: who,
    roles: [role],
    from: "2024-01-01T00:00:00Z",
  });
  writeFileSync(at("people.json"), JSON.stringify({ keys: [entry("ann", "risk"), entry("bob", "desk")] }));
  await ok("sign", at("people.json"), "--as", "registry", "--key", at("issuer.key"), "-o", at("people.signed.json"));
  writeFileSync(at("envelope.json"), JSON.stringify(envelope));
  await ok("compile", at("envelope.json"), "-o", at("out"));
  await ok("sign", at("envelope.json"), "--key", at("issuer.key"), "-o", at("out.jws"));
  for (const [who, role] of [
    ["ann", "risk"],
    ["bob", "desk"],
  ] as const)
    await ok("approve", at("out"), "--key", at(`${who}.key`), "--role", role, "-o", at("approvals"));
  const trust = ["--trust", at("issuer.jwk"), "--people", at("people.signed.json")];
  await ok("activate", at("out"), "--ledger", at("ledger.db"), ...trust, "--approval", at("approvals/*.json"));
  const note = ["--checkpoint-out", at("kept.note"), "--key", at("gateway.key"), "--gateway", "gateway.example"];
  await ok("audit", at("ledger.db"), ...trust, ...note);
  const digest = JSON.parse(readFileSync(at("out/manifest.json"), "utf8")).envelope;
  writeFileSync(at("proofs.json"), JSON.stringify(provenReport(digest)));
  writeFileSync(at("signer.mjs"), signerScript);
  const configuration = {
    artefacts: "out",
    trust: ["issuer.jwk"],
    people: "people.signed.json",
    keys: ["gateway.jwk"],
    signer: [process.execPath, at("signer.mjs"), at("gateway.key")],
    gateway: "gateway.example",
    audience: "bank.example",
    ledger: "ledger.db",
    checkpoint: ["kept.note"],
    checkpointKey: "gateway.jwk",
    proofs: "proofs.json",
  };
  const disk = onDisk(folder, configuration);
  disk.configure({});
  return disk;
}

function onDisk(folder: string, configuration: object): OnDisk {
  const at = (name: string) => join(folder, name);
  return {
    folder,
    at,
    configure: (members) => writeFileSync(at("deployment.json"), JSON.stringify({ ...configuration, ...members })),
    copy() {
      const copied = mkdtempSync(join(tmpdir(), "ambit-selfcheck-"));
      cpSync(folder, copied, { recursive: true });
      return onDisk(copied, configuration);
    },
  };
}

/** What `ambit prove --json` prints where everything is proven. */
export function provenReport(envelopeDigest: string) {
  const claims = claimKinds.map((claim) => ({ claim, about: "it", outcome: "proven", milliseconds: 1 }));
  return {
    envelope: envelopeDigest,
    tool: "cedar",
    effects: [
      { effect: "pay", claims },
      { effect: "", claims },
    ],
  };
}
