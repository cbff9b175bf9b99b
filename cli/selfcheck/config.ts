/** What a deployment consists of, named in one file or on the command line. */
import { readFile } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parseJson, toValue } from "../../schema/json/parse.ts";
import { UsageError } from "../io.ts";
import { readable } from "../open.ts";

export interface Configuration {
  /** The folder that `ambit compile` wrote. */
  readonly artefacts?: string;
  /** The envelope's signatures; `<artefacts>.jws` where it is not given. */
  readonly signature?: string;
  /** Who issues envelopes. */
  readonly trust?: readonly string[];
  /** Who signs receipts, and who reports evidence, in the ledger. */
  readonly executors?: readonly string[];
  readonly feeds?: readonly string[];
  readonly people?: string;
  readonly peopleTrust?: readonly string[];
  /** The gateway's private key: a file, or `env:NAME`. */
  readonly key?: string;
  /** A program that signs for the gateway: base64 of a message on each line in, of its signature on each line out. */
  readonly signer?: readonly string[];
  /** The name of its key. */
  readonly signerKid?: string;
  /** The public keys that executors believe. */
  readonly keys?: readonly string[];
  readonly gateway?: string;
  readonly audience?: string;
  readonly tokenSeconds?: number;
  /** An SQLite file, records as JSON lines, or `postgres://…`. */
  readonly ledger?: string;
  readonly checkpoint?: readonly string[];
  readonly checkpointKey?: string;
  /** What `ambit prove --json` printed. */
  readonly proofs?: string;
  readonly registry?: string;
}

const text = { type: "string", minLength: 1 };
const texts = { type: "array", items: text, minItems: 1 };
const schema = {
  type: "object",
  additionalProperties: false,
  properties: {
    ...Object.fromEntries(
      ["artefacts", "signature", "people", "key", "signerKid", "gateway", "audience"].map((name) => [name, text]),
    ),
    ...Object.fromEntries(["ledger", "checkpointKey", "proofs", "registry"].map((name) => [name, text])),
    ...Object.fromEntries(["executors", "feeds"].map((name) => [name, texts])),
    ...Object.fromEntries(["trust", "peopleTrust", "signer", "keys", "checkpoint"].map((name) => [name, texts])),
    tokenSeconds: { type: "integer", minimum: 1, maximum: 3600 },
  },
};

/** Names in the file are relative to it. @throws UsageError for a file that says something else */
export async function readConfiguration(file: string): Promise<Configuration> {
  const parsed = parseJson(await readable(file, () => readFile(file)));
  if (!parsed.ok) throw new UsageError(`\`${file}\` is no JSON: ${parsed.problems[0]?.message ?? "it does not parse"}`);
  const value = toValue(parsed.root);
  const ajv = new Ajv2020({ strict: true, ownProperties: true });
  const isConfiguration = ajv.compile<Configuration>(schema);
  if (!isConfiguration(value)) {
    const [error] = isConfiguration.errors ?? [];
    const unknown = error?.params.additionalProperty;
    const what = unknown === undefined ? `\`${error?.instancePath}\` ${error?.message}` : `\`${unknown}\` is not known`;
    throw new UsageError(`\`${file}\` does not describe a deployment: ${what}`);
  }
  const folder = dirname(file);
  const from = (path: string) =>
    isAbsolute(path) || /^(?:env:|postgres(?:ql)?:)/.test(path) ? path : join(folder, path);
  const one = (path: string | undefined) => (path === undefined ? undefined : from(path));
  const all = (paths: readonly string[] | undefined) => paths?.map(from);
  return defined({
    ...value,
    artefacts: one(value.artefacts),
    signature: one(value.signature),
    people: one(value.people),
    key: one(value.key),
    ledger: one(value.ledger),
    proofs: one(value.proofs),
    registry: one(value.registry),
    trust: all(value.trust),
    executors: all(value.executors),
    feeds: all(value.feeds),
    peopleTrust: all(value.peopleTrust),
    keys: all(value.keys),
    checkpoint: all(value.checkpoint),
    checkpointKey: value.checkpointKey?.includes("+") ? value.checkpointKey : one(value.checkpointKey),
    signer: value.signer?.map((part, index) => (index === 0 && part.includes("/") ? from(part) : part)),
  });
}

type Loose = { readonly [K in keyof Configuration]: Configuration[K] | undefined };

/** Without the members that say nothing. */
export function defined(configuration: Loose): Configuration {
  return Object.fromEntries(Object.entries(configuration).filter(([, value]) => value !== undefined));
}
