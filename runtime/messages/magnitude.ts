/** Magnitudes with their units: minor units back to decimals, days and seconds back to dates as the call and the bounds write them. */
import type { Effect, Envelope, Field } from "../../schema/envelope.ts";
import { own } from "../own.ts";
import { show } from "./show.ts";
import { clockText, daysText, instantText } from "./times.ts";

/** How numbers of one kind are shown. */
export interface Measure {
  readonly show: (value: unknown) => string;
  readonly unit?: string | undefined;
  /** How 0 reads where it is a point in time; a plain 0 elsewhere. */
  readonly zero?: string;
}

const plain: Measure = { show };

/** The measure of a field's values; counts and fields that are no number are shown as they stand. */
export function measureOf(field: Field | undefined): Measure {
  if (field === undefined || ("aggregate" in field && field.aggregate === "count")) return plain;
  const unit = "unit" in field ? field.unit : undefined;
  switch (field.type) {
    case "decimal":
    case "product":
      return { show: perEnd((value) => decimalText(value, field.scale)), unit };
    case "date":
      return { show: perEnd(daysText), zero: daysText(0) };
    case "datetime":
      return localMeasure(field.format, field.timezone);
    case "timestamp":
      return { show: perEnd(instantText), zero: instantText(0) };
    case "span":
      return { show: perEnd(show), unit: unit ?? "seconds" };
    case "integer":
    case "length":
      return { show: perEnd(show), unit };
    default:
      return plain;
  }
}

/** A local time says in which zone: two fields, or the reader, may live in different ones. */
function localMeasure(format: string | readonly string[], timezone: string): Measure {
  const formats = typeof format === "string" ? [format] : format;
  const unit = timezone === "floating" ? undefined : timezone;
  const text = (seconds: unknown) => clockText(seconds, formats, timezone);
  return { show: perEnd(text), unit, zero: text(0) };
}

/** The measure of the field that feeds a meter; all feeders of a meter share unit and scale. */
export function measureOfMeter(envelope: Envelope, meter: string): Measure {
  for (const effect of Object.values(envelope.effects)) {
    const cost = own(effect.consumes, meter);
    if (typeof cost === "string") return measureOf(own(effect.fields, cost));
  }
  return plain;
}

/** The field that a key of `request.fields` belongs to: `site.host` is a part of `site`. */
export function fieldOf(effect: Effect | undefined, key: string): Field | undefined {
  return own(effect?.fields, key.split(".")[0] ?? key);
}

/** `12.40 USD` */
export function withUnit({ show, unit }: Measure, value: unknown): string {
  return unit === undefined ? show(value) : `${show(value)} ${unit}`;
}

/** A limit as the envelope writes it, with the unit. */
export function limitText({ unit }: Measure, written: string | number | undefined): string {
  return unit === undefined ? String(written) : `${written} ${unit}`;
}

function decimalText(minor: unknown, scale: number): string {
  if (typeof minor !== "number" || !Number.isSafeInteger(minor)) return show(minor);
  const digits = String(Math.abs(minor)).padStart(scale + 1, "0");
  const sign = minor < 0 ? "-" : "";
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Numbers decoded with `each` have two ends. */
function perEnd(one: (value: unknown) => string): (value: unknown) => string {
  return (value) => {
    const isRange = typeof value === "object" && value !== null && "min" in value && "max" in value;
    return isRange ? `${one(value.min)} to ${one(value.max)}` : one(value);
  };
}
