/** Calls with given fields, and variants of them that one of two decoders may take and the other refuse. */
import type { Json } from "../../compiler/targets/vectors/change.ts";
import type { FieldPlans } from "../../compiler/targets/vectors/field-plan.ts";
import { planProducts } from "../../runtime/decode/product.ts";
import type { Effect } from "../../schema/envelope.ts";
import { parsePointer } from "../../schema/json/pointer.ts";
import { argumentsFor, place } from "../selfcheck/specimen/arguments.ts";
import { withRows } from "../selfcheck/specimen/rows.ts";

export interface Call {
  readonly tool: string;
  readonly args: Record<string, unknown>;
}

/** @param tool one of the effect's; the first if it is none */
export function callWith(effect: Effect, tool: unknown, fields: unknown): Call {
  const uses = effect.tools.map((use) => (typeof use === "string" ? use : use.tool));
  const used = uses.find((name) => name === tool) ?? uses[0] ?? "";
  return { tool: used, args: argumentsFor(effect, used, withRows(effect, fields)) };
}

/** Fields that make each product as much as may be, one operand at a time: vectors hold products that their operands do not make. */
export function withOperands(effect: Effect, plans: FieldPlans, fields: unknown): readonly Json[] {
  const known: Json = Object.fromEntries(Object.entries(fields ?? {}));
  const capOf = (name: string) => Math.min(...(plans.get(name)?.caps ?? []).map(({ max }) => max));
  return planProducts(effect.fields).flatMap(({ name, operands, surplus }) =>
    operands.flatMap((operand) => {
      const others = operands.filter((other) => other !== operand).map((other) => [other, capOf(other)] as const);
      const made = others.reduce((product, [, cap]) => product * cap, 1) / 10 ** surplus;
      const value = Math.min(capOf(operand), Math.floor(capOf(name) / made));
      return Number.isSafeInteger(value) ? [{ ...known, ...Object.fromEntries(others), [operand]: value }] : [];
    }),
  );
}

/** The same call by every tool and discriminator, in every form of local times, and with what an argument may be besides. */
export function variantsOf(before: Effect | undefined, after: Effect, fields: unknown): readonly Call[] {
  return [...byTool(after, fields), ...byFormat(after, fields), ...byArgument(before, after, fields)];
}

function byTool(effect: Effect, fields: unknown): readonly Call[] {
  return effect.tools.flatMap((use) => {
    const tool = typeof use === "string" ? use : use.tool;
    const where = typeof use === "string" ? {} : use.where;
    const made = () => callWith({ ...effect, tools: [use] }, tool, fields);
    const others = Object.entries(where).flatMap(([pointer, wanted]) =>
      Array.isArray(wanted) ? wanted.map((value) => placed(made(), pointer, value)) : [],
    );
    return [made(), ...others];
  });
}

function byFormat(effect: Effect, fields: unknown): readonly Call[] {
  return Object.entries(effect.fields).flatMap(([name, field]) => {
    if (field.type !== "datetime" && field.type !== "span") return [];
    if (typeof field.format === "string") return [];
    return field.format.map((format) =>
      callWith({ ...effect, fields: { ...effect.fields, [name]: { ...field, format } } }, undefined, fields),
    );
  });
}

/** Numbers as text, arguments left out, and arguments that nobody judges. */
function byArgument(before: Effect | undefined, after: Effect, fields: unknown): readonly Call[] {
  const made = () => callWith(after, undefined, fields);
  const fresh = (now: readonly string[] = [], old: readonly string[] = []) =>
    now.filter((pointer) => !old.includes(pointer) && !pointer.includes("*"));
  const declared = Object.values(after.fields).flatMap((field) => {
    if (!("from" in field) || field.from.includes("*")) return [];
    const asText = "allowString" in field && field.allowString ? [textAt(made(), field.from)] : [];
    return "optional" in field && field.optional ? [...asText, placed(made(), field.from, undefined)] : asText;
  });
  return [
    ...declared,
    ...fresh(after.ignored, before?.ignored).map((pointer) => placed(made(), pointer, "anything")),
    ...fresh(after.absent, before?.absent).map((pointer) => placed(made(), pointer, null)),
  ];
}

function textAt(call: Call, pointer: string): Call {
  const value = parsePointer(pointer).reduce<unknown>(
    (node, key) => Object.entries(node ?? {}).find(([name]) => name === key)?.[1],
    call.args,
  );
  return typeof value === "number" ? placed(call, pointer, String(value)) : call;
}

/** Undefined is left out of the proposal's text. */
function placed(call: Call, pointer: string, value: unknown): Call {
  const tokens = parsePointer(pointer);
  if (value !== undefined || tokens.length !== 1) place(call.args, tokens, value);
  else delete call.args[tokens[0] ?? ""];
  return call;
}
