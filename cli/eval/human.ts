/** Verdicts for a person: one line each, reasons below it, and a closing summary. */

import { fieldOf, measureOf, withUnit } from "../../runtime/messages/magnitude.ts";
import { quote, show } from "../../runtime/messages/show.ts";
import { own } from "../../runtime/own.ts";
import type { Envelope } from "../../schema/envelope.ts";
import type { EngineName, Verdict } from "../../schema/verdict.ts";
import type { coloursOf } from "../io.ts";
import type { Answer } from "./answer.ts";
import type { Sums } from "./tally.ts";

type Colours = ReturnType<typeof coloursOf>;

const marks = { allow: "✓", hold: "◌", deny: "✗" } as const;

export function humanLine(
  { id, verdict, difference }: Answer,
  lineNumber: number,
  envelope: Envelope,
  colours: Colours,
): string {
  const paint = paintOf(colours)[verdict.verdict];
  const name = id === "null" ? `line ${lineNumber}` : idText(id);
  const head = `${paint(`${marks[verdict.verdict]} ${verdict.verdict.padEnd(5)}`)} ${colours.bold(name)}  ${callText(verdict, envelope)}`;
  const reasons = verdict.violations.map(
    ({ id, code, message }) => `    ${code} ${colours.dim(printable(id))}  ${printable(message)}`,
  );
  const wanted = difference === undefined ? [] : [`    ${colours.yellow(`differs: ${printable(difference)}`)}`];
  return `${[head.trimEnd(), ...reasons, ...wanted].join("\n")}\n`;
}

export function summary({ counts, wanted, differing }: Sums, engines: readonly EngineName[], colours: Colours): string {
  const total = counts.allow + counts.hold + counts.deny;
  const decisions = `${counts.allow} allowed, ${counts.hold} held, ${counts.deny} denied`;
  const judges =
    engines.length > 1 ? `${engines.join(" and ")} must agree on each` : `judged by ${engines.join()} alone`;
  const wants =
    wanted === 0 ? "" : differing === 0 ? `; all ${wanted} as wanted` : `; ${differing} of ${wanted} not as wanted`;
  const text = `${total} ${total === 1 ? "line" : "lines"}: ${decisions}${wants} (${judges})`;
  return `\n${differing > 0 ? colours.red(text) : colours.bold(text)}\n`;
}

function callText({ effect, fields, request, primary }: Verdict, envelope: Envelope): string {
  // A session may answer a call that decodes well before anything is judged: its clock has gone back, its id is taken.
  if (effect === null) return primary?.startsWith("decode") ? "cannot be decoded" : "not judged";
  const tool = request !== null && "tool" in request ? show(request.tool) : "";
  if (effect === "") return `${tool} reaches no effect`;
  const written = own(envelope.effects, effect);
  const values = Object.entries(fields ?? {}).map(
    ([name, value]) => `${name}=${withUnit(measureOf(fieldOf(written, name)), value)}`,
  );
  return [effect, ...values].join(" ");
}

/** An id is a string more often than not; anything else is shown as the JSON it is. */
function idText(id: string): string {
  const value: unknown = JSON.parse(id);
  return typeof value === "string" ? quote(value).slice(1, -1) : quote(id).slice(1, -1);
}

/** A message of any origin, or an id with names of the agent, must not drive the terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`);
}

function paintOf(colours: Colours) {
  return { allow: colours.green, hold: colours.yellow, deny: colours.red };
}
