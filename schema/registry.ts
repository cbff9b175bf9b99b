import base from "./registry.json" with { type: "json" };

/** The names that an envelope may use beside its own: flags, evidence, metrics, breaker actions and checks (SPEC §2). */
export interface Registry {
  readonly flags: readonly string[];
  readonly evidence: readonly string[];
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly actions: readonly string[];
  readonly checks: readonly string[];
}

export interface Metric {
  readonly type: "integer" | "decimal";
  readonly unit?: string;
}

/** What is registered from the start. */
export const baseRegistry: Registry = {
  flags: base.flags,
  evidence: base.evidence,
  metrics: new Map(Object.entries(base.metrics).map(([name, metric]) => [name, metricOf(metric)])),
  actions: base.actions,
  checks: base.checks,
};

/** Both registries' names; of a metric in both, the first one's meaning stands. */
export function mergeRegistries(first: Registry, second: Registry): Registry {
  return {
    flags: union(first.flags, second.flags),
    evidence: union(first.evidence, second.evidence),
    metrics: new Map([...second.metrics, ...first.metrics]),
    actions: union(first.actions, second.actions),
    checks: union(first.checks, second.checks),
  };
}

export function metricOf(metric: { readonly type: string; readonly unit?: string }): Metric {
  const type = metric.type === "decimal" ? "decimal" : "integer";
  return metric.unit === undefined ? { type } : { type, unit: metric.unit };
}

function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])];
}
