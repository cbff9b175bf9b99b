/** What a bound can be written on: a decoded field, or one of the four parts of a url (SPEC §2, §4). */
import type { Field } from "../schema/envelope.ts";
import type { Shape } from "../schema/normalised.ts";

/** How one value of an operand (of a set: one element) is written in a bound. */
export type Form =
  | { [P in PlainForm]: { readonly is: P } }[PlainForm]
  | { readonly is: "decimal"; readonly scale: number }
  | { readonly is: "string"; readonly multiline: boolean }
  | { readonly is: "urlHost"; readonly allowIp: boolean }
  | { readonly is: "urlAncestor"; readonly allowIp: boolean }
  | { readonly is: "datetime"; readonly formats: readonly string[]; readonly timezone: string };

type PlainForm =
  | ("integer" | "boolean" | "digest" | "timestamp" | "date")
  | ("host" | "email" | "path" | "ip" | "cidr" | "network")
  | ("scheme" | "port" | "urlPath");

export interface Operand {
  /** Its key in `request.fields`. */
  readonly name: string;
  /** The name of the field that it is, or is a part of. */
  readonly fieldName: string;
  readonly field: Field;
  readonly shape: Shape;
  readonly form: Form;
  /** Digits after the point; undefined for plain integers. */
  readonly scale?: number;
  readonly unit?: string;
}

type Fields = Readonly<Record<string, Field>>;

export const urlParts = ["scheme", "host", "port", "path"] as const;

/** The operand of that name; undefined where there is none, and for a whole url, which is judged by its parts. */
export function operandOf(fields: Fields, name: string): Operand | undefined {
  const whole = fieldOf(fields, name);
  if (whole !== undefined) return whole.type === "url" ? undefined : fieldOperand(name, whole);
  const dot = name.indexOf(".");
  const fieldName = name.slice(0, dot);
  const field = dot < 0 ? undefined : fieldOf(fields, fieldName);
  return field?.type === "url" ? urlOperand(name, fieldName, field, name.slice(dot + 1)) : undefined;
}

/** The declared field of that name; never one of a prototype. */
export function fieldOf(fields: Fields, name: string): Field | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** The names of all operands, the parts of a url in its place. */
export function operandNames(fields: Fields): readonly string[] {
  return Object.entries(fields).flatMap(([name, field]) =>
    field.type === "url" ? urlParts.map((part) => `${name}.${part}`) : [name],
  );
}

/** Whether a call carries one number for it: what caps, sums and products are made of. */
export function isNumber({ shape }: Operand): boolean {
  return shape === "number";
}

/** Whether it is a set of any type. */
export function isSet({ shape }: Operand): boolean {
  return shape === "numberSet" || shape === "textSet" || shape === "nameSet";
}

/** Dates and times are ordered and compared, but never summed. */
export function isTime({ field }: Operand): boolean {
  return field.type === "date" || field.type === "datetime" || field.type === "timestamp";
}

/** How the values of `under` and `noneUnder` are written: ancestors may be of another type than what they stand above. */
export function ancestorForm(form: Form): Form {
  switch (form.is) {
    case "email":
      return { is: "host" };
    case "ip":
      return { is: "network" };
    case "urlHost":
      return { is: "urlAncestor", allowIp: form.allowIp };
    default:
      return form;
  }
}

function fieldOperand(name: string, field: Exclude<Field, { type: "url" }>): Operand {
  const base = { name, fieldName: name, field };
  const form = formOf(field);
  switch (field.type) {
    case "integer":
    case "length":
    case "decimal": {
      if (field.aggregate === "count") return { ...base, shape: "number", form };
      const shape = field.aggregate === "each" ? "range" : "number";
      const scale = field.type === "decimal" ? { scale: field.scale } : {};
      return { ...base, shape, form, ...scale, ...unitOf(field) };
    }
    case "product":
      return { ...base, shape: "number", form, scale: field.scale, ...unitOf(field) };
    case "span":
      return { ...base, shape: "number", form, ...unitOf(field) };
    case "date":
    case "datetime":
    case "timestamp":
      return { ...base, shape: "number", form };
    case "boolean":
      return { ...base, shape: "boolean", form };
    case "string":
    case "digest":
      return { ...base, shape: "text", form };
    case "host":
    case "email":
    case "path":
    case "ip":
    case "cidr":
      return { ...base, shape: "name", form };
    case "set":
      return { ...base, shape: setShape(field.of), form };
  }
}

function formOf(field: Exclude<Field, { type: "url" }>): Form {
  switch (field.type) {
    case "decimal":
      return field.aggregate === "count" ? { is: "integer" } : { is: "decimal", scale: field.scale };
    case "product":
      return { is: "decimal", scale: field.scale };
    case "integer":
    case "length":
    case "span":
      return { is: "integer" };
    case "string":
      return { is: "string", multiline: field.multiline ?? false };
    case "set":
      return elementForm(field.of);
    case "datetime":
      return { is: "datetime", formats: [field.format].flat(), timezone: field.timezone };
    default:
      return { is: field.type };
  }
}

function elementForm(of: Extract<Field, { type: "set" }>["of"]): Form {
  return of === "string" ? { is: "string", multiline: false } : { is: of };
}

function setShape(of: Extract<Field, { type: "set" }>["of"]): Shape {
  if (of === "integer") return "numberSet";
  return of === "string" ? "textSet" : "nameSet";
}

function urlOperand(
  name: string,
  fieldName: string,
  field: Extract<Field, { type: "url" }>,
  part: string,
): Operand | undefined {
  const base = { name, fieldName, field };
  switch (part) {
    case "scheme":
      return { ...base, shape: "text", form: { is: "scheme" } };
    case "host":
      return { ...base, shape: "name", form: { is: "urlHost", allowIp: field.allowIp ?? false } };
    case "port":
      return { ...base, shape: "number", form: { is: "port" } };
    case "path":
      return { ...base, shape: "name", form: { is: "urlPath" } };
    default:
      return undefined;
  }
}

function unitOf(field: { unit?: string }): { readonly unit?: string } {
  return field.unit === undefined ? {} : { unit: field.unit };
}
