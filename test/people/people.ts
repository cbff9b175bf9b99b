/** People, their registry and their approvals, with keys that are the same in every run. */
import { makeKeyRing } from "../../runtime/authority/key-ring.ts";
import type { PublicKey } from "../../runtime/authority/keys.ts";
import { type People, readPeople } from "../../runtime/people/registry.ts";
import { signApproval, signPeopleDocument } from "../../runtime/people/sign.ts";
import { sha256 } from "../../schema/json/canonical.ts";
import type { ApprovalPayload, RegisteredKey } from "../../schema/people.ts";
import { keyPair, publicJwkOf } from "../authority/key-pairs.ts";

/** Who says who the people are. */
export const office = await keyPair("office-1");
export const trusted = ringOf(office.key);
export const envelope = sha256("an envelope");
/** Epoch milliseconds. */
export const now = Date.UTC(2024, 2, 1, 12);

export function ringOf(...keys: readonly PublicKey[]) {
  const made = makeKeyRing(keys);
  if (!made.ok) throw new Error(made.reason);
  return made.ring;
}

/** The key of a person, named after the person. A member that is undefined is left out. */
export function registered(
  person: string,
  roles: readonly string[],
  rest: { readonly [K in keyof RegisteredKey]?: unknown } = {},
): RegisteredKey {
  const { kid: _, ...jwk } = publicJwkOf(person);
  const entry: object = { kid: person, jwk, person, roles, from: "2024-01-01T00:00:00Z", ...rest };
  return JSON.parse(JSON.stringify(entry));
}

export function registryText(...keys: readonly RegisteredKey[]): Promise<string> {
  return signPeopleDocument(office.signer, "registry", { keys: [...keys] });
}

/** @throws Error where the registry is refused: nothing else could be tested then */
export async function peopleOf(...keys: readonly RegisteredKey[]): Promise<People> {
  const read = await readPeople(await registryText(...keys), trusted);
  if (!read.ok) throw new Error(read.reason);
  return read.people;
}

/** Of the transition `activate` where nothing else is said. A member that is undefined is left out. */
export function payload(rest: { readonly [K in keyof ApprovalPayload]?: unknown } = {}): ApprovalPayload {
  const iat = now / 1000 - 60;
  const made: object = {
    envelope,
    transition: "activate",
    decision: "approve",
    roles: ["risk"],
    iat,
    exp: iat + 3600,
    ...rest,
  };
  return JSON.parse(JSON.stringify(made));
}

/** Signed by the key of a person. */
export async function approvalText(person: string, rest: Parameters<typeof payload>[0] = {}): Promise<string> {
  const { signer } = await keyPair(person);
  return signApproval(signer, payload(rest));
}
