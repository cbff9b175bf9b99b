import type { Proposal } from "../decode/decode.ts";
import { NoProposal } from "../decode/no-proposal.ts";
import { ownNode } from "../decode/own-node.ts";

/** A copy that nobody else holds: what is judged, hashed and executed is the same, however long the store takes. Total. */
export function ownProposal(proposal: Proposal): Proposal {
  try {
    if (typeof proposal === "string") return proposal;
    return proposal instanceof Uint8Array ? new Uint8Array(proposal) : (ownNode(proposal) ?? new NoProposal(proposal));
  } catch {
    // Deeper than the stack, or no proposal at all, against the types.
    return new NoProposal(proposal);
  }
}
