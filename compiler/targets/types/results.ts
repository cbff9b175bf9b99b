import { codePointCompare } from "../../../schema/json/canonical.ts";
import { operandOf } from "../../operands.ts";
import { argumentType } from "./argument.ts";
import { claim, emptyBranch, typeOf } from "./argument-tree.ts";
import type { GrantedEffect } from "./granted.ts";
import { type Member, type Type, word } from "./type.ts";

/** What a tool of the effect returns: anything that its `results` can be decoded from. */
export function outputType({ effect: { results = {} } }: GrantedEffect): Type {
  const root = emptyBranch();
  for (const field of Object.values(results)) {
    if (field.type !== "product") claim(root, field.from, argumentType(field, undefined), true);
  }
  return typeOf(root, word("unknown"));
}

/** The decoded results, as `producedBy` finds them. */
export function resultMembers({ effect: { results = {} } }: GrantedEffect): readonly Member[] {
  return Object.keys(results)
    .sort(codePointCompare)
    .flatMap((name): Member[] => {
      const shape = operandOf(results, name)?.shape;
      if (shape === "number") return [{ name, type: word("number") }];
      return shape === "text" || shape === "name" ? [{ name, type: word("string") }] : [];
    });
}
