import { codePointCompare } from "../../../schema/json/canonical.ts";
import type { Shape } from "../../../schema/normalised.ts";
import { type Operand, operandNames, operandOf } from "../../operands.ts";
import { admitted } from "./admitted.ts";
import type { GrantedEffect } from "./granted.ts";
import { type Literal, listOf, type Member, oneOf, type Type, word } from "./type.ts";

/** The fields of an allowed call, as the engines see them (SPEC §5). */
export function fieldMembers({ effect, normalised }: GrantedEffect): readonly Member[] {
  const fields = operandNames(effect.fields).flatMap((name): Member[] => {
    const operand = operandOf(effect.fields, name);
    if (operand === undefined) return [];
    return [{ name, type: decoded(operand.shape, admitted(normalised, name)), ...noteOf(operand) }];
  });
  const rows = (normalised.bounds.rows ?? []).map(({ field, oneOf: tuples }): Member => {
    return { name: field, type: oneOf(Object.keys(tuples).sort(codePointCompare)) };
  });
  return [...fields, ...rows].sort((a, b) => codePointCompare(a.name, b.name));
}

function decoded(shape: Shape, values: readonly Literal[] | undefined): Type {
  const one = (otherwise: Type) => (values === undefined ? otherwise : oneOf(values));
  const strings = listOf(word("string"));
  switch (shape) {
    case "number":
      return one(word("number"));
    case "range":
      return object({ min: word("number"), max: word("number") });
    case "boolean":
      return one(word("boolean"));
    case "text":
      return one(word("string"));
    case "name":
      return object({ value: one(word("string")), under: strings });
    case "numberSet":
      return object({ count: word("number"), items: listOf(one(word("number"))) });
    case "textSet":
      return object({ count: word("number"), items: listOf(one(word("string"))) });
    case "nameSet":
      return object({ count: word("number"), items: listOf(one(word("string"))), under: listOf(strings) });
  }
}

function object(members: Readonly<Record<string, Type>>): Type {
  return { is: "object", members: Object.entries(members).map(([name, type]) => ({ name, type })) };
}

/** What a number counts. */
function noteOf(operand: Operand): { readonly note?: string } {
  const { field, scale = 0, unit } = operand;
  const measure = operand.shape === "number" || operand.shape === "range" ? measures[field.type] : undefined;
  const isCount = "aggregate" in field && field.aggregate === "count";
  const parts = [
    ...(isCount ? ["elements"] : measure === undefined ? [] : [measure]),
    ...(scale === 0 ? [] : [`the last ${scale} digits stand after the point`]),
    ...(unit === undefined ? [] : [unit]),
  ];
  return parts.length === 0 ? {} : { note: parts.join("; ") };
}

const measures: Readonly<Partial<Record<Operand["field"]["type"], string>>> = {
  date: "days since 1970-01-01",
  datetime: "seconds since 1970-01-01T00:00:00",
  timestamp: "milliseconds since 1970-01-01T00:00:00Z",
  span: "seconds",
  length: "code points",
};
