import { accept, type Parsed, refuse } from "./parsed.ts";

const grammar = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?$/;

/**
 * A decimal by its text `-?(0|[1-9]\d*)(\.\d+)?` as an integer in minor units: `"1.24"` of scale 2 is 124. Refuses more
 * digits than the scale (zeros too), any negative zero, and what exceeds 2^53-1 minor units (SPEC §4).
 */
export function parseDecimal(text: string, scale: number): Parsed<number> {
  const match = grammar.exec(text);
  if (match === null)
    return refuse("a decimal such as 12.50, without exponent, sign or leading zeros", plainDecimal(text));
  const [, sign = "", whole = "", fraction = ""] = match;
  if (fraction.length > scale) return refuse(tooManyDigits(scale), withinScale(sign, whole, fraction, scale));
  const minor = Number(whole + fraction.padEnd(scale, "0"));
  if (!Number.isSafeInteger(minor)) return refuse("a decimal of at most 9007199254740991 minor units in magnitude");
  if (sign === "") return accept(minor);
  return minor === 0 ? refuse("a decimal; there is no negative zero", text.slice(1)) : accept(-minor);
}

/** A value in minor units as a decimal: 124 of scale 2 is `1.24`. */
export function formatDecimal(minor: number, scale: number): string {
  if (scale === 0) return String(minor);
  const digits = String(Math.abs(minor)).padStart(scale + 1, "0");
  return `${minor < 0 ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function tooManyDigits(scale: number): string {
  if (scale === 0) return "no digits after the point";
  return `at most ${scale} ${scale === 1 ? "digit" : "digits"} after the point`;
}

function withinScale(sign: string, whole: string, fraction: string, scale: number): string | undefined {
  if (/[1-9]/.test(fraction.slice(scale)) || sign !== "") return undefined;
  return scale === 0 ? whole : `${whole}.${fraction.slice(0, scale)}`;
}

function plainDecimal(text: string): string | undefined {
  const match = /^\+?0*(\d*)(?:\.(\d*))?$/.exec(text.trim().replaceAll("_", ""));
  if (match === null || text.trim().length > 24) return undefined;
  const [, whole = "", fraction = ""] = match;
  if (whole === "" && !/\d/.test(text)) return undefined;
  return `${whole === "" ? "0" : whole}${fraction === "" ? "" : `.${fraction}`}`;
}
