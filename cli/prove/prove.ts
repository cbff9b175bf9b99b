/** Every claim about the policies of one envelope, settled side by side. */
import type { Settled } from "./claim.ts";
import { claimsOf } from "./claims.ts";
import type { Emitted } from "./policies.ts";
import type { Ask } from "./question.ts";
import { type Judges, settle } from "./settle.ts";
import { sideBySide } from "./side-by-side.ts";

export interface Proving {
  readonly ask: Ask;
  readonly judges: Judges;
  /** How many questions at once. */
  readonly jobs: number;
  /** Hears of every claim that has been settled. */
  readonly onSettled?: () => void;
}

export function prove(emitted: Emitted, { ask, judges, jobs, onSettled }: Proving): Promise<readonly Settled[]> {
  return sideBySide(claimsOf(emitted), jobs, async (claim) => {
    const settled = await settle(claim, ask, judges);
    onSettled?.();
    return settled;
  });
}
