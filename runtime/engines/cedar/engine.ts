/** Cedar as one of the engines: `policy.cedar` and `schema.cedarschema` judge, in instances of the package's own module. */
import { artefactFiles, type Manifest } from "../../../schema/artefacts.ts";
import { readContextTypes } from "../../../schema/cedar/context-type.ts";
import { type CedarEncoder, planCedarEncoding } from "../../../schema/cedar/encode.ts";
import { namespace } from "../../../schema/cedar/names.ts";
import { fileDigest } from "../../../schema/file-digest.ts";
import { type Engine, EngineFault, type Policy } from "../engine.ts";
import { member, parseSuccess } from "./answer.ts";
import { instantiateCedar } from "./instance.ts";
import { loadedPolicy } from "./loaded-policy.ts";
import { compileCedar } from "./module.ts";
import { type PolicyText, readPolicies } from "./policy-text.ts";
import { CedarPool } from "./pool.ts";

/**
 * @param wasm the bytes of `cedar_wasm_bg.wasm` of @cedar-policy/cedar-wasm 4.13.0
 * @throws EngineFault when they are any other bytes
 */
export function cedarEngine(wasm: Uint8Array): Engine {
  const module = compileCedar(wasm);
  return cedarEngineOver(new CedarPool(() => instantiateCedar(module)));
}

/** The engine over any supply of instances. */
export function cedarEngineOver(pool: CedarPool): Engine {
  const encoders = new Map<string, CedarEncoder>();
  return {
    name: "cedar",
    load({ manifest, artefacts }) {
      const policies = readFile({ manifest, artefacts }, artefactFiles.cedar);
      const schema = readFile({ manifest, artefacts }, artefactFiles.cedarSchema);
      const read = () => policiesOf(policies.text(), manifest.envelope);
      read();
      const encode = encoders.get(schema.digest) ?? encoderOf(pool, schema.text());
      remember(encoders, schema.digest, encode);
      return loadedPolicy({ pool, manifest, encode, read, address: policies.digest });
    },
  };
}

interface ArtefactFile {
  readonly digest: string;
  /** Decoded when it is needed: an engine may hold thousands of envelopes. */
  readonly text: () => string;
}

function readFile({ manifest, artefacts }: Policy, path: string): ArtefactFile {
  const bytes = artefacts.get(path);
  if (bytes === undefined) throw new EngineFault(`\`${path}\` is missing`);
  const digest = fileDigest(bytes);
  if (digest !== namedDigest(manifest, path)) throw new EngineFault(`\`${path}\` is not the file that was compiled`);
  return { digest, text: () => new TextDecoder().decode(bytes) };
}

function namedDigest({ files }: Manifest, path: string): string | undefined {
  return Object.hasOwn(files, path) ? files[path] : undefined;
}

function policiesOf(text: string, envelope: string): readonly PolicyText[] {
  const policies = readPolicies(text);
  if (policies === undefined)
    throw new EngineFault(`\`${artefactFiles.cedar}\` is not of the form that Ambit compiles`);
  if (policies.some(({ resource }) => resource !== envelope)) {
    throw new EngineFault(`\`${artefactFiles.cedar}\` is of another envelope`);
  }
  return policies;
}

function encoderOf(pool: CedarPool, schema: string): CedarEncoder {
  const answer = pool.run((instance) => parseSuccess(instance.schemaToJson(schema), "read the schema"));
  const types = readContextTypes(member(answer, "json"), namespace);
  if (types === undefined)
    throw new EngineFault(`\`${artefactFiles.cedarSchema}\` is not of the form that Ambit compiles`);
  return planCedarEncoding(types);
}

/** Envelopes made from one template share a schema; old ones go first. */
const rememberedEncoders = 256;

function remember(encoders: Map<string, CedarEncoder>, digest: string, encode: CedarEncoder): void {
  encoders.delete(digest);
  encoders.set(digest, encode);
  const [oldest] = encoders.keys();
  if (encoders.size > rememberedEncoders && oldest !== undefined) encoders.delete(oldest);
}
