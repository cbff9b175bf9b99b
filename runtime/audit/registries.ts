/** The registries of people that a ledger names, and by whose keys what people say in it is judged. */
import type { KeyRing } from "../authority/key-ring.ts";
import type { PeopleInForce } from "../ledger/people-in-force.ts";
import { joinPeople } from "../people/joined.ts";
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
 * Those that the auditor names, and beside them whoever was in force at that moment and is not among them any more, if the registries'
 * own signatures are looked at as well. Undefined where nothing is known of anybody.
 */
export async function peopleAt(
  inForce: PeopleInForce | undefined,
  people: People | undefined,
  registrars: KeyRing | undefined,
): Promise<People | undefined> {
  const then = registrars === undefined || inForce === undefined ? undefined : await readOnce(inForce);
  return people === undefined || then === undefined ? (people ?? then) : joinPeople(people, then);
}

const read = new WeakMap<PeopleInForce, Promise<People | undefined>>();

/** One registry is in force for many records, and each of its keys costs an import. */
function readOnce(inForce: PeopleInForce): Promise<People | undefined> {
  const reading = read.get(inForce) ?? peopleInForce(inForce);
  read.set(inForce, reading);
  return reading;
}
