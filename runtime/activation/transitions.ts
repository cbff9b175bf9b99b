/** Which steps of an activation need two keys (SPEC §9). */
import type { Envelope } from "../../schema/envelope.ts";
import { showText } from "../../schema/json/show.ts";
import type { ApprovalGiven } from "../../schema/ledger.ts";
import { needsTwoKeys } from "../../schema/two-keys.ts";

export type Transition = NonNullable<ApprovalGiven["transition"]>;

export interface NeededTransition {
  readonly transition: Transition;
  /** A clause that speaks of the envelope as `it`. */
  readonly because: string;
}

/** In the order in which they are asked for; none for routine work. */
export function neededTransitions(envelope: Envelope): readonly NeededTransition[] {
  const { executing, flags, creating, oracles } = needsTwoKeys(envelope);
  const all: readonly (readonly [Transition, readonly string[], string])[] = [
    ["activate", executing, "it executes outside through"],
    ["grant_flag", flags, "it grants"],
    ["create_agent", creating, "it creates agents through"],
    ["open_oracle", oracles, "it opens a window with"],
  ];
  return all
    .filter(([, names]) => names.length > 0)
    .map(([transition, names, what]) => ({ transition, because: `${what} ${names.map(shown).join(", ")}` }));
}

function shown(name: string): string {
  return `\`${showText(name)}\``;
}

/** The roles whose approval some effect may call for. */
export function rolesNamed({ effects }: Envelope): readonly string[] {
  return [...new Set(Object.values(effects).flatMap(({ approval }) => approval?.roles ?? []))];
}
