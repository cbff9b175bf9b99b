/** Approvals of nobody: in a ledger that ends with this process they lift what is in the way, so that what is behind it can be attacked. */
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import type { ApprovalGiven } from "../../schema/ledger.ts";

type Thing = Pick<ApprovalGiven, "bound" | "proposalHash" | "transition">;

/** Two at least, so that there are two keys. */
export function madeUpPeople(keys: number): readonly string[] {
  return Array.from({ length: Math.max(2, keys) }, (_, index) => `selfcheck-${index + 1}`);
}

/** @param now epoch milliseconds */
export function madeUpApproval(person: string, roles: readonly string[], thing: Thing, now: number): ApprovalGiven {
  const said = { ...thing, person, roles: [...roles, person], decision: "approve" as const };
  const iat = Math.floor(now / 1000);
  return { ...said, jws: "{}", digest: sha256(canonicalJson(said)), kid: person, iat, exp: iat + 3_600 };
}
