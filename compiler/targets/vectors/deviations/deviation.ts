/** One step away from a request that all bounds allow: beside a limit, or with an operand that is missing or mistyped. */
import type { Bound, CommonKind, EffectKind } from "../../../../schema/normalised.ts";
import { type Change, type Json, missing } from "../change.ts";
import type { FieldPlans } from "../field-plan.ts";

export interface Deviation {
  /** What is said of it after the id of its bound. */
  readonly label: string;
  readonly changes: readonly Change[];
  /** An operand that is missing or mistyped: needed once, however many bounds read it. */
  readonly isSpoilt: boolean;
}

/** Where deviations start from. */
export interface Site {
  readonly request: Json;
  readonly plans: FieldPlans;
  /** Changes that have people called for, where an approval is not always needed. */
  readonly calling: (id: string) => readonly Change[];
  /** A tool that no effect reaches. */
  readonly unknownTool: string;
}

export type Deviate<K extends CommonKind | EffectKind> = (bound: Bound<K>, site: Site) => readonly Deviation[];

export function at(label: string, ...changes: readonly Change[]): Deviation {
  return { label, changes, isSpoilt: false };
}

/** The three values around a limit: `<edge>-1`, `<edge>`, `<edge>+1`. */
export function around(edge: string, path: readonly string[], limit: number): readonly Deviation[] {
  return steps.flatMap(({ sign, by }) =>
    Number.isSafeInteger(limit + by) ? [at(`${edge}${sign}`, { path, value: limit + by })] : [],
  );
}

export const steps = [
  { sign: "-1", by: -1 },
  { sign: "", by: 0 },
  { sign: "+1", by: 1 },
] as const;

/** Values of other types than the leaf's; each of them would pass a comparison that does not look at types. */
const otherTypes = {
  number: [
    ["is a text", "1"],
    ["is a boolean", true],
    ["is a fraction", 0.5],
  ],
  boolean: [
    ["is a text", "false"],
    ["is a number", 0],
  ],
  text: [
    ["is a number", 7],
    ["is a boolean", true],
  ],
  texts: [
    ["is a text", "x"],
    ["holds a number", ["x", 7]],
  ],
  numbers: [
    ["is a number", 7],
    ["holds a text", [7, "x"]],
  ],
  record: [["is a text", "x"]],
} as const;

/** A leaf that is missing, or of another type. */
export function spoilt(name: string, path: readonly string[], type: keyof typeof otherTypes): readonly Deviation[] {
  const values: readonly (readonly [string, unknown])[] = [["missing", missing], ...otherTypes[type]];
  return values.map(([how, value]) => ({ label: `${name} ${how}`, changes: [{ path, value }], isSpoilt: true }));
}
