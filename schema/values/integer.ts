import { accept, type Parsed, refuse } from "./parsed.ts";

const grammar = /^-?(?:0|[1-9]\d*)$/;

/** An integer by its text `-?(0|[1-9]\d*)`, not -0, at most 2^53-1 in magnitude (SPEC §4). */
export function parseInteger(text: string): Parsed<number> {
  if (!grammar.test(text))
    return refuse("an integer without point, exponent, sign or leading zeros", plainInteger(text));
  if (text === "-0") return refuse("an integer; there is no negative zero", "0");
  const value = Number(text);
  return Number.isSafeInteger(value) ? accept(value) : refuse("an integer of at most 9007199254740991 in magnitude");
}

function plainInteger(text: string): string | undefined {
  const trimmed = text.trim().replaceAll("_", "");
  if (!/^[+-]?\d{1,16}(?:\.\d*)?(?:[eE][+-]?\d{1,2})?$/.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return Number.isSafeInteger(value) ? String(value + 0) : undefined;
}
