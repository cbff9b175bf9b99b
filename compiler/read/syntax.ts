import type { JsonNode, JsonProblem } from "../../schema/json/parse.ts";
import { escapeToken } from "../../schema/json/pointer.ts";
import { collect, type Finding } from "../diagnostics/report.ts";
import { lineStarts, positionIn } from "./lines.ts";

/** A problem of the text itself, and where. */
export interface SyntaxFinding {
  readonly finding: Finding;
  readonly offset: number;
}

/** The JSON reader's problems as findings; at the root where the text has no pointers yet. */
export function syntaxFindings(
  text: string,
  problems: readonly JsonProblem[],
  root: JsonNode | undefined,
): readonly SyntaxFinding[] {
  const starts = lineStarts(text);
  const pointers = new Map<number, string>();
  if (root !== undefined) notePointers(root, "", pointers);
  return problems.flatMap((problem) => {
    const { report, findings } = collect();
    const reason = problem.message;
    const pointer = pointers.get(problem.offset) ?? "";
    switch (problem.code) {
      case "duplicate_key": {
        const name = reason.replace(/^duplicate key /, "");
        report("json/duplicate_key", pointer, { name, first: positionIn(starts, problem.otherOffset ?? 0) });
        break;
      }
      case "unfinished":
        report("json/not_json", "", { reason });
        break;
      default:
        report(`json/${problem.code}`, pointer, { reason });
    }
    return findings.map((finding) => ({ finding, offset: problem.offset }));
  });
}

/** The pointers of values by where they start, and of members by where their names do. */
function notePointers(node: JsonNode, pointer: string, pointers: Map<number, string>): void {
  pointers.set(node.start, pointer);
  if (node.kind === "array")
    for (const [i, element] of node.elements.entries()) notePointers(element, `${pointer}/${i}`, pointers);
  if (node.kind !== "object") return;
  for (const { name, nameStart, value } of node.members) {
    const place = `${pointer}/${escapeToken(name)}`;
    pointers.set(nameStart, name.isWellFormed() ? place : pointer);
    notePointers(value, place, pointers);
  }
}
