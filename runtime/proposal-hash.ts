/** What a token, an approval and a ledger record name a proposal and its request by (SPEC §7). */
import { canonicalJson, sha256 } from "../schema/json/canonical.ts";
import { toValue } from "../schema/json/value.ts";
import type { HostileRequest } from "../schema/request.ts";
import type { Proposal } from "./decode/decode.ts";
import { hasBoundNumbers } from "./decode/numbers.ts";
import { type DecodeLimits, readProposal } from "./decode/proposal.ts";

/** What a proposal is known by, as far as it can be read. */
export interface ProposalName {
  /** `sha256:<hex>` of the JCS of `{tool, args, id?}`; undefined where it cannot be hashed. */
  readonly hash: string | undefined;
  readonly id: string | undefined;
}

/**
 * The hash is of the JCS form of `{tool, args, id?}` as sent: defaults are not filled in, narrative is left out. What JCS writes
 * in one way has one hash: another order of members, `1.0` and `1`.
 *
 * Total. There is no hash for whatever the decoder refuses whatever the envelope says: no strict JSON, no tool call, a number
 * in `args` that a double does not hold, or a negative zero.
 */
export function nameProposal(proposal: Proposal, limits: DecodeLimits = {}): ProposalName {
  try {
    const read = readProposal(proposal, limits);
    if (!read.ok) return nameless;
    const { tool, args, id } = read.call;
    if (!hasBoundNumbers(args)) return { hash: undefined, id };
    const sent = toValue(args);
    return { hash: sha256(canonicalJson(id === undefined ? { args: sent, tool } : { args: sent, id, tool })), id };
  } catch {
    // Only a value that is no proposal at all, against the types, gets here.
    return nameless;
  }
}

const nameless: ProposalName = { hash: undefined, id: undefined };

export function proposalHash(proposal: Proposal, limits?: DecodeLimits): string | undefined {
  return nameProposal(proposal, limits).hash;
}

/**
 * `sha256:<hex>` of the JCS form of the document that the engines judged (SPEC §5).
 *
 * @param request as `buildRequest` makes it, or as it was read from a ledger
 * @throws Error for what has no JCS form: NaN, infinities, lone surrogates, cycles
 */
export function requestDigest(request: HostileRequest): string {
  return sha256(canonicalJson(request));
}
