/** `--use-people`: the registry of `--people` comes into force in the ledger, by whose registry every key must be good too. */
import type { People } from "../../runtime/people/registry.ts";
import type { Session } from "../../runtime/session/session.ts";

export const usePeopleOption = [
  "--use-people",
  "put that registry in force in the ledger first, for good, where it has another one",
] as const;

export interface NotUsed {
  readonly code: string;
  readonly message: string;
}

/** Undefined once it is in force; what keeps it from that otherwise, and then nothing is recorded. */
export async function putInForce(session: Session, people: People): Promise<NotUsed | undefined> {
  const used = await session.usePeople(people);
  if (used.outcome === "refused") return used.problem;
  return used.outcome === "failed" ? used.fault : undefined;
}

/** Where somebody is refused whom the file has: whose word that is, and the way out. Empty where the ledger has no other registry. */
export function otherRegistryHint({ state }: Session, people: People | undefined): string {
  const inForce = state.people?.digest;
  if (people === undefined || inForce === undefined || inForce === people.digest) return "";
  return `the ledger has another registry of people in force, ${inForce}, by which the key must be good too: \`--use-people\` puts that of \`--people\` in force first`;
}
