/** The boundary vectors of an envelope: requests beside each limit, and what the reference says of them (SPEC §6). */
import type { VectorReport } from "../../../schema/artefacts.ts";
import { type BoundKind, boundKinds } from "../../../schema/bounds.ts";
import type { ContextTypes } from "../../../schema/cedar/context-type.ts";
import type { Envelope } from "../../../schema/envelope.ts";
import { codePointCompare } from "../../../schema/json/canonical.ts";
import type { BoundsByKind, NormalisedEnvelope } from "../../../schema/normalised.ts";
import { requestWithoutEffect } from "./base.ts";
import { planCedarSide } from "./cedar-request.ts";
import type { Json } from "./change.ts";
import { newCoverage } from "./coverage.ts";
import { type Base, openDesk, type Pen } from "./desk.ts";
import { at, spoilt } from "./deviations/deviation.ts";
import { effectSite } from "./effect-site.ts";
import { writeEffect, writeWithoutEffect } from "./effect-vectors.ts";
import { planJudges } from "./judge.ts";
import type { Vector } from "./vector.ts";

export interface Vectors {
  readonly lines: readonly Vector[];
  /** The base requests, whole, by the id of their line. */
  readonly bases: ReadonlyMap<string, Base>;
  readonly report: Pick<VectorReport, "bounds" | "alone" | "notAlone">;
}

const rootId = "no effect";

/** @param types the context types that requests are encoded for */
export function makeVectors(envelope: Envelope, normalised: NormalisedEnvelope, types: ContextTypes): Vectors {
  const judgeOf = planJudges(envelope, normalised.digest);
  const pen: Pen = { lines: [], cedar: planCedarSide(types), coverage: newCoverage() };
  const root = requestWithoutEffect(normalised);
  const unknownTool = String(root.tool);
  const rootDesk = openDesk(pen, rootId, root, judgeOf(root));
  writeWithoutEffect(rootDesk, normalised, unknownTool);
  for (const deviation of spoilt("effect", ["effect"], "text")) rootDesk.write("granted", deviation);
  for (const { id, tool } of unreachedTools(normalised))
    rootDesk.write(id, at("its tool", { path: ["tool"], value: tool }));

  const sites = Object.keys(normalised.effects).map((name) => effectSite(name, envelope, normalised, root, judgeOf));
  const fewest = Math.min(...sites.map(({ judge }) => judge.violations.length));
  const showcase = sites.find(({ judge }) => judge.violations.length === fewest);
  const done = new Set<string>();
  const bases = [rootDesk.base];
  for (const site of sites) {
    const desk = openDesk(pen, site.name, site.request, site.judge, rootDesk.base);
    bases.push(desk.base);
    const { isAlone } = pen.coverage;
    writeEffect(desk, site, normalised, unknownTool, { isShowcase: site === showcase, done, isAlone });
  }
  for (const effect of namedElsewhere(types, normalised)) {
    const request: Json = { ...root, effect };
    bases.push(openDesk(pen, effect, request, judgeOf(request), rootDesk.base).base);
  }
  return {
    lines: pen.lines,
    bases: new Map(bases.map((base) => [base.id, base])),
    report: pen.coverage.report(boundIds(normalised)),
  };
}

/** Of the entries of `forbidden`, each of which is judged for each of their tools, no more are tried. */
const mostForbidden = 1000;

/** Entries by tool of which no effect's own vectors tell. */
function unreachedTools({ bounds, effects }: NormalisedEnvelope) {
  const reached = new Set(Object.values(effects).flatMap(({ tools }) => Object.keys(tools)));
  const entries = (bounds.forbidden ?? []).flatMap((bound) => ("tool" in bound ? [bound] : []));
  return entries.filter(({ tool }) => !reached.has(tool)).slice(0, mostForbidden);
}

/** Effects that are only forbidden, or asked evidence for. */
function namedElsewhere(types: ContextTypes, { effects }: NormalisedEnvelope): readonly string[] {
  return [...types.keys()].filter((action) => action !== "" && !Object.hasOwn(effects, action)).slice(0, mostForbidden);
}

/** Every bound once, in the table's order. */
function boundIds({ bounds, effects }: NormalisedEnvelope): readonly string[] {
  const all: readonly BoundsByKind<BoundKind>[] = [bounds, ...Object.values(effects).map((effect) => effect.bounds)];
  return boundKinds.flatMap(({ kind }) =>
    [...new Set(all.flatMap((each) => (each[kind] ?? []).map(({ id }) => id)))].sort(codePointCompare),
  );
}
