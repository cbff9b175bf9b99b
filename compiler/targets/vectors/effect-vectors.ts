/** The vectors of one effect: every bound of its own, and the common ones as far as no other effect shows them. */
import { type BoundKind, boundKinds } from "../../../schema/bounds.ts";
import type { Bound, BoundsByKind, NormalisedEnvelope } from "../../../schema/normalised.ts";
import { missing } from "./change.ts";
import type { Desk } from "./desk.ts";
import { at, type Deviation, type Site, spoilt } from "./deviations/deviation.ts";
import { deviations } from "./deviations/table.ts";
import type { EffectSite } from "./effect-site.ts";
import { repair } from "./repair.ts";

/** What of the bounds that are judged for every request is still to be shown in full. */
export interface Shown {
  /** Whether this effect shows the session's own bounds in full; elsewhere one violation of each will do. */
  readonly isShowcase: boolean;
  /** Evidence and entries of `forbidden` that an effect has shown. */
  readonly done: Set<string>;
  readonly isAlone: (id: string) => boolean;
}

/** One violation of each bound on the session itself, for a request that reaches no effect. */
export function writeWithoutEffect(desk: Desk, { bounds }: NormalisedEnvelope, unknownTool: string): void {
  const site: Site = { request: desk.base.request, plans: new Map(), calling: () => [], unknownTool };
  const common: BoundsByKind<BoundKind> = bounds;
  for (const { kind } of boundKinds) {
    if (kind === "forbidden" || kind === "granted") continue;
    eachBound(kind, common, site, ({ id }, steps) => writeOne(desk, id, steps));
  }
}

function writeOne({ judge, write }: Desk, id: string, steps: readonly Deviation[]): void {
  const step = steps.find(({ changes }) => judge.judge(changes).includes(id));
  if (step !== undefined) write(id, step);
}

export function writeEffect(
  desk: Desk,
  { name, request, judge, plans, moves }: EffectSite,
  { bounds, effects }: NormalisedEnvelope,
  unknownTool: string,
  { isShowcase, done, isAlone }: Shown,
): void {
  const calling = (id: string) => repair(judge, [{ path: ["state", "approvals", id], value: 0 }], moves, id).changes;
  const site: Site = { request, plans, calling, unknownTool };
  const effect = effects[name]!;
  const common: BoundsByKind<BoundKind> = bounds;
  const own: BoundsByKind<BoundKind> = effect.bounds;

  if (isShowcase) for (const deviation of wholeRequest) desk.write(undefined, deviation);
  for (const { kind } of boundKinds) {
    eachBound(kind, common, site, (bound, steps) => {
      if ("name" in bound && bound.effects !== undefined && !Object.hasOwn(bound.effects, name)) return;
      if ("tool" in bound && !Object.hasOwn(effect.tools, bound.tool)) return;
      if (kind === "evidence" || kind === "forbidden" ? !done.has(bound.id) : isShowcase) {
        done.add(bound.id);
        for (const step of steps) desk.write(bound.id, step);
      } else if (kind !== "forbidden") writeOne(desk, bound.id, steps);
    });
    eachBound(kind, own, site, ({ id }, steps) => {
      const tried = steps.map((step) => ({ step, violations: desk.write(id, step) }));
      if (!isAlone(id)) writeAlone(id, tried);
    });
  }

  /** Other values for the fields, until nothing but this bound is violated, or as little besides as can be. */
  function writeAlone(id: string, tried: readonly Tried[]) {
    const violating = tried.filter(({ violations }) => violations.includes(id));
    const best = violating.toSorted((a, b) => a.violations.length - b.violations.length).slice(0, mostStarts);
    let fewest = best[0]?.violations.length ?? Number.POSITIVE_INFINITY;
    for (const start of [...best.map(({ step }) => step.changes), []]) {
      if (fewest === 1) return;
      const { changes, violations } = repair(judge, start, moves, id);
      if (!violations.includes(id) || violations.length >= fewest) continue;
      fewest = violations.length;
      desk.write(id, at(fewest === 1 ? "alone" : "with little else", ...start, ...changes));
    }
  }
}

interface Tried {
  readonly step: Deviation;
  readonly violations: readonly string[];
}

const mostStarts = 3;

/** Every bound of a kind, with the steps that lead to its limits. */
function eachBound<K extends BoundKind>(
  kind: K,
  bounds: BoundsByKind<K>,
  site: Site,
  visit: (bound: Bound<K>, steps: readonly Deviation[]) => void,
): void {
  const list: readonly Bound<K>[] = bounds[kind] ?? [];
  for (const bound of list) visit(bound, deviations[kind](bound, site));
}

/** What is no request for this envelope, or hardly a request. */
const wholeRequest: readonly Deviation[] = [
  at("another envelope", { path: ["envelope"], value: `sha256:${"0".repeat(64)}` }),
  ...spoilt("envelope", ["envelope"], "text"),
  ...["fields", "state"].map((name) => at(`${name} missing`, { path: [name], value: missing })),
];
