/** One line of `ambit eval`: a proposal and the facts it comes with, or the reason why the line is faulty (SPEC §13, §14). */

import { quoteList as wordList } from "../../compiler/diagnostics/quote.ts";
import { quote } from "../../runtime/messages/show.ts";
import type { JsonNode } from "../../schema/json/node.ts";
import { defaultMaxBytes, parseJson, toValue } from "../../schema/json/parse.ts";
import { parseInteger } from "../../schema/values/integer.ts";
import { parseTimestamp } from "../../schema/values/timestamp.ts";
import { toExactValue } from "./exact-value.ts";
import type { KnownIds } from "./known-ids.ts";
import { longestLineBytes } from "./lines.ts";
import { idText, type LineMarks, marksOfRefused } from "./refused.ts";
import { isObject, stateFault } from "./state.ts";
import { parseWant } from "./want.ts";

export interface Question {
  /** The proposal as it stands in the line. */
  readonly proposal: JsonNode;
  /** Undefined: the envelope's. Of any type. */
  readonly principal: unknown;
  /** Epoch milliseconds; undefined: the clock's. */
  readonly now: number | undefined;
  readonly justification: unknown;
  readonly state: Readonly<Record<string, unknown>>;
}

export interface Line extends LineMarks {
  readonly question: { readonly ok: true; readonly value: Question } | { readonly ok: false; readonly fault: string };
}

const members: ReadonlySet<string> = new Set(["id", "proposal", "principal", "now", "justification", "state", "want"]);

export interface LineOptions {
  /** Whether a line may say what the state is: not where it is the ledger's. */
  readonly hasState?: boolean;
}

/** @param bytes the line without its line feed; null if it was too long to be held */
export function parseLine(bytes: Uint8Array | null, known: KnownIds, { hasState = true }: LineOptions = {}): Line {
  if (bytes === null) return faulty("null", undefined, `the line is longer than ${longestLineBytes} bytes`);
  const parsed = parseJson(bytes, { maxBytes: longestLineBytes, maxDepth: 1000 });
  if (!parsed.ok) {
    const { id, want } = marksOfRefused(parsed);
    return faulty(id, want, `the line cannot be read: ${parsed.problems[0]?.message ?? "it is no JSON"}`);
  }
  const { root, text } = parsed;
  if (root.kind !== "object") return faulty("null", undefined, "the line is no object");
  const nodes = new Map(root.members.map(({ name, value }) => [name, value]));
  const idNode = nodes.get("id");
  const id = idNode === undefined ? "null" : idText(idNode, text);
  const want = parseWant(plainOf(nodes.get("want")));
  const question = isTooLarge(nodes.get("proposal"), text)
    ? `the proposal is larger than ${defaultMaxBytes} bytes`
    : questionOf(nodes, known, hasState);
  return typeof question === "string"
    ? faulty(id, want, question)
    : { id, want, question: { ok: true, value: question } };
}

/** In UTF-8, as it stands in the line, blanks included. */
function isTooLarge(node: JsonNode | undefined, text: string): boolean {
  // A UTF-16 unit takes one to three bytes: most proposals need no encoding to be measured.
  if (node === undefined || (node.end - node.start) * 3 <= defaultMaxBytes) return false;
  return new TextEncoder().encode(text.slice(node.start, node.end)).byteLength > defaultMaxBytes;
}

/** The question, or what is wrong with the line in one sentence. */
function questionOf(nodes: ReadonlyMap<string, JsonNode>, known: KnownIds, hasState: boolean): Question | string {
  const unknown = [...nodes.keys()].find((name) => !members.has(name));
  if (unknown !== undefined) return strangeMember(unknown, hasState);
  const now = readNow(nodes.get("now"));
  if (now === "bad") return "`now` is neither RFC 3339 nor whole milliseconds since 1970";
  if (!hasState && nodes.has("state")) return "a line has no `state` where the state is the ledger's";
  const given = nodes.get("state");
  const state = given === undefined ? {} : toExactValue(given);
  if (!isObject(state)) return "`state` is no object";
  const strange = stateFault(state, known);
  if (strange !== undefined) return strange;
  const [principal, justification] = [plainOf(nodes.get("principal")), plainOf(nodes.get("justification"))];
  return { proposal: nodes.get("proposal") ?? missing, principal, now, justification, state };
}

function strangeMember(name: string, hasState: boolean): string {
  const others = [...members].filter((member) => hasState || member !== "state");
  return `unknown member ${quote(name)}: a line has ${wordList(others)}`;
}

/** A line without a proposal is answered as one that proposes nothing. */
const missing: JsonNode = { kind: "null", start: 0, end: 0 };

function readNow(node: JsonNode | undefined): number | undefined | "bad" {
  if (node === undefined) return undefined;
  const read =
    node.kind === "string"
      ? parseTimestamp(node.value)
      : node.kind === "number"
        ? parseInteger(node.text)
        : ({ ok: false } as const);
  return read.ok ? read.value : "bad";
}

function plainOf(node: JsonNode | undefined): unknown {
  return node === undefined ? undefined : toValue(node);
}

function faulty(id: string, want: Line["want"], fault: string): Line {
  return { id, want, question: { ok: false, fault } };
}
