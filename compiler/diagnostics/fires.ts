import type { Family } from "./entry.ts";
import { quote } from "./quote.ts";

/** Something never happens, or always. */
export const fires = {
  "fires/never_fires": {
    severity: "warning",
    summary: "something can never happen: an effect is dead, or a bound does nothing",
    message: ({ cause, effect, what }: { readonly cause: string; readonly effect?: string; readonly what?: string }) =>
      effect === undefined
        ? `${cause}: ${what ?? "the envelope is dead: no call can ever be allowed"}`
        : `${cause}: ${what ?? `the effect ${quote(effect)} is dead: no call of it can ever be allowed`}`,
    help: "if that is meant, leave it out; if not, mend the cause",
    example: [{ op: "remove", path: "/capabilities/1" }],
  },
  "fires/two_keys": {
    severity: "note",
    summary: "activation of the envelope will ask for two keys",
    message: ({ effect }: { readonly effect: string }) =>
      `the effect ${quote(effect)} is external and executes: activation will ask for two keys, of two people and two roles`,
    example: [{ op: "replace", path: "/effects/pay/channel", value: "execute" }],
  },
} satisfies Family;
