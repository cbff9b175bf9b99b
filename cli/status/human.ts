/** The status of a session, for a person. */
import { makeVisible } from "../../compiler/diagnostics/quote.ts";
import { quote } from "../../runtime/messages/show.ts";
import { instantText } from "../../runtime/messages/times.ts";
import type { Envelope } from "../../schema/envelope.ts";
import { effectText } from "../explain/remaining.ts";
import type { coloursOf } from "../io.ts";
import { holdLines } from "./hold-text.ts";
import type { SessionStatus, Unread } from "./session-status.ts";

type Colours = ReturnType<typeof coloursOf>;

export function unreadText({ session, message }: Unread, { red }: Colours): string {
  return `${red("cannot be read")}  session ${makeVisible(session)}: ${makeVisible(message)}\n`;
}

export function statusText(status: SessionStatus, envelope: Envelope, colours: Colours): string {
  const { session, id, principal, seq, lastAt, holds, effects } = status;
  const lines = [
    `${standing(status, colours)}  session ${session} of ${quote(id)} for ${quote(principal)}`,
    `  record ${seq} of ${instantText(lastAt)}; ends at ${instantText(status.endsAt)}, by ${status.endsBy}`,
    ...trouble(status, colours),
    ...flights(status),
    `  ${holds.length === 0 ? "nothing waits for people" : `${holds.length} waiting for people:`}`,
    ...holds.flatMap((hold) => holdLines(hold, colours)).map((line) => `  ${line}`),
    ...effects.map((left) => indented(effectText(left, envelope, colours))),
  ];
  return `${lines.join("\n")}\n`;
}

function standing({ killed, halted, phase, now, endsAt }: SessionStatus, { green, red, yellow }: Colours): string {
  if (killed !== null) return red("killed");
  if (phase !== "active") return (phase === "frozen" ? red : yellow)(phase);
  if (halted) return red("halted");
  return now >= endsAt ? yellow("ended") : green("active");
}

function trouble(status: SessionStatus, { red }: Colours): readonly string[] {
  const { killed, inDoubt, breakers, incidents, lastIncidents } = status;
  return [
    ...(killed === null ? [] : [`  ${red("killed")} at ${instantText(killed.at)} by ${quote(killed.signal)}`]),
    ...(inDoubt ? [`  ${red("in doubt")}: it ends as quarantined, unless two people resume it with a reason`] : []),
    ...Object.entries(breakers).map(([name, action]) => `  ${red("breaker")} ${quote(name)}: ${makeVisible(action)}`),
    ...(incidents > lastIncidents.length ? [`  ${incidents} incidents, of which the last ones:`] : []),
    ...lastIncidents.map(
      ({ seq, at, code, message }) =>
        `  ${red("incident")} ${makeVisible(code)} in record ${seq} at ${instantText(at)}: ${makeVisible(message)}`,
    ),
  ];
}

function flights({ inFlight, reserved, now }: SessionStatus): readonly string[] {
  return [
    ...inFlight.map(({ seq, effect, redeemedAt, overdueAt }) => {
      const late = now >= overdueAt ? ", overdue: it may have happened" : "";
      return `  in flight: ${makeVisible(effect)} of record ${seq}, redeemed at ${instantText(redeemedAt)}${late}`;
    }),
    ...reserved.map(
      ({ seq, effect, expiresAt }) =>
        `  held in reserve: ${makeVisible(effect)} of record ${seq}, until ${instantText(expiresAt)}`,
    ),
  ];
}

function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
