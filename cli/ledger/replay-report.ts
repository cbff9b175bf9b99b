/** What a replay found, one line for a machine, or a few for a person. */
import { makeVisible } from "../../compiler/diagnostics/quote.ts";
import type { coloursOf } from "../io.ts";
import type { ReplayReport } from "./session-replay.ts";

type Colours = ReturnType<typeof coloursOf>;

/** A change of the policy's digest alone is worth a word, not a failure: the verdicts are the same. */
export function isFaithful({ differences, problems }: ReplayReport): boolean {
  return differences === 0 && problems.length === 0;
}

export function jsonReport(report: ReplayReport): string {
  const { session, ...rest } = report;
  return `${JSON.stringify({ session, ok: isFaithful(report), ...rest })}\n`;
}

export function humanReport(report: ReplayReport, colours: Colours): string {
  const { session, records, decided, replayed, unjudged, differences, shown, problems, policy } = report;
  const mark = isFaithful(report) ? colours.green("✓") : colours.red("✗");
  const lines = [
    `${mark} ${colours.bold(session === "" ? "lines of no session" : makeVisible(session))}`,
    `    ${records} records, ${decided} verdicts: ${replayed} replayed, ${unjudged} never judged, ${differences} differences`,
    ...problems.map((problem) => `    ${colours.red(makeVisible(problem))}`),
    ...shown.map(
      ({ seq, what, recorded, now }) =>
        `    record ${seq}: ${colours.red(what)} was ${makeVisible(recorded)}, is ${makeVisible(now)}`,
    ),
    ...(differences > shown.length ? [`    … the first ${shown.length} of ${differences} are shown`] : []),
    ...(policy === undefined
      ? []
      : [`    ${colours.yellow("another policy")}: recorded under ${policy.recorded}, compiles to ${policy.now} now`]),
  ];
  return `${lines.join("\n")}\n`;
}
