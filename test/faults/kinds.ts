/** The ways in which an engine can be wrong, and what must come of each. */
export const failures = ["throw", "trap", "out of memory", "nothing", "nonsense"] as const;
export const lies = ["opposite", "another request's answer"] as const;
/** Not wrong at all: the verdict must be the honest one. */
export const harmless = ["other order", "re-entry"] as const;

export const kinds = [...failures, ...lies, ...harmless] as const;
export type Kind = (typeof kinds)[number];

export function isFailure(kind: Kind): boolean {
  return failures.some((each) => each === kind);
}

export function isLie(kind: Kind): boolean {
  return lies.some((each) => each === kind);
}

/** One way to tamper with an engine. `pick` varies it; `stale` are the answers to the request before. */
export interface Way<Call> {
  readonly kind: Kind;
  readonly name: string;
  readonly answer: (call: Call, pick: number, stale: readonly unknown[]) => unknown;
}

export function waysOf<Call>(kind: Kind, named: Readonly<Record<string, Way<Call>["answer"]>>): readonly Way<Call>[] {
  return Object.entries(named).map(([name, answer]) => ({ kind, name, answer }));
}
