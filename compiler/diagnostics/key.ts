import type { Family } from "./entry.ts";
import { quote, quoteList } from "./quote.ts";

export interface Unknown {
  readonly name: string;
  /** Where it stands, in plain words. */
  readonly place: string;
  readonly meant?: string;
  /** The member that was meant is there as well. */
  readonly taken?: boolean;
  /** The names differ in characters that look alike or cannot be seen. */
  readonly disguised?: boolean;
}

/** A member is unknown, missing, or does not go with the others. */
export const key = {
  "key/unknown": {
    severity: "error",
    summary: "a member that the language does not know",
    message: ({ name, place, meant, taken, disguised }: Unknown) => {
      const start = `unknown member ${quote(name)} in ${place}`;
      if (meant === undefined) return start;
      if (taken) return `${start}: ${quote(meant)} is already written`;
      return `${start}; did you mean ${quote(meant)}?${disguised ? " (it holds look-alike or invisible characters)" : ""}`;
    },
    fix: "safe",
    guess: true,
    example: [{ op: "move", from: "/effects/pay/perCall", path: "/effects/pay/perCal" }],
  },
  "key/missing": {
    severity: "error",
    summary: "a member that must be written is missing",
    message: ({ name, place }: { readonly name: string; readonly place: string }) =>
      `${quote(name)} is missing in ${place}`,
    example: [{ op: "remove", path: "/issuer" }],
  },
  "key/not_applicable": {
    severity: "error",
    summary: "a member that may not be written here",
    message: ({ name, reason }: { readonly name: string; readonly reason: string }) =>
      `${quote(name)} does not belong here: ${reason}`,
    help: "delete it",
    example: [{ op: "add", path: "/effects/list_payments/channel", value: "propose" }],
  },
  "key/exactly_one": {
    severity: "error",
    summary: "exactly one of several members must be written",
    message: ({
      names,
      found,
      place,
    }: {
      readonly names: readonly string[];
      readonly found: readonly string[];
      readonly place: string;
    }) =>
      `${place} needs exactly one of ${quoteList(names, "or")}; found ${found.length === 0 ? "none" : quoteList(found)}`,
    example: [{ op: "add", path: "/forbidden/-", value: { effect: "withdraw", tool: "bank.withdraw" } }],
  },
} satisfies Family;
