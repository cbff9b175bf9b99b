/** The rows that look at what people have said. */
import { ownMember } from "../own.ts";
import { type Describe, factIn } from "./circumstance.ts";
import { quote, quoteList, show } from "./show.ts";

export const justification: Describe = ({ request, effectName }) => ({
  value:
    ownMember(request, "justified") === true
      ? "a justification came with the call"
      : "no justification came with the call",
  limit: `effect ${quote(effectName)} needs one that is not blank`,
});

export const approval: Describe = ({ id, request, effect }) => {
  const { keys = 1, roles = [], when } = effect?.approval ?? {};
  const condition = when === undefined ? "" : ` where ${quoteList(Object.keys(when))} calls for it`;
  return {
    value: `${show(factIn(request, "approvals", id) ?? 0)} people have approved this call`,
    limit: `${keys} with the role ${quoteList(roles)} must${condition}`,
  };
};

export const channel: Describe = ({ id, request }) => ({
  value: `${show(factIn(request, "approvals", id) ?? 0)} people have approved this call`,
  limit: "the effect is only proposed: 2 people with two roles must",
});
