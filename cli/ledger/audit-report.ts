/** What an audit found, one line for a machine, or a few for a person. */
import { makeVisible } from "../../compiler/diagnostics/quote.ts";
import type { SessionReport } from "../../runtime/audit/session-audit.ts";
import { encodeBase64 } from "../../runtime/ledger/checkpoint/base64.ts";
import type { coloursOf } from "../io.ts";

type Colours = ReturnType<typeof coloursOf>;

export function jsonReport(report: SessionReport): string {
  const { session, id, envelope, records, sound, counts, head, tree, findings, problems, notes } = report;
  const root = encodeBase64(tree.root);
  const ok = findings === 0;
  return `${JSON.stringify({ session, ok, id, envelope, records, sound, counts, head, root, findings, problems, notes })}\n`;
}

export function humanReport(report: SessionReport, colours: Colours): string {
  const { session, id, records, sound, counts, head, tree, findings, problems, notes } = report;
  const mark = findings === 0 ? colours.green("✓") : colours.red("✗");
  const name = session === null ? "lines of no session" : `${session}${id === null ? "" : `  ${makeVisible(id)}`}`;
  const lines = [
    `${mark} ${colours.bold(name)}`,
    `    ${records} records${sound === records ? "" : `, sound up to record ${sound}`}: ${countText(counts)}`,
    ...(session === null ? [] : [`    head ${head.hash}`, `    root ${encodeBase64(tree.root)}`]),
    ...problems.map(({ code, seq, message }) => `    ${colours.red(code)} ${seq ?? "-"}  ${makeVisible(message)}`),
    ...(findings > problems.length ? [`    … the first ${problems.length} of ${findings} are shown`] : []),
    ...notes.map(({ code, seq, message }) => `    ${colours.yellow(code)} ${seq}  ${makeVisible(message)}`),
  ];
  return `${lines.join("\n")}\n`;
}

function countText(counts: SessionReport["counts"]): string {
  const counted = Object.entries(counts).map(([type, count]) => `${count} ${type}`);
  return counted.length === 0 ? "none could be read" : counted.join(", ");
}
