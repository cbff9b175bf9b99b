/** Magnitudes with their units: minor units back to decimals, days and seconds back to dates. */
import type { Effect, Envelope, Field } from "../../schema/envelope.ts";
import { own } from "../own.ts";
import { show } from "./show.ts";
import { daysText, instantText, secondsText } from "./times.ts";

/** How numbers of one kind are shown. */
export interface Measure {
  readonly show: (value: unknown) => string;
  readonly unit?: string | undefined;
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
      return { show: perEnd(daysText) };
    case "datetime":
      return { show: perEnd(secondsText) };
    case "timestamp":
      return { show: perEnd(instantText) };
    case "span":
      return { show: perEnd(show), unit: unit ?? "seconds" };
    case "integer":
    case "length":
      return { show: perEnd(show), unit };
    default:
      return plain;
  }
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
