/** Level 3: proofs, types that exclude what is denied, a key that is in no file, a Merkle tree that others have signed copies of. */
import { readFile } from "node:fs/promises";
import { artefactFiles } from "../../schema/artefacts.ts";
import { parseJson, toValue } from "../../schema/json/parse.ts";
import { readable } from "../open.ts";
import { claimKinds } from "../prove/claim.ts";
import type { Read } from "./cryptographic.ts";
import type { Deployment } from "./deployment.ts";
import { type Requirement, type Seen, seen } from "./requirement.ts";
import { memberOf } from "./specimen/written.ts";

export interface FormalRead extends Read {
  /** The sizes of the trusted checkpoints of the session. */
  readonly checkpoints: readonly number[];
  /** Why there are none to be trusted. */
  readonly refused: string | undefined;
}

export async function formal(read: FormalRead): Promise<readonly Requirement[]> {
  const requirement = (id: string, name: string, list: readonly Seen[]): Requirement => ({
    id,
    level: 3,
    name,
    seen: list,
  });
  return [
    requirement(
      "proofs",
      "a solver has proven that the policies say what the envelope says",
      await proofs(read.deployment),
    ),
    requirement("exclusion", "the executor's types have no way to what is not granted", [exclusion(read.deployment)]),
    requirement("external_signer", "the gateway's key is in no file", [await externalSigner(read.deployment)]),
    requirement("checkpoints", "signed checkpoints of the Merkle tree, which the ledger continues", checkpointed(read)),
  ];
}

/** The report's own sums are not believed: its claims are counted. */
async function proofs({ configuration: { proofs: file }, evaluator }: Deployment): Promise<readonly Seen[]> {
  if (file === undefined) return [seen(false, "no report is given: `proofs`, as `ambit prove --json` prints it")];
  const parsed = parseJson(await readable(file, () => readFile(file)), { maxBytes: 1 << 28 });
  const report = parsed.ok ? toValue(parsed.root) : undefined;
  const effects = memberOf(report, "effects");
  if (!Array.isArray(effects)) return [seen(false, `\`${file}\` is no report of \`ambit prove --json\``)];
  const isOwn = memberOf(report, "envelope") === evaluator.envelopeDigest;
  const claims = effects.flatMap((effect: unknown) => {
    const list = memberOf(effect, "claims");
    return (Array.isArray(list) ? list : []).map((claim: unknown) => ({
      effect: memberOf(effect, "effect"),
      kind: memberOf(claim, "claim"),
      outcome: memberOf(claim, "outcome"),
    }));
  });
  const open = claims.filter(({ outcome }) => outcome !== "proven").length;
  const kinds = claimKinds.filter((kind) => !claims.some((claim) => claim.kind === kind));
  const missing = Object.keys(evaluator.envelope.effects).filter(
    (name) => !claims.some(({ effect }) => effect === name),
  );
  return [
    seen(
      isOwn,
      isOwn
        ? `the report is of this envelope, by ${String(memberOf(report, "tool"))}`
        : "the report is of another envelope",
    ),
    seen(claims.length > 0 && open === 0, `${claims.length - open} of ${claims.length} claims proven`),
    seen(
      missing.length === 0 && kinds.length === 0,
      missing.length + kinds.length === 0
        ? "every effect, every kind of claim"
        : `nothing is claimed of ${[...missing, ...kinds].join(", ")}`,
    ),
  ];
}

/** What is granted has `Granted`, everything else `Barred`, whose `execute` is of type never. */
function exclusion({ artefacts, evaluator }: Deployment): Seen {
  const source = new TextDecoder().decode(artefacts.get(artefactFiles.types));
  const body = /interface Executor \{([^}]*)\}/.exec(source)?.[1] ?? "";
  const members = new Map(
    Array.from(body.matchAll(/readonly "?([\w-]+)"?: (Granted|Barred)/g), ([, name = "", kind = ""]) => [name, kind]),
  );
  const { effects, mode, capabilities } = evaluator.envelope;
  const wrong = Object.entries(effects).filter(([name, { external, requires = [] }]) => {
    const never = (mode === "base" && external) || requires.some((flag) => !capabilities.includes(flag));
    return !members.has(name) || (never && members.get(name) !== "Barred");
  });
  const granted = [...members.values()].filter((kind) => kind === "Granted").length;
  const isNever = /execute\?: never/.test(source);
  return seen(
    wrong.length === 0 && isNever,
    wrong.length === 0 && isNever
      ? `\`types.ts\`: ${granted} effects can be executed with an allow of their own, ${members.size - granted} never`
      : `\`types.ts\` lets \`${wrong[0]?.[0] ?? "anything"}\` be executed`,
  );
}

async function externalSigner({ signing: { kind, signer }, keys, configuration }: Deployment): Promise<Seen> {
  if (kind === "file") return seen(false, `the gateway's key lies in the file \`${configuration.key}\``);
  if (kind === "environment") return seen(false, "the gateway's key lies in the environment");
  if (kind === "made up") return seen(false, "who signs for the gateway was not shown: `signer`");
  const challenge = crypto.getRandomValues(new Uint8Array(32));
  const verified = await keys.verify(signer.kid, challenge, await signer.sign(challenge).catch(() => new Uint8Array()));
  return seen(
    verified.ok,
    `a program ${verified.ok ? "signed" : "did not sign"} a challenge with \`${signer.kid}\`, whose private half was not seen here`,
  );
}

function checkpointed({ ledger, checkpoints, refused }: FormalRead): readonly Seen[] {
  if (refused !== undefined) return [seen(false, refused)];
  if (ledger?.ok !== true) return [seen(false, ledger?.reason ?? "no ledger is given: `ledger`")];
  if (checkpoints.length === 0)
    return [seen(false, "no checkpoint of this session is given: `checkpoint`, `checkpointKey`")];
  const { report } = ledger.ledger;
  const broken = report.problems.filter(
    ({ code }) => code === "CHECKPOINT_TRUNCATED" || code === "CHECKPOINT_REWRITTEN",
  );
  const newest = Math.max(...checkpoints);
  return [
    seen(
      broken.length === 0,
      broken[0]?.message ??
        `${checkpoints.length} checkpoints, the newest of record ${newest} of ${report.records}: the ledger continues them`,
    ),
    seen(newest > 0, `they vouch for ${newest} records`),
  ];
}
