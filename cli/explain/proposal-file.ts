/** The file of `ambit explain --proposal`: a proposal as the agent sends it, or a whole line of `ambit eval`. */
import { parseJson } from "../../schema/json/parse.ts";
import type { KnownIds } from "../eval/known-ids.ts";
import { type Line, parseLine } from "../eval/line.ts";
import { longestLineBytes } from "../eval/lines.ts";

export function parseProposalFile(bytes: Uint8Array, known: KnownIds): Line {
  const parsed = parseJson(bytes, { maxBytes: longestLineBytes, maxDepth: 1000 });
  if (!parsed.ok || parsed.root.kind !== "object") return parseLine(bytes, known);
  if (parsed.root.members.some(({ name }) => name === "proposal")) return parseLine(bytes, known);
  const value = { proposal: parsed.root, principal: undefined, now: undefined, justification: undefined, state: {} };
  return { id: "null", want: undefined, question: { ok: true, value } };
}
