/** `types.ts`: the envelope's effects for programs that act under it, and an executor that has the granted ones only (SPEC §6). */
import type { Envelope } from "../../../schema/envelope.ts";
import type { NormalisedEnvelope } from "../../../schema/normalised.ts";
import { fieldMembers } from "./fields.ts";
import { fixedTypes } from "./fixed.ts";
import { type GrantedEffect, grantsOf } from "./granted.ts";
import { type Declaration, printDeclarations } from "./print.ts";
import { proposalType } from "./proposals.ts";
import { outputType, resultMembers } from "./results.ts";
import { type Member, oneOf, type Type } from "./type.ts";

/** Types only, without imports: nothing of it is there when a program runs. */
export function renderTypes(envelope: Envelope, normalised: NormalisedEnvelope): string {
  const { granted, barred } = grantsOf(envelope, normalised);
  const declarations = printDeclarations([
    alias("EnvelopeId", "The envelope that these types are of.", oneOf([envelope.id])),
    alias("EnvelopeDigest", "What people sign.", oneOf([normalised.digest])),
    byEffect("Fields", "By effect: the fields of an allowed call, as they were judged.", granted, (each) => ({
      is: "object",
      members: fieldMembers(each),
    })),
    byEffect("Proposals", "By effect: the calls that reach it.", granted, (each) => proposalType(each, envelope)),
    byEffect("Outputs", "By effect: what its tools return.", granted, outputType),
    byEffect("Results", "By effect: what is decoded out of that.", granted, (each) => ({
      is: "object",
      members: resultMembers(each),
    })),
    {
      name: "Executor",
      note: "The only way to an effect: with an allow of that very effect.",
      as: {
        interface: [
          ...granted.map(({ name }): Member => ({ name, type: { is: "declared", name: "Granted", of: [name] } })),
          ...barred.map((name): Member => ({ name, type: { is: "declared", name: "Barred" } })),
        ],
      },
    },
  ]);
  return `// Compiled from an envelope by Ambit. Do not edit.\n\n${declarations}\n${fixedTypes}`;
}

function alias(name: string, note: string, type: Type): Declaration {
  return { name, note, as: { alias: type } };
}

function byEffect(
  name: string,
  note: string,
  granted: readonly GrantedEffect[],
  typeOf: (each: GrantedEffect) => Type,
): Declaration {
  return { name, note, as: { interface: granted.map((each) => ({ name: each.name, type: typeOf(each) })) } };
}
