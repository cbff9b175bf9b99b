import type { Allow } from "../../../schema/envelope.ts";
import { isSet, type Operand } from "../../operands.ts";
import { below } from "../../rules/rule.ts";
import type { Side } from "../side.ts";
import type { Report } from "../widening.ts";
import { allowOn, ancestorsOf, type Domain, domainOf, liesUnder, memberOf, membersOf, operandOn } from "./domain.ts";
import { holdsOfEachSet } from "./row-sets.ts";
import { setSizesHold } from "./set-sizes.ts";

/** Each operator that `b` writes holds for whatever `a` admits. */
export function compareAllow(a: Side, b: Side, report: Report): void {
  for (const [key, allow] of Object.entries(b.effect.allow ?? {})) {
    const operand = operandOn(b, key);
    const domain = domainOf(a, key);
    const mine = allowOn(a, key);
    if (isSet(operand) && holdsOfEachSet(a, b, key)) continue;
    if (isSet(operand) && !setSizesHold(a, b, key))
      report(below(a.pointer, "allow", key), "it may have fewer elements, or more");
    for (const [operator, holds] of Object.entries(operators)) {
      if (!holds({ allow, mine, operand, domain, b }))
        report(below(a.pointer, "allow", key), `more values are admitted than \`${operator}\` does`);
    }
  }
}

interface Asked {
  /** What `b` writes, and what `a` does. */
  readonly allow: Allow;
  readonly mine: Allow;
  readonly operand: Operand;
  readonly domain: Domain;
  readonly b: Side;
}

type Holds = (asked: Asked) => boolean;

const isListed: (operator: "oneOf" | "subsetOf") => Holds =
  (operator) =>
  ({ allow, operand, domain, b }) => {
    const list = membersOf(b, operand, allow[operator]);
    if (list === undefined) return true;
    return domain.values?.every(({ value }) => list.some((each) => each.value === value)) ?? false;
  };

const isNotListed: (operator: "noneOf" | "disjointFrom") => Holds =
  (operator) =>
  ({ allow, operand, domain, b }) =>
    (membersOf(b, operand, allow[operator]) ?? []).every((member) => !domain.admits(member));

const operators: { readonly [O in Exclude<keyof Required<Allow>, "minItems" | "maxItems">]: Holds } = {
  oneOf: isListed("oneOf"),
  subsetOf: isListed("subsetOf"),
  noneOf: isNotListed("noneOf"),
  disjointFrom: isNotListed("disjointFrom"),
  equals: ({ allow, operand, domain }) => {
    if (allow.equals === undefined) return true;
    const { value } = memberOf(operand.form, allow.equals);
    return domain.values?.every((each) => each.value === value) ?? false;
  },
  producedBy: ({ allow, mine }) => allow.producedBy === undefined || allow.producedBy === mine.producedBy,
  under: ({ allow, operand, domain, b }) => {
    const ancestors = ancestorsOf(b, operand, allow.under);
    if (ancestors === undefined) return true;
    return (domain.values ?? domain.under)?.every((member) => liesUnder(member, ancestors)) ?? false;
  },
  noneUnder: ({ allow, operand, domain, b }) => {
    const ancestors = ancestorsOf(b, operand, allow.noneUnder) ?? [];
    if (domain.values !== undefined) return !domain.values.some((member) => liesUnder(member, ancestors));
    return ancestors.every(domain.excludes);
  },
};
