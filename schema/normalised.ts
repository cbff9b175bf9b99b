/**
 * The normalised envelope: what the Cedar emitter prints from and what the Rego library reads as data.
 * Times are epoch milliseconds, durations milliseconds, amounts minor units; named sets and defaults are filled in.
 * Every list is sorted; every map has no prototype. Bounds are grouped by kind, so that each reading visits only its own.
 */
import type { BoundKind } from "./bounds.ts";

/** A list of strings as the keys of a map: membership is one look-up. */
export type Members = Readonly<Record<string, true>>;

/**
 * What a decoded field looks like in a request: a number, a `{min, max}`, a boolean, a string, a name with ancestors, or
 * a set of one of them.
 */
export type Shape = "number" | "range" | "boolean" | "text" | "name" | "numberSet" | "textSet" | "nameSet";

/** A decoded field by its key in `request.fields`. */
export interface Operand {
  readonly field: string;
  readonly shape: Shape;
}

/** Values a field is compared with: numbers sorted in `numbers`, strings as the keys of `texts`. */
export type Values = { readonly numbers: readonly number[] } | { readonly texts: Members };

export type Operator =
  | { readonly op: "oneOf" | "noneOf" | "subsetOf" | "disjointFrom"; readonly values: Values }
  | { readonly op: "under" | "noneUnder"; readonly values: { readonly texts: Members } }
  | { readonly op: "equals"; readonly value: string | number | boolean }
  /** `fact` is the key in `request.state.produced`; `element` is the type of each produced value. */
  | { readonly op: "producedBy"; readonly fact: string; readonly element: "number" | "text" }
  | { readonly op: "minItems" | "maxItems"; readonly value: number };

/** One condition of an approval's `when`: it matches, or it cannot be compared, or people are not needed for it. */
export type Condition = Operand &
  (
    | { readonly op: "min" | "max"; readonly value: number }
    | { readonly op: "oneOf"; readonly values: Values | { readonly booleans: readonly boolean[] } }
    | { readonly op: "equals"; readonly value: string | number | boolean }
  );

/** What a call adds to a meter: the value of a number field, or a constant. */
export type Cost = { readonly field: string } | { readonly constant: number };

/** The open windows of one weekday, as [from, until) in minutes since local midnight. */
export type Minutes = readonly [from: number, until: number];

/** The operands of each bound kind, beside its id. */
interface BoundOperands {
  kill: object;
  halt: object;
  phase: object;
  notBefore: { readonly at: number };
  expiresAt: { readonly at: number };
  duration: { readonly max: number };
  principal: { readonly is: string };
  /** With `effects`: judged for those only. */
  evidence: { readonly name: string; readonly maxAge: number; readonly effects?: Members };
  /** A tag is resolved to the effects that carry it; an entry by effect or tag has `effects`, one by tool has `tool`. */
  forbidden: { readonly effects: Members } | { readonly tool: string };
  granted: object;
  /** Known when compiled: whether the flag is among the capabilities. */
  requires: { readonly holds: boolean };
  /** Known when compiled: whether the mode admits the effect. Written for external effects only. */
  mode: { readonly holds: boolean };
  allow: Operand & { readonly operators: readonly Operator[] };
  rows: { readonly field: string; readonly oneOf: Members };
  relations: {
    readonly left: string;
    readonly op: "==" | "!=" | "<" | "<=";
    readonly right: string;
    readonly shape: Shape;
  };
  perCall: Operand & { readonly min: number; readonly max: number };
  /** `meter` is the key in `request.state.meters`: the bound's own id. */
  session: { readonly max: number; readonly cost: Cost };
  budget: { readonly max: number; readonly cost: Cost };
  velocity: { readonly max: number };
  after: { readonly effect: string; readonly within: number };
  schedule: {
    readonly timezone: string;
    readonly windows: Readonly<Record<string, readonly Minutes[]>>;
    readonly except?: Members;
  };
  justification: object;
  /** Without `when`: always. */
  approval: { readonly keys: number; readonly when?: readonly Condition[] };
  channel: { readonly keys: number };
}

export type Bound<K extends BoundKind = BoundKind> = { [P in K]: { readonly id: string } & BoundOperands[P] }[K];

/** The rows of the table that are judged for every request. */
export type CommonKind =
  | "kill"
  | "halt"
  | "phase"
  | "notBefore"
  | "expiresAt"
  | "duration"
  | "principal"
  | "evidence"
  | "forbidden"
  | "granted";

/** The rows that are judged for a granted effect, as far as it writes them. */
export type EffectKind = Exclude<BoundKind, CommonKind>;

/** Bounds by kind, in the table's order of ids; a kind without bounds is left out. */
export type BoundsByKind<K extends BoundKind> = { readonly [P in K]?: readonly Bound<P>[] };

export interface NormalisedEffect {
  /** The names of the tools that reach the effect. */
  readonly tools: Members;
  readonly bounds: BoundsByKind<EffectKind>;
}

export interface NormalisedEnvelope {
  readonly ambit: "1";
  readonly id: string;
  /** `sha256:<hex>` of the JCS form of the source document. */
  readonly digest: string;
  readonly bounds: BoundsByKind<CommonKind>;
  readonly effects: Readonly<Record<string, NormalisedEffect>>;
}
