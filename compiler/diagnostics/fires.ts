import type { Family } from "./entry.ts";
import { quoteList } from "./quote.ts";

export interface NeverFires {
  readonly cause: string;
  /** The effects that are dead because of it. */
  readonly effects: readonly string[];
  /** What follows instead, where no whole effect is dead. */
  readonly what?: string;
}

/** Something never happens, or always. */
export const fires = {
  "fires/never_fires": {
    severity: "warning",
    summary: "something can never happen: an effect is dead, or a bound does nothing",
    message: ({ cause, effects, what }: NeverFires) => `${cause}: ${what ?? deadText(effects)}`,
    help: "if that is meant, leave it out; if not, mend the cause",
    example: [{ op: "remove", path: "/capabilities/1" }],
  },
  "fires/two_keys": {
    severity: "note",
    summary: "activation of the envelope will ask for two keys",
    message: ({ because }: { readonly because: string }) =>
      `${because}: activation will ask for two keys, of two people and two roles`,
    example: [{ op: "replace", path: "/effects/pay/channel", value: "execute" }],
  },
} satisfies Family;

function deadText(effects: readonly string[]): string {
  const [is, its] =
    effects.length === 1 ? ["effect", "is dead: no call of it"] : ["effects", "are dead: no call of them"];
  return `the ${is} ${quoteList(effects)} ${its} can ever be allowed`;
}
