/** The people of a session: those of its ledger, and another registry of them while it runs (SPEC §9). */
import type { PeopleInForce } from "../../ledger/people-in-force.ts";
import { ownMember } from "../../own.ts";
import { readSigned } from "../../people/document.ts";
import { joinPeople } from "../../people/joined.ts";
import { type People, readPeople, readRegisteredKeys } from "../../people/registry.ts";
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
  return { digest, text, signers: [], registrars: undefined, keys: [...keys.values()], ring: registered.ring, find };
}

/**
 * Those that the host names, and whoever was in force at that moment and is not among them any more: honest work is not undone by who
 * leaves later. Never rejects.
 *
 * @param inForce believed where those have signed it who may say who the people are
 */
export async function peopleThen(vouched: People, inForce: PeopleInForce | undefined): Promise<People> {
  if (inForce === undefined || vouched.registrars === undefined) return vouched;
  const signed = await readPeople(inForce.text, vouched.registrars);
  const then = signed.ok ? await peopleInForce(inForce) : undefined;
  return then === undefined ? vouched : joinPeople(vouched, then);
}

export type PeopleUsed = Appended | { readonly outcome: "unchanged" };

/**
 * @param people out of `readPeople`: whoever may say who the people are has signed them. Those that are in force already change
 * nothing, and are not recorded again.
 */
export async function usePeople(desk: Desk, people: People): Promise<PeopleUsed> {
  const { vouched } = desk;
  const before = vouched.people;
  let used: PeopleUsed | undefined;
  try {
    // What is taken in meanwhile is judged by them already.
    vouched.people = people;
    used = await putInForce(desk, people);
    return used;
  } finally {
    // Those that the ledger has not got are nobody to believe.
    if (used?.outcome !== "appended" && used?.outcome !== "unchanged") vouched.people = before;
  }
}

async function putInForce(desk: Desk, people: People): Promise<PeopleUsed> {
  const { log, options } = desk;
  const fault = await log.refresh();
  if (fault !== undefined) return { outcome: "failed", fault };
  const [registry, digest] = [ownMember(people, "text"), ownMember(people, "digest")];
  if (typeof registry !== "string" || typeof digest !== "string") {
    const problem = {
      code: "RECORD_INCONSISTENT",
      seq: log.state.end.head.seq + 1,
      message: "these are no people",
    } as const;
    return { outcome: "refused", problem };
  }
  const body = { registry, digest };
  if (log.state.people?.digest === digest) return { outcome: "unchanged" };
  return appendSoon(log, options.attempts, () => ({ type: "people", at: timeOrLast(desk), body }));
}
