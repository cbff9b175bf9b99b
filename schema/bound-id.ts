/** The parts of a bound id: `effects/<effect>/<section>/<rest>`, or `<section>/<rest>`. */
export interface BoundIdParts {
  /** `""` for a bound that belongs to no effect. */
  readonly effect: string;
  /** The field, flag, meter, evidence or index that the id ends in; `""` where it has none. */
  readonly rest: string;
}

export function boundIdParts(id: string): BoundIdParts {
  const segments = id.split("/");
  if (segments[0] === "effects") return { effect: segments[1] ?? "", rest: segments.slice(3).join("/") };
  return { effect: "", rest: segments.slice(1).join("/") };
}
