/**
 * What the generator knows of one decoded field: how it is declared and bounded, and calls that keep the bounds or break
 * them. Names are filled in later, so everything hangs on a suffix: `""` the field itself, `"p"` a helper field beside it,
 * `".host"` a part of it.
 */
import type { Allow, Field, PerCall, Scalar } from "../../../schema/envelope.ts";
import type { FieldValue } from "../../../schema/request.ts";
import type { ElementType } from "./produced.ts";

export type Suffixed<T> = Readonly<Record<string, T>>;

/** One call as far as this field is concerned: the arguments sent, and what they decode to. */
export interface Sample {
  /** Arguments by suffix; nothing for an optional argument that is left out. */
  readonly sent: Suffixed<unknown>;
  readonly decoded: Suffixed<FieldValue>;
  /** By suffix: how a row or a condition writes the value. */
  readonly written: Suffixed<Scalar | readonly (string | number)[]>;
  /** By suffix: what stands in the canonical string of a row. */
  readonly canonical: Suffixed<unknown>;
}

/** A decoded value that other bounds may name. */
export interface Key {
  readonly suffix: string;
  readonly look: "number" | "range" | "boolean" | "text" | "name" | "set";
  /** Only keys that agree in this may be related. */
  readonly family?: string;
  /** Set where session and meters may sum it up; meters are shared by keys that agree in it. */
  readonly sums?: { readonly unit?: string; readonly scale?: number };
  /** From a decoded number to how a bound writes it. */
  readonly write: (value: number) => string | number;
}

export interface FieldPlan {
  readonly declare: (name: string) => Suffixed<Field>;
  readonly allow: Suffixed<Allow>;
  readonly perCall: Suffixed<PerCall>;
  /** Whether any value keeps the bounds; where none does, one that breaks them stands for it. */
  readonly possible: boolean;
  /** At least one. */
  readonly inside: readonly Sample[];
  readonly outside: readonly Sample[];
  readonly keys: readonly Key[];
  /** The allow lists may be left out where rows judge the field. */
  readonly rowsSuffice: boolean;
  /** The result, named after its type, that the values must have been of. */
  readonly produced?: ElementType;
}

/** The one argument and the one value of a field without helpers or parts. */
export function single(
  sent: unknown,
  decoded: FieldValue,
  written: Sample["written"][string],
  canonical: unknown,
): Sample {
  return { sent: { "": sent }, decoded: { "": decoded }, written: { "": written }, canonical: { "": canonical } };
}

/** May be left out of the call: then the first inside sample stands for it. */
export function withDefault(plan: FieldPlan): FieldPlan {
  const first = plan.inside[0]!;
  const value = first.sent[""] as Exclude<Field, { type: "span" | "product" }>["default"];
  return {
    ...plan,
    declare: (name) => ({ "": { ...plan.declare(name)[""], optional: true, default: value } as Field }),
    inside: [...plan.inside, { ...first, sent: {} }],
  };
}
