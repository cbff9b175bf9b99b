/** What was required, what was seen, and the level that this comes to. */
import { makeVisible } from "../../compiler/diagnostics/quote.ts";
import type { coloursOf } from "../io.ts";
import { isMet, type Level, levelOf, type Requirement } from "./requirement.ts";

type Colours = ReturnType<typeof coloursOf>;

const names: Readonly<Record<Level, string>> = { 1: "structural", 2: "cryptographic", 3: "formal" };

/** Where everything was tried. */
export const scratchNote =
  "attacked were scratch sessions in memory: nothing was written to the ledger of the deployment, and nothing was activated";

export function humanReport(requirements: readonly Requirement[], asked: Level, colours: Colours): string {
  const lines: string[] = [];
  for (const level of [1, 2, 3] as const) {
    lines.push(colours.bold(`level ${level}, ${names[level]}`));
    for (const requirement of requirements.filter((each) => each.level === level)) {
      const mark = isMet(requirement) ? colours.green("✓") : colours.red("✗");
      lines.push(`  ${mark} ${requirement.name}  ${colours.dim(requirement.id)}`);
      for (const { ok, what } of requirement.seen)
        lines.push(ok ? `      ${makeVisible(what)}` : `    ${colours.red("✗")} ${makeVisible(what)}`);
    }
  }
  const level = levelOf(requirements);
  const reached = level === 0 ? "no level is reached" : `level ${level} is reached, ${names[level]}`;
  const verdict = level >= asked ? colours.green(reached) : colours.red(`${reached}; asked for was level ${asked}`);
  return `${lines.join("\n")}\n${verdict}\n${scratchNote}\n`;
}

export function jsonReport(requirements: readonly Requirement[], asked: Level): string {
  const level = levelOf(requirements);
  const told = requirements.map((requirement) => ({ ...requirement, ok: isMet(requirement) }));
  return `${JSON.stringify({ ok: level >= asked, level, asked, requirements: told, note: scratchNote })}\n`;
}
