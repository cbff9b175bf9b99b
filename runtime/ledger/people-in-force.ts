/** Whose word counts in a session, as its ledger tells: the registry of people that came into force last (SPEC §9). */
import { showText } from "../../schema/json/show.ts";
import type { RegisteredKey } from "../../schema/people.ts";
import { parseTimestamp } from "../../schema/values/timestamp.ts";
import { readSigned } from "../people/document.ts";
import { countsAt, type PersonKey } from "../people/registry.ts";
import { sameNameProblem } from "../people/same-name.ts";
import type { GivenApproval } from "./state.ts";

/** Its signatures were verified before it was recorded; an audit verifies them again. */
export interface PeopleInForce {
  /** `sha256:<hex>` of the JCS form of the registry, without its signatures. */
  readonly digest: string;
  /** As it was signed: `{"jws", "registry"}`. */
  readonly text: string;
  /** By kid, with the earliest revocation that any registry of this session has named. */
  readonly keys: ReadonlyMap<string, KeyInForce>;
  /** When keys were revoked that this registry does not have any more, by kid; epoch milliseconds. */
  readonly gone: ReadonlyMap<string, number>;
  /** The earliest revocation of each public key, under whatever name it stood in any registry of this session. */
  readonly revoked: ReadonlyMap<string, number>;
  /** Of every registry that has been in force. */
  readonly digests: ReadonlySet<string>;
}

export interface KeyInForce extends PersonKey {
  /** The public key, as its JWK has it. */
  readonly x: string;
}

export type Successor =
  | { readonly ok: true; readonly people: PeopleInForce }
  | { readonly ok: false; readonly code: "RECORD_INCONSISTENT" | "PEOPLE_ROLLED_BACK"; readonly message: string };

/**
 * Total. Nothing is verified of the signatures.
 *
 * @param before undefined for the first registry of a session
 * @param at epoch milliseconds: keys that are not there any more are revoked then
 */
export function successor(before: PeopleInForce | undefined, text: string, at: number): Successor {
  const read = readSigned("registry", text);
  if (!read.ok) return refuse("RECORD_INCONSISTENT", `the registry of people ${read.reason}`);
  const { document, digest } = read.signed;
  if (before?.digests.has(digest))
    return refuse("PEOPLE_ROLLED_BACK", `the registry of people ${digest} has been in force before`);
  const same = sameNameProblem(document.keys);
  if (same !== undefined) return refuse("RECORD_INCONSISTENT", `the registry of people ${same}`);
  const keys = new Map<string, KeyInForce>();
  for (const entry of document.keys) {
    const key = keyOf(entry);
    if (key === undefined || keys.has(entry.kid))
      return refuse("RECORD_INCONSISTENT", `the registry of people has a key that cannot be read, or is there twice`);
    const former = before?.keys.get(entry.kid);
    if (former !== undefined && former.x !== key.x) {
      const message = `the registry of people gives the name \`${showText(entry.kid)}\` to another key than it was`;
      return refuse("PEOPLE_ROLLED_BACK", message);
    }
    keys.set(entry.kid, revokedBy(key, before?.gone.get(entry.kid), before?.revoked.get(key.x)));
  }
  const gone = new Map(before?.gone);
  const revoked = new Map(before?.revoked);
  const present = new Set([...keys.values()].map(({ x }) => x));
  for (const [kid, { x, revokedAt = at }] of before?.keys ?? []) {
    const since = Math.min(revokedAt, at);
    if (!keys.has(kid)) gone.set(kid, since);
    if (!present.has(x)) revoked.set(x, Math.min(since, revoked.get(x) ?? since));
  }
  for (const { x, revokedAt } of keys.values()) if (revokedAt !== undefined) revoked.set(x, revokedAt);
  const digests = new Set(before?.digests).add(digest);
  return { ok: true, people: { digest, text, keys, gone, revoked, digests } };
}

/** Whether the approval counts: its key is the person's, has the roles, and counted when it signed as it does now. */
export function isInForce(
  people: PeopleInForce | undefined,
  given: Pick<GivenApproval, "kid" | "person" | "roles" | "from">,
  now: number,
): boolean {
  if (people === undefined) return true;
  const key = people.keys.get(given.kid);
  return (
    key !== undefined &&
    key.person === given.person &&
    given.roles.every((role) => key.roles.includes(role)) &&
    countsAt(key, given.from) &&
    countsAt(key, now)
  );
}

function revokedBy(key: KeyInForce, ...earlier: readonly (number | undefined)[]): KeyInForce {
  const times = [key.revokedAt, ...earlier].filter((time) => time !== undefined);
  return times.length === 0 ? key : { ...key, revokedAt: Math.min(...times) };
}

function keyOf({ kid, jwk, person, roles, from, revokedAt }: RegisteredKey): KeyInForce | undefined {
  const begin = parseTimestamp(from);
  const end = revokedAt === undefined ? undefined : parseTimestamp(revokedAt);
  if (!begin.ok || end?.ok === false) return undefined;
  return { kid, person, roles, x: jwk.x, from: begin.value, ...(end === undefined ? {} : { revokedAt: end.value }) };
}

function refuse(code: "RECORD_INCONSISTENT" | "PEOPLE_ROLLED_BACK", message: string): Successor {
  return { ok: false, code, message };
}
