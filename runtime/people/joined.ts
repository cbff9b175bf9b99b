/** People known from one registry, and those that only another one has: who has left stands in an older one. */
import type { KeyRing } from "../authority/key-ring.ts";
import type { PublicKey } from "../authority/keys.ts";
import type { People, PersonKey } from "./registry.ts";

/** Whatever `first` says of a key counts, under whatever name it has it: a key that it has revoked stays revoked. */
export function joinPeople(first: People, others: People): People {
  const isMissing = ({ kid }: { readonly kid: string }) => first.find(kid) === undefined;
  const added = others.keys.filter(isMissing).map((key) => revokedAsIn(first, key, others.ring.find(key.kid)));
  const byKid = new Map(added.map((key) => [key.kid, key]));
  return {
    ...first,
    keys: [...first.keys, ...added],
    ring: joinRings(first.ring, others.ring),
    find: (kid) => first.find(kid) ?? byKid.get(kid),
  };
}

function revokedAsIn({ ring, find }: People, key: PersonKey, given: PublicKey | undefined): PersonKey {
  const same = ring.keys.find(({ bytes }) => bytes.join() === given?.bytes.join());
  const revokedAt = same === undefined ? undefined : find(same.kid)?.revokedAt;
  return revokedAt === undefined ? key : { ...key, revokedAt: Math.min(revokedAt, key.revokedAt ?? revokedAt) };
}

function joinRings(first: KeyRing, others: KeyRing): KeyRing {
  const ringOf = (kid: string) => (first.find(kid) === undefined ? others : first);
  return {
    keys: [...first.keys, ...others.keys.filter(({ kid }) => ringOf(kid) === others)],
    find: (kid) => ringOf(kid).find(kid),
    verify: (kid, message, signature) => ringOf(kid).verify(kid, message, signature),
  };
}
