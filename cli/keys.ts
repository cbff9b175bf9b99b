/** Key files: `--key FILE`, one private JWK, and `--trust FILE`, public ones. */
import { readFile } from "node:fs/promises";
import { type KeyRing, makeKeyRing, readKeyRing } from "../runtime/authority/key-ring.ts";
import { type PublicKey, readPublicKey, readSigner, type Signer } from "../runtime/authority/keys.ts";
import { ownMember } from "../runtime/own.ts";
import { parseJson, toValue } from "../schema/json/parse.ts";
import { UsageError } from "./io.ts";
import { readable } from "./open.ts";

/**
 * @param source a file, or `env:NAME` for a variable of the environment
 * @throws UsageError, which never quotes the key
 */
export async function openSigner(source: string, env: Readonly<Record<string, string | undefined>>): Promise<Signer> {
  const name = /^env:(.+)$/.exec(source)?.[1];
  const text = name === undefined ? await textOf(source) : env[name];
  if (text === undefined) throw new UsageError(`the environment has no \`${name}\`: a private JWK was expected there`);
  const read = await readSigner(text);
  if (read.ok) return read.signer;
  throw new UsageError(`the key \`${source}\` ${read.reason}`);
}

/**
 * @param files JWK sets, or single public JWKs as `ambit keygen` prints them
 * @throws UsageError for a key that is none, or is there twice
 */
export async function openTrust(files: readonly string[]): Promise<KeyRing> {
  const keys: PublicKey[] = [];
  for (const file of files) keys.push(...(await keysOf(file)));
  const made = makeKeyRing(keys);
  if (made.ok) return made.ring;
  throw new UsageError(`what is trusted ${made.reason}`);
}

async function keysOf(file: string): Promise<readonly PublicKey[]> {
  const text = await textOf(file);
  const parsed = parseJson(text);
  const value = parsed.ok ? toValue(parsed.root) : undefined;
  if (ownMember(value, "kty") === undefined) {
    const set = await readKeyRing(text);
    if (set.ok) return set.ring.keys;
    throw new UsageError(`\`${file}\` ${set.reason}`);
  }
  const read = await readPublicKey(value);
  if (read.ok) return [read.key];
  throw new UsageError(`the key \`${file}\` ${read.reason}`);
}

function textOf(file: string): Promise<string> {
  return readable(file, () => readFile(file, "utf8"));
}
