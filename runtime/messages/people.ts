/** The rows that look at what people have said. */
import { ownMember } from "../own.ts";
import { type Describe, factIn } from "./circumstance.ts";
import { quote, quoteList, show } from "./show.ts";

export const justification: Describe = ({ request, effectName }) => ({
  value:
    ownMember(request, "justified") === true
      ? "a justification came with the call"
      : "no justification came with the call",
  limit: `effect ${quote(effectName)} needs one that is not blank, which the host gives beside the proposal, not in it`,
});

export const approval: Describe = ({ id, request, effect }) => {
  const { keys = 1, roles = [], when } = effect?.approval ?? {};
  const condition = when === undefined ? "" : ` where ${quoteList(Object.keys(when))} calls for it`;
  return {
    value: approvalsText(factIn(request, "approvals", id)),
    limit: `${keys} by the role ${quoteList(roles)} needed${condition}`,
  };
};

export const channel: Describe = ({ id, request }) => ({
  value: approvalsText(factIn(request, "approvals", id)),
  limit: "the effect is only proposed: 2 by two roles needed",
});

function approvalsText(approvals: unknown): string {
  return `approvals of this call: ${show(approvals ?? 0)}`;
}
