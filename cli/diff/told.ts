/** What `ambit diff` says to a person. */
import { makeVisible } from "../../compiler/diagnostics/quote.ts";
import type { Widening } from "../../compiler/order/widening.ts";
import { instantText } from "../../runtime/messages/times.ts";
import { isObject } from "../eval/state.ts";
import { coloursOf, type Io } from "../io.ts";
import type { Admitted } from "./newly-admitted.ts";

export type Relation = "narrower" | "wider" | "equal" | "incomparable";

export function told(relation: Relation, wider: readonly Widening[], admitted: readonly Admitted[], io: Io): string {
  const colours = coloursOf(io);
  const lines = wider.map(
    ({ pointer, message }) => `  ${makeVisible(pointer || "the whole")}: ${makeVisible(message)}`,
  );
  const calls = admitted.flatMap((one) => [
    `  ${makeVisible(one.bound)}`,
    `    ${makeVisible(one.effect)} ${makeVisible(JSON.stringify(one.fields))}`,
    ...circumstances(one).map((line) => `      ${makeVisible(line)}`),
  ]);
  const heading = calls.length === 0 ? [] : ["denied before, and allowed now:"];
  return `${[colours.bold(relation), ...lines, ...heading, ...calls].join("\n")}\n`;
}

/** When, and what the session must be like for it. */
function circumstances({ bound, proposal, request: { now, justified, state } }: Admitted): readonly string[] {
  const known = isObject(state) ? state : {};
  const since = known.activatedAt === now ? "" : `, in a session since ${instantText(known.activatedAt)}`;
  return [
    `at ${instantText(now)}${since}`,
    // What the old envelope cannot decode shows only in the call as it is written.
    ...(bound.startsWith("decode") ? [`as ${JSON.stringify(proposal)}`] : []),
    ...(justified === true ? ["with a justification"] : []),
    ...entriesOf(known.approvals).map(([id, keys]) => `${keys} approved: ${id}`),
    ...entriesOf(known.meters).map(([id, used]) => `${used} used before: ${id}`),
    ...entriesOf(known.velocity).map(([id, count]) => `${count} allowed just before: ${id}`),
    ...entriesOf(known.last).map(([effect, at]) => `${effect} settled at ${instantText(at)}`),
    ...entriesOf(known.produced).map(([key, values]) => `${key} produced: ${JSON.stringify(values)}`),
    ...entriesOf(known.evidence).map(([name, at]) => `evidence ${name} seen at ${instantText(at)}`),
  ];
}

/** Without what is as in a session that has done nothing yet. */
function entriesOf(map: unknown): readonly (readonly [string, unknown])[] {
  return isObject(map) ? Object.entries(map).filter(([, value]) => value !== 0) : [];
}
