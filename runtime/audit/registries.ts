/** The registries of people that a ledger names, and by whose keys its approvals are judged. */
import type { ApprovalGiven } from "../../schema/ledger.ts";
import type { KeyRing } from "../authority/key-ring.ts";
import type { PeopleInForce } from "../ledger/people-in-force.ts";
import { type People, readPeople } from "../people/registry.ts";
import { peopleInForce } from "../session/holds/people.ts";
import { type Finding, signatureWrong } from "./finding.ts";

/** @param registrars those who may say who the people are; without them, nothing is said */
export async function registryProblem(
  seq: number,
  text: string | undefined,
  registrars: KeyRing | undefined,
): Promise<Finding | undefined> {
  if (text === undefined || registrars === undefined) return undefined;
  const read = await readPeople(text, registrars);
  return read.ok ? undefined : signatureWrong(seq, `has a registry of people that ${read.reason}`);
}

/**
 * Those that the auditor names, where they have the key; else those that were in force at that moment, if their own signatures are
 * looked at as well. Undefined where nothing is known of anybody.
 */
export async function peopleFor(
  { kid }: Readonly<Pick<ApprovalGiven, "kid">>,
  inForce: PeopleInForce | undefined,
  people: People | undefined,
  registrars: KeyRing | undefined,
): Promise<People | undefined> {
  if (registrars === undefined || people?.find(kid) !== undefined) return people;
  return (await peopleInForce(inForce)) ?? people;
}

/** Those that the auditor names; else those that were in force at that moment, if their own signatures are looked at as well. */
export async function peopleAt(
  inForce: PeopleInForce | undefined,
  people: People | undefined,
  registrars: KeyRing | undefined,
): Promise<People | undefined> {
  return people ?? (registrars === undefined ? undefined : peopleInForce(inForce));
}
