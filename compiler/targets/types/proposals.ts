import type { Discriminator, Envelope, Where } from "../../../schema/envelope.ts";
import { codePointCompare } from "../../../schema/json/canonical.ts";
import { admitted } from "./admitted.ts";
import { argumentType, datesOf } from "./argument.ts";
import { argumentsType, type Branch, claim, emptyBranch } from "./argument-tree.ts";
import type { GrantedEffect } from "./granted.ts";
import { either, oneOf, type Type, word } from "./type.ts";

/** The calls that reach an effect: for each of its tools, the arguments as they are sent. */
export function proposalType(granted: GrantedEffect, envelope: Envelope): Type {
  const plain = granted.tools.filter((entry) => typeof entry === "string").sort(codePointCompare);
  const ways = granted.tools.flatMap((entry) =>
    typeof entry === "string" ? [] : call([entry.tool], argumentsOf(granted, envelope, entry.where)),
  );
  return either([...(plain.length === 0 ? [] : [call(plain, argumentsOf(granted, envelope, {}))]), ...ways]);
}

function call(tools: readonly string[], args: Type): Type {
  return {
    is: "object",
    members: [
      { name: "tool", type: oneOf(tools) },
      { name: "args", type: args },
      { name: "id", type: word("string"), optional: true },
    ],
    others: word("unknown"),
  };
}

function argumentsOf(granted: GrantedEffect, envelope: Envelope, where: Where): Type {
  const { ignored = [], absent = [] } = granted.effect;
  const root = emptyBranch();
  claimFields(root, granted, envelope);
  for (const pointer of ignored) claim(root, pointer, word("unknown"), false);
  for (const pointer of absent) claim(root, pointer, nothing, false);
  for (const [pointer, discriminator] of Object.entries(where)) claimDiscriminator(root, pointer, discriminator);
  return argumentsType(root);
}

function claimFields(root: Branch, { effect, normalised }: GrantedEffect, envelope: Envelope): void {
  for (const [name, field] of Object.entries(effect.fields)) {
    if (field.type === "product") continue;
    const values = admitted(normalised, name);
    const dates = field.type === "date" ? datesOf(effect, name, envelope) : undefined;
    const type = dates ?? argumentType(field, values);
    const isOptional = "optional" in field && field.optional === true;
    claim(root, field.from, isOptional ? either([type, word("null")]) : type, !isOptional);
    if (field.type === "span") claim(root, field.until, type, true);
  }
}

function claimDiscriminator(root: Branch, pointer: string, discriminator: Discriminator): void {
  if (Array.isArray(discriminator)) claim(root, pointer, oneOf(discriminator), true);
  else claim(root, pointer, nothing, false);
}

const nothing: Type = { is: "declared", name: "Nothing" };
