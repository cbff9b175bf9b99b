import type { Effect, Envelope } from "../../schema/envelope.ts";
import { escapeToken } from "../../schema/json/pointer.ts";
import type { Registry } from "../../schema/registry.ts";
import type { Report } from "../diagnostics/report.ts";
import type { Document } from "../read/document.ts";

export interface RuleContext {
  readonly report: Report;
  /** The source: what the text of a number was. */
  readonly document: Pick<Document, "nodeAt">;
  readonly registry: Registry;
}

/** Reports what the JSON Schema cannot say. Runs on a document that the schema accepts; never throws. */
export type Rule = (envelope: Envelope, context: RuleContext) => void;

/** An effect and where it stands. */
export interface EffectSite {
  readonly name: string;
  readonly effect: Effect;
  /** `/effects/<name>` */
  readonly pointer: string;
  readonly envelope: Envelope;
}

/** A rule that looks at one effect at a time. */
export function forEachEffect(rule: (site: EffectSite, context: RuleContext) => void): Rule {
  return (envelope, context) => {
    for (const site of effectSites(envelope)) rule(site, context);
  };
}

export function effectSites(envelope: Envelope): readonly EffectSite[] {
  return Object.entries(envelope.effects).map(([name, effect]) => ({
    name,
    effect,
    pointer: below("/effects", name),
    envelope,
  }));
}

/** The pointer of something below another. */
export function below(pointer: string, ...tokens: readonly (string | number)[]): string {
  return tokens.reduce<string>((path, token) => `${path}/${escapeToken(String(token))}`, pointer);
}

/** The member of that name; never one of a prototype. */
export function own<T>(map: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return map !== undefined && Object.hasOwn(map, name) ? map[name] : undefined;
}

/** The members of an optional map. */
export function entries<T>(map: Readonly<Record<string, T>> | undefined): readonly (readonly [string, T])[] {
  return map === undefined ? [] : Object.entries(map);
}

/** The same context, in which a code is reported once for each pointer: for values that several bounds share. */
export function reportingOnce(context: RuleContext): RuleContext {
  const seen = new Set<string>();
  const report: Report = (code, pointer, params, details) => {
    const key = `${code} ${pointer}`;
    if (seen.has(key)) return;
    seen.add(key);
    context.report(code, pointer, params, details);
  };
  return { ...context, report };
}
