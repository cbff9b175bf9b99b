/** Verifiers: whether what an envelope asks for at the end of its session holds (SPEC §10). */
import type { Envelope } from "../../../schema/envelope.ts";
import { canonicalJson } from "../../../schema/json/canonical.ts";
import { reasonOf } from "../../fault.ts";
import type { StateDocument } from "../../ledger/witness/state-document.ts";
import { ownMember } from "../../own.ts";
import { within } from "../within.ts";
import type { SettledEffect } from "./history.ts";

/** What a verifier is told: a plain copy, its own. */
export interface VerifierContext {
  readonly session: string;
  readonly envelope: Envelope;
  /** The folded state, as snapshots digest it. */
  readonly state: StateDocument;
  /** How every effect of the session ended, in the order in which that was settled. */
  readonly effects: readonly SettledEffect[];
}

export type Verification = boolean | { readonly holds: boolean; readonly message?: string };

/** One that throws, hangs or answers something else has failed. */
export type Verifier = (context: VerifierContext) => Verification | Promise<Verification>;

/** By the name of the `check`. */
export type Verifiers = Readonly<Record<string, Verifier>>;

export interface Verified {
  /** Whether there was an answer. */
  readonly isMade: boolean;
  readonly holds: boolean;
  readonly message?: string;
}

/** What the ledger alone can tell. */
const builtIn: ReadonlyMap<string, Verifier> = new Map([
  [
    "no_unsettled_effects",
    ({ effects }) => {
      const unknown = effects.filter(({ outcome }) => outcome === "unknown").map(({ seq }) => seq);
      if (unknown.length === 0) return true;
      return { holds: false, message: `nobody knows how the effects of these records ended: ${unknown.join(", ")}` };
    },
  ],
]);

const longestMessage = 1_000;

/** @throws TypeError for verifiers that are none, and for one in the place of what the ledger itself tells */
export function requireVerifiers(verifiers: Verifiers): void {
  for (const [name, verifier] of Object.entries(verifiers)) {
    if (typeof verifier !== "function") throw new TypeError(`the verifier \`${name}\` is no function`);
    if (builtIn.has(name))
      throw new TypeError(`\`${name}\` is verified by the ledger: nothing can be registered for it`);
  }
}

/** @param seconds how long to wait for the answer */
export async function verify(
  check: string,
  verifiers: Verifiers,
  context: VerifierContext,
  seconds: number,
): Promise<Verified> {
  const verifier = builtIn.get(check) ?? (Object.hasOwn(verifiers, check) ? verifiers[check] : undefined);
  if (verifier === undefined) return unmade(`no verifier is registered for \`${check}\``);
  try {
    const own: VerifierContext = JSON.parse(canonicalJson(context));
    const answer = await within(
      seconds,
      Promise.resolve().then(() => verifier(own)),
    );
    return verifiedBy(answer) ?? unmade(`the verifier of \`${check}\` answers neither yes nor no`);
  } catch (cause) {
    return unmade(`the verifier of \`${check}\` has failed: ${reasonOf(cause)}`);
  }
}

function verifiedBy(answer: unknown): Verified | undefined {
  if (typeof answer === "boolean") return { isMade: true, holds: answer };
  const [holds, message] = [ownMember(answer, "holds"), ownMember(answer, "message")];
  if (typeof holds !== "boolean") return undefined;
  if (message === undefined) return { isMade: true, holds };
  return typeof message === "string" ? { isMade: true, holds, message: shortened(message) } : undefined;
}

function unmade(message: string): Verified {
  return { isMade: false, holds: false, message: shortened(message) };
}

function shortened(message: string): string {
  return message.slice(0, longestMessage).toWellFormed();
}
