/** What waits for people, for a person: the call, who is asked, and apart from it what nobody has verified. */
import { makeVisible } from "../../compiler/diagnostics/quote.ts";
import { quote, quoteList } from "../../runtime/messages/show.ts";
import { instantText } from "../../runtime/messages/times.ts";
import type { PendingHold, PeopleAsked } from "../../runtime/session/holds/pending.ts";
import type { coloursOf } from "../io.ts";

type Colours = ReturnType<typeof coloursOf>;

export function holdLines(hold: PendingHold, { bold, yellow, dim }: Colours): readonly string[] {
  const { seq, at, expiresAt, effect, tool, values, people, remaining, justification, unverifiedNarrative } = hold;
  const until = expiresAt === null ? "" : `, can be approved until ${instantText(expiresAt)}`;
  const id = hold.proposalId === null ? "" : `, proposal ${quote(hold.proposalId)}`;
  const closed = remaining?.closedBy ?? [];
  return [
    `${bold(`hold ${seq}`)}  ${makeVisible(effect)} through ${quote(tool)}${id}, held at ${instantText(at)}${until}`,
    ...values.map(({ field, value }) => `    ${makeVisible(field)} = ${makeVisible(value)}`),
    ...people.map((asked) => `    ${yellow("asks for")} ${peopleText(asked)}`),
    ...(closed.length === 0
      ? []
      : [`    ${yellow("would be denied now")} by ${closed.map(({ id }) => makeVisible(id)).join(", ")}`]),
    ...(justification === null
      ? []
      : [`    the caller's reason, unverified: ${makeVisible(JSON.stringify(justification))}`]),
    ...unverifiedNarrative.map(({ name, text }) =>
      dim(
        `    said by the agent, unverified: ${makeVisible(JSON.stringify(name))}: ${makeVisible(JSON.stringify(text))}`,
      ),
    ),
  ];
}

export function peopleText({ bound, keys, roles, approved, missing }: PeopleAsked): string {
  const who = roles === null ? "in two roles" : `as ${quoteList(roles)}`;
  const given = approved.map(({ person, roles: as }) => `${quote(person)} as ${quoteList(as)}`);
  const so = given.length === 0 ? "nobody has approved" : `approved by ${given.join(", ")}`;
  return `${keys === 1 ? "1 person" : `${keys} people`} ${who} (${bound}): ${so}, ${missing} missing`;
}
