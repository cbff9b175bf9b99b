/** A decoded value as somebody would have written it in a call. */
import type { Field } from "../../../schema/envelope.ts";
import { localTime } from "../../../schema/time/zones.ts";

type Datetime = Extract<Field, { type: "datetime" }>;

/** @param value as the request holds it; undefined where the type, or the value, has no way back */
export function written(field: Field, value: unknown): unknown {
  switch (field.type) {
    case "decimal":
      return typeof value === "number" ? decimalText(value, field.scale) : undefined;
    case "timestamp":
      return typeof value === "number" ? instantText(value) : undefined;
    case "date":
      return typeof value === "number" ? instantText(value * 86_400_000)?.slice(0, 10) : undefined;
    case "datetime":
      return typeof value === "number" ? datetimeText(field, value) : undefined;
    case "length":
      return typeof value === "number" && value >= 0 && value <= longest ? "x".repeat(value) : undefined;
    case "host":
    case "email":
    case "path":
    case "ip":
    case "cidr":
      return memberOf(value, "value") ?? value;
    case "integer":
    case "boolean":
    case "string":
      return value;
    default:
      return undefined;
  }
}

const longest = 100_000;

/** @param seconds since 1970; of a floating time as if it were UTC */
export function datetimeText(
  { format, timezone }: Pick<Datetime, "format" | "timezone">,
  seconds: number,
): string | undefined {
  const [form] = typeof format === "string" ? [format] : format;
  const shown = instantText(seconds * 1000);
  if (form === undefined || shown === undefined) return undefined;
  const zone = timezone === "floating" ? undefined : localTime(timezone, seconds * 1000);
  if (timezone !== "floating" && zone === undefined) return undefined;
  const date = zone?.date ?? shown.slice(0, 10);
  const clock = zone === undefined ? shown.slice(11, 16) : `${two(zone.minute / 60)}:${two(zone.minute % 60)}`;
  const tail = form.endsWith("SS") ? `:${shown.slice(17, 19)}` : "";
  return `${date}${form.includes("T") ? "T" : " "}${clock}${tail}`;
}

function two(value: number): string {
  return String(Math.floor(value)).padStart(2, "0");
}

export function decimalText(minor: number, scale: number): string {
  const digits = String(Math.abs(minor)).padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  return `${minor < 0 ? "-" : ""}${whole}${scale === 0 ? "" : `.${digits.slice(-scale)}`}`;
}

function instantText(ms: number): string | undefined {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().replace(".000Z", "Z");
}

export function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
