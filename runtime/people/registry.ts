/** The people whose word counts, out of one signed registry (SPEC §9). */
import { canonicalJson } from "../../schema/json/canonical.ts";
import type { PeopleRegistry, RegisteredKey } from "../../schema/people.ts";
import { parseTimestamp } from "../../schema/values/timestamp.ts";
import { verifyDetached } from "../authority/jws/detached.ts";
import { typOf } from "../authority/jws/typ.ts";
import { type KeyRing, makeKeyRing } from "../authority/key-ring.ts";
import { type PublicKey, readPublicKey } from "../authority/keys.ts";
import { reasonOf } from "../fault.ts";
import { type DocumentRefusal, readSigned } from "./document.ts";
import { sameNameProblem } from "./same-name.ts";

/** One key. Times are epoch milliseconds. */
export interface PersonKey {
  readonly kid: string;
  readonly person: string;
  readonly roles: readonly string[];
  readonly from: number;
  readonly revokedAt?: number;
}

export interface People {
  /** `sha256:<hex>` of the JCS form of the registry, without its signatures. */
  readonly digest: string;
  /** As it was signed, in its canonical form: `{"jws", "registry"}`. */
  readonly text: string;
  /** Who signed the registry. */
  readonly signers: readonly string[];
  /** Those who may say who the people are; undefined where the signatures were not looked at. */
  readonly registrars: KeyRing | undefined;
  readonly keys: readonly PersonKey[];
  /** Every key, revoked ones too: whether one counts, `countsAt` says. */
  readonly ring: KeyRing;
  readonly find: (kid: string) => PersonKey | undefined;
}

export type ReadPeople = { readonly ok: true; readonly people: People } | DocumentRefusal;
export type ReadKeys =
  | { readonly ok: true; readonly keys: readonly PersonKey[]; readonly ring: KeyRing }
  | DocumentRefusal;

/**
 * Never rejects. A registry with one key that cannot be read is refused whole.
 *
 * @param text `{"registry": {"keys": […]}, "jws": {"signatures": […]}}`
 * @param trusted keys of those who may say who the people are; every signature must be by one of them
 */
export function readPeople(text: string, trusted: KeyRing): Promise<ReadPeople> {
  return readTrusted(text, trusted).catch((cause) => ({ ok: false, reason: `cannot be verified: ${reasonOf(cause)}` }));
}

/** @throws what a key ring that is none throws */
async function readTrusted(text: string, trusted: KeyRing): Promise<ReadPeople> {
  const read = readSigned("registry", text);
  if (!read.ok) return read;
  const { document, jws, payload, digest } = read.signed;
  const verified = await verifyDetached(jws, trusted, typOf.registry, payload);
  if (!verified.ok) return { ok: false, reason: `is not signed as it must be: ${verified.message}` };
  const keys = await readRegisteredKeys(document);
  if (!keys.ok) return keys;
  const byKid = new Map(keys.keys.map((key) => [key.kid, key]));
  const find = (kid: string) => byKid.get(kid);
  const signed = canonicalJson({ jws, registry: document });
  const by = { signers: verified.kids, registrars: trusted };
  return { ok: true, people: { digest, text: signed, ...by, keys: keys.keys, ring: keys.ring, find } };
}

/** A key counts from `from` on, until it is revoked. */
export function countsAt({ from, revokedAt }: PersonKey, at: number): boolean {
  return from <= at && (revokedAt === undefined || at < revokedAt);
}

/** The roles that somebody holds now. */
export function rolesAt({ keys }: People, now: number): ReadonlySet<string> {
  return new Set(keys.filter((key) => countsAt(key, now)).flatMap(({ roles }) => roles));
}

/** What a registry says beyond its schema: keys that are keys, each once, and times that are times. */
export async function readRegisteredKeys(registry: PeopleRegistry): Promise<ReadKeys> {
  const keys: PersonKey[] = [];
  const publicKeys: PublicKey[] = [];
  for (const [i, entry] of registry.keys.entries()) {
    const read = await readEntry(entry);
    if (!read.ok) return { ok: false, reason: `has at \`/keys/${i}\` a key that ${read.reason}` };
    keys.push(read.person);
    publicKeys.push(read.key);
  }
  const reason = sameNameProblem(registry.keys);
  if (reason !== undefined) return { ok: false, reason };
  const ring = makeKeyRing(publicKeys);
  return ring.ok ? { ok: true, keys, ring: ring.ring } : ring;
}

type ReadEntry = { readonly ok: true; readonly person: PersonKey; readonly key: PublicKey } | DocumentRefusal;

async function readEntry({ kid, jwk, person, roles, from, revokedAt }: RegisteredKey): Promise<ReadEntry> {
  const refuse = (reason: string): DocumentRefusal => ({ ok: false, reason });
  const reserved = roles.find((role) => role in Object.prototype);
  if (reserved !== undefined)
    return refuse(
      `has the role \`${reserved}\`, which every JavaScript object has as a member: no role is called that`,
    );
  if (jwk.kid !== undefined && jwk.kid !== kid) return refuse("is named otherwise in its `jwk`");
  const key = await readPublicKey({ ...jwk, kid });
  if (!key.ok) return key;
  const begin = parseTimestamp(from);
  if (!begin.ok) return refuse(`has a \`from\` that is not ${begin.reason}`);
  const standing = { kid, person, roles, from: begin.value };
  if (revokedAt === undefined) return { ok: true, person: standing, key: key.key };
  const end = parseTimestamp(revokedAt);
  if (!end.ok) return refuse(`has a \`revokedAt\` that is not ${end.reason}`);
  return { ok: true, person: { ...standing, revokedAt: end.value }, key: key.key };
}
