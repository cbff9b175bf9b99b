/** The people of a session: those of its ledger, and another registry of them while it runs (SPEC §9). */
import type { PeopleInForce } from "../../ledger/people-in-force.ts";
import { readSigned } from "../../people/document.ts";
import { type People, readRegisteredKeys } from "../../people/registry.ts";
import type { Appended } from "../append.ts";
import { appendSoon } from "../append.ts";
import { type Desk, timeOrLast } from "../desk.ts";

/**
 * The registry that the ledger says is in force, with the revocations that it has seen. Its signatures were verified when it was
 * recorded. Undefined where the ledger names none. Never rejects.
 */
export async function peopleInForce(inForce: PeopleInForce | undefined): Promise<People | undefined> {
  const read = inForce === undefined ? undefined : readSigned("registry", inForce.text);
  if (inForce === undefined || !read?.ok) return undefined;
  const registered = await readRegisteredKeys(read.signed.document);
  if (!registered.ok) return undefined;
  const { digest, text, keys } = inForce;
  const find = (kid: string) => keys.get(kid);
  return { digest, text, signers: [], keys: [...keys.values()], ring: registered.ring, find };
}

export type PeopleUsed = Appended | { readonly outcome: "unchanged" };

/**
 * @param people out of `readPeople`: whoever may say who the people are has signed them. Those that are in force already change
 * nothing, and are not recorded again.
 */
export async function usePeople(desk: Desk, people: People): Promise<PeopleUsed> {
  const { log, options } = desk;
  const fault = await log.refresh();
  if (fault !== undefined) return { outcome: "failed", fault };
  const body = { registry: people.text, digest: people.digest };
  if (log.state.people?.digest === people.digest) return { outcome: "unchanged" };
  return appendSoon(log, options.attempts, () => ({ type: "people", at: timeOrLast(desk), body }));
}
