/** The order between envelopes (SPEC §11): decided by comparing bounds, never by trying requests. */
import type { Envelope } from "../../schema/envelope.ts";
import { parseTimestamp } from "../../schema/values/timestamp.ts";
import { compareAfterwards } from "./afterwards.ts";
import { compareBreakers } from "./breakers.ts";
import { compareEffects } from "./effects.ts";
import { type Report, same, type Widening, within } from "./widening.ts";

/**
 * Whether everything that `a` allows, `b` allows, in every state: with the same calls decided before, and the same facts from outside.
 * Never true where that is not so; false also where it is so in a way that is not understood.
 *
 * @param a an envelope that reads without errors
 * @param b another
 */
export function narrower(a: Envelope, b: Envelope): boolean {
  return widenings(a, b).length === 0;
}

/** Every way in which `a` may admit more than `b`; none if `a` is narrower. Total. */
export function widenings(a: Envelope, b: Envelope): readonly Widening[] {
  const found = new Map<string, Widening>();
  const report: Report = (pointer, message) => found.set(`${pointer} ${message}`, { pointer, message });
  try {
    for (const compare of Object.values(comparisons)) compare?.(a, b, report);
  } catch {
    report("", "the two cannot be compared");
  }
  return [...found.values()];
}

type Compare = (a: Envelope, b: Envelope, report: Report) => void;

/** By the member that each of them answers for. What says nothing about what is admitted is `undefined`; a member may not be left out. */
const comparisons: { readonly [M in keyof Required<Envelope>]: Compare | undefined } = {
  $schema: undefined,
  ambit: (a, b, report) => {
    if (a.ambit !== b.ambit) report("/ambit", "the language is another one");
  },
  id: undefined,
  goal: undefined,
  // Who signed is checked where the envelope is activated.
  issuer: undefined,
  principal: (a, b, report) => {
    if (a.principal !== b.principal) report("/principal", `the agent is not \`${b.principal}\``);
  },
  // What it was filled in from bounds it when it is activated, and nothing afterwards.
  template: undefined,
  parent: (a, b, report) => {
    if (b.parent !== undefined && !same(a.parent, b.parent)) report("/parent", "it is not charged to the same parent");
  },
  mode: (a, b, report) => {
    if (a.mode !== "base" && a.mode !== b.mode) report("/mode", `the mode is not \`${b.mode}\``);
  },
  validity: compareValidity,
  capabilities: (a, b, report) => {
    for (const [i, flag] of a.capabilities.entries())
      if (!b.capabilities.includes(flag)) report(`/capabilities/${i}`, `the flag \`${flag}\` is granted`);
  },
  // Meters are compared with the effects that feed them, lists where they are used, entries of `forbidden` with what they meet.
  budgets: undefined,
  sets: undefined,
  defaults: undefined,
  forbidden: undefined,
  evidence: undefined,
  effects: compareEffects,
  breakers: compareBreakers,
  recovery: (a, b, report) => {
    if (!within([String(a.recovery)], [String(b.recovery), "new_envelope_required"]))
      report("/recovery", `recovery is not \`${b.recovery}\``);
  },
  // Each envelope has one; that it was given is a fact.
  killSwitch: undefined,
  postconditions: compareAfterwards,
};

function compareValidity({ validity: a }: Envelope, { validity: b }: Envelope, report: Report): void {
  if (instant(a.notBefore) < instant(b.notBefore)) report("/validity/notBefore", `it begins before ${b.notBefore}`);
  if (instant(a.expiresAt) > instant(b.expiresAt)) report("/validity/expiresAt", `it ends after ${b.expiresAt}`);
  if (a.maxDurationSeconds > b.maxDurationSeconds)
    report("/validity/maxDurationSeconds", `a session may last longer than ${b.maxDurationSeconds} s`);
}

function instant(written: string): number {
  const parsed = parseTimestamp(written);
  if (!parsed.ok) throw new TypeError("the rules let a validity pass that is no time");
  return parsed.value;
}
