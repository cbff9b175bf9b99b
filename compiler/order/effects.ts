import type { Effect, Envelope } from "../../schema/envelope.ts";
import { below, own } from "../rules/rule.ts";
import { compareApproval } from "./approval.ts";
import { compareAfter, compareEvidence, compareSchedule } from "./circumstances.ts";
import { compareFields } from "./decoding/fields.ts";
import { compareTools, toolName } from "./decoding/tools.ts";
import { compareGrants, forbidsTool, isDead } from "./grants.ts";
import { compareBudgets } from "./limits/budgets.ts";
import { compareSession } from "./limits/session.ts";
import { compareVelocity } from "./limits/velocity.ts";
import type { Side } from "./side.ts";
import { compareAllow } from "./values/allow.ts";
import { comparePerCall } from "./values/per-call.ts";
import { compareRelations } from "./values/relations.ts";
import { compareRows } from "./values/rows.ts";
import { type Report, same } from "./widening.ts";

/** Effect by effect: what `a` can still do of it, `b` must admit. */
export function compareEffects(a: Envelope, b: Envelope, report: Report): void {
  for (const [name, written] of Object.entries(a.effects)) {
    const effect = { ...written, tools: written.tools.filter((tool) => !forbidsTool(a, toolName(tool))) };
    if (isDead(a, name, effect)) continue;
    const pointer = below("/effects", name);
    const other = own(b.effects, name);
    if (other === undefined) report(pointer, "there is no such effect");
    else compareEffect({ name, pointer, envelope: a, effect }, { name, pointer, envelope: b, effect: other }, report);
  }
}

type Compare = (a: Side, b: Side, report: Report) => void;

function compareEffect(a: Side, b: Side, report: Report): void {
  for (const compare of [...Object.values(comparisons), compareEvidence]) {
    try {
      compare?.(a, b, report);
    } catch {
      // A bound on what the other one does not decode, or decodes to something else.
      report(a.pointer, "the two cannot be compared in full");
    }
  }
}

const isExternal: Compare = (a, b, report) => {
  if (a.effect.external !== b.effect.external)
    report(below(a.pointer, "external"), `\`external\` is not ${b.effect.external}`);
};

const channel: Compare = (a, b, report) => {
  if (b.effect.channel === "propose" && a.effect.channel !== "propose")
    report(below(a.pointer, "channel"), "calls are not only proposed");
};

const justification: Compare = (a, b, report) => {
  if (b.effect.justification === "required" && a.effect.justification !== "required")
    report(below(a.pointer, "justification"), "no justification is asked for");
};

/** What is produced must be the same wherever it is used, whatever is decoded besides. */
const results: Compare = (a, b, report) => {
  for (const [name, result] of Object.entries(a.effect.results ?? {})) {
    const other = own(b.effect.results, name);
    if (other !== undefined && !same(result, other))
      report(below(a.pointer, "results", name), "the result is decoded otherwise");
  }
};

/** By the member that each of them answers for; `undefined` where another one does, or where it is narrative. */
const comparisons: { readonly [M in keyof Required<Effect>]: Compare | undefined } = {
  tools: compareTools,
  external: isExternal,
  channel,
  tags: (a, b, report) => {
    for (const tag of b.effect.tags ?? [])
      if (!a.effect.tags?.includes(tag)) report(below(a.pointer, "tags"), `the tag \`${tag}\` is missing`);
  },
  requires: compareGrants,
  fields: compareFields,
  ignored: undefined,
  absent: undefined,
  results,
  allow: compareAllow,
  rows: compareRows,
  relations: compareRelations,
  perCall: comparePerCall,
  session: compareSession,
  velocity: compareVelocity,
  consumes: compareBudgets,
  after: compareAfter,
  schedule: compareSchedule,
  approval: compareApproval,
  unjudged: undefined,
  justification,
};
