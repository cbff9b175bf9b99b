/** That what was judged is what the ledger tells: the facts of each request, what an allow reserves, and the id of its token. */
import { canonicalJson } from "../../schema/json/canonical.ts";
import { sha256Base64url } from "../../schema/json/sha256.ts";
import type { FieldValues } from "../../schema/request.ts";
import type { FactsPlan } from "../ledger/facts/facts.ts";
import type { LedgerRecord } from "../ledger/record.ts";
import type { SessionState } from "../ledger/state.ts";
import { ownMember } from "../own.ts";
import { attempt } from "./attempt.ts";
import { differenceOf } from "./difference.ts";
import type { Findings } from "./finding.ts";

/** Milliseconds: no gateway gives a token for longer. */
const longestLife = 3_600_000;

/**
 * @param facts of the envelope that was activated
 * @param state before the record
 */
export function checkDecision(
  facts: FactsPlan,
  state: SessionState,
  record: LedgerRecord<"decided">,
  findings: Findings,
): void {
  const { seq, body, prev, session } = record;
  const { request, reservation, proposalHash } = body;
  if (reservation !== undefined && reservation.jti !== tokenId({ session, seq, prev, proposalHash }))
    findings.add("TOKEN_FOREIGN", seq, `the token of record ${seq} is not named after its place in the ledger`);
  if (reservation !== undefined && reservation.expiresAt > record.at + longestLife)
    findings.add("TOKEN_LIFETIME", seq, `the token of record ${seq} is good for more than an hour`);
  if (request === null) return;
  const [effect, fields] = [ownMember(request, "effect"), ownMember(request, "fields")];
  if (ownMember(request, "envelope") !== record.envelope || typeof effect !== "string" || !isFieldValues(fields)) {
    findings.add("REQUEST_FOREIGN", seq, `record ${seq} judges a request that is not one of this envelope`);
    return;
  }
  const call = { effect, fields, proposalHash: proposalHash ?? "" };
  const known = attempt(() => facts.stateOf(state, call, record.at));
  const difference = differenceOf(known, ownMember(request, "state"));
  if (difference !== undefined)
    findings.add(
      "STATE_FORGED",
      seq,
      `record ${seq} was judged by \`/state${difference}\`, which the ledger tells otherwise`,
    );
  if (reservation === undefined) return;
  const charges = attempt(() => facts.chargesOf(call, record.at));
  const charged = differenceOf(charges, reservation.charges);
  if (charged !== undefined)
    findings.add("CHARGES_FORGED", seq, `record ${seq} reserves by \`/charges${charged}\` what the call does not cost`);
}

type Place = Pick<LedgerRecord, "session" | "seq" | "prev"> & { readonly proposalHash: string | null };

/** base64url(SHA-256(JCS({session, seq, prev, proposalHash}))), of the `decided` record. */
function tokenId({ prev, proposalHash, seq, session }: Place): string {
  return sha256Base64url(canonicalJson({ prev, proposalHash, seq, session }));
}

function isFieldValues(value: unknown): value is FieldValues {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
