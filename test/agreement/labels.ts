/** Field types and operators, as far as a judged or violated bound is about them. */
import type { Effect, Envelope } from "../../schema/envelope.ts";
import type { EngineAnswer } from "../../schema/verdict.ts";
import type { Tallies } from "./counts.ts";

/** Counts the types and operators of the effect's fields: kept where no bound on the field is violated, alone where it is the only one. */
export function countFields(
  tallies: Tallies,
  envelope: Envelope,
  effectName: string,
  { violations }: EngineAnswer,
): void {
  if (!Object.hasOwn(envelope.effects, effectName) || violations.includes("granted")) return;
  const effect = envelope.effects[effectName]!;
  for (const [id, labels] of boundLabels(effectName, effect)) {
    for (const label of labels) {
      if (!violations.includes(id)) tallies[label]!.satisfied += 1;
      else if (violations.length === 1) tallies[label]!.alone += 1;
    }
  }
}

function boundLabels(
  name: string,
  { fields, allow = {}, perCall = {} }: Effect,
): readonly (readonly [string, readonly string[]])[] {
  const typeOf = (key: string) => `type ${fields[key.split(".")[0]!]!.type}`;
  return [
    ...Object.entries(allow).map(([key, operators]) => {
      const written = Object.keys(operators).map((operator) => `allow ${operator}`);
      return [`effects/${name}/allow/${key}`, [typeOf(key), ...written]] as const;
    }),
    ...Object.keys(perCall).map((key) => [`effects/${name}/per_call/${key}`, [typeOf(key)]] as const),
  ];
}

const types =
  "integer decimal boolean string set url host email path ip cidr timestamp date datetime span product length digest";
const operators = "oneOf noneOf equals producedBy subsetOf disjointFrom under noneUnder minItems maxItems";

export const fieldLabels: readonly string[] = [
  ...types.split(" ").map((type) => `type ${type}`),
  ...operators.split(" ").map((operator) => `allow ${operator}`),
];
