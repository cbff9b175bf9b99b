/** The report for machines: one object. */
import { canonicalJson } from "../../../schema/json/canonical.ts";
import type { Counterexample, Settled } from "../claim.ts";
import { byAction, tally } from "./tally.ts";

export interface Proven {
  readonly file: string;
  /** `sha256:<hex>` */
  readonly envelope: string;
  /** As `cedar --version` has it. */
  readonly tool: string;
  readonly settled: readonly Settled[];
  readonly milliseconds: number;
}

export function jsonReport({ file, envelope, tool, settled, milliseconds }: Proven): string {
  const { attempted, proven, refuted, unsettled } = tally(settled);
  const report = {
    file,
    ok: proven === attempted,
    envelope,
    tool,
    attempted,
    proven,
    refuted,
    unsettled,
    milliseconds: Math.round(milliseconds),
    effects: Array.from(byAction(settled), ([effect, claims]) => ({
      effect,
      solverMilliseconds: tally(claims).solverMilliseconds,
      claims: claims.map(claimReport),
    })),
  };
  return `${JSON.stringify(report)}\n`;
}

function claimReport({ claim, outcome, milliseconds }: Settled) {
  const { kind, reason, ...others } = { reason: undefined, ...outcome };
  const counterexample = "counterexample" in others ? others.counterexample : undefined;
  return {
    claim: claim.kind,
    about: claim.about,
    outcome: kind,
    ...(reason === undefined ? {} : { reason }),
    ...(counterexample === undefined ? {} : { counterexample: counterexampleReport(counterexample) }),
    milliseconds: Math.round(milliseconds),
  };
}

function counterexampleReport({ request, text, reference }: Counterexample) {
  return request === undefined ? { text } : { request: JSON.parse(canonicalJson(request)), reference };
}
