import type { Family } from "./entry.ts";
import { quote } from "./quote.ts";

/** The lines of the fill-in sheet (SPEC §2), in the words that stand on it. */
export const sheetLines = {
  tools: "reached via tools",
  perCall: "per-call cap",
  session: "session budget",
  budgets: "session budget of the whole envelope",
  allow: "allowlist",
  rows: "allowlist (rows)",
  velocity: "velocity limit",
  fields: "decoded fields judged",
  "killSwitch.signal": "kill switch",
} as const;

export type SheetLine = keyof typeof sheetLines;

export interface BlankLine {
  readonly line: SheetLine;
  /** The effect whose line it is. */
  readonly effect?: string;
  /** The field, meter or member within the line. */
  readonly field?: string;
  /** What to write, or what is wrong; said after the line. */
  readonly detail?: string;
}

/** A line of the fill-in sheet is blank: nothing bounds what it stands for. */
export const sheet = {
  "sheet/unbounded": {
    severity: "error",
    summary: "a line of the fill-in sheet is blank",
    message: ({ line, effect, field, detail }: BlankLine) => {
      const whose = effect === undefined ? "" : ` of effect ${quote(effect)}`;
      const what = field === undefined ? "" : ` for ${quote(field)}`;
      return `unbounded: the line "${sheetLines[line]}" (\`${line}\`)${whose} is blank${what}${detail === undefined ? "" : `: ${detail}`}`;
    },
    help: "fill the line in: 0 is a bound, absent is never unlimited",
    example: [{ op: "remove", path: "/effects/pay/velocity" }],
  },
  "sheet/needless_unjudged": {
    severity: "warning",
    summary: "`unjudged` is written where it is not needed",
    message: ({ reason }: { readonly reason: string }) => `\`unjudged\` is not needed: ${reason}`,
    fix: "safe",
    example: [{ op: "add", path: "/effects/pay/unjudged", value: "no arguments" }],
  },
} satisfies Family;
