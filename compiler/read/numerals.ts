/** The grammar of integers (SPEC §2): plain digits, no sign of zero. */
export function plainInteger(text: string): boolean {
  return /^(-?[1-9]\d*|0)$/.test(text) && Number.isSafeInteger(Number(text));
}

/** The plain digits of a whole number written otherwise (2.0, 1e3, -0); undefined for what is not whole or beyond 2^53-1. */
export function meantInteger(text: string): string | undefined {
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text);
  if (parts === null) return undefined;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = parts;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (/[1-9]/.test(digits.slice(Math.max(0, point)))) return undefined;
  const kept = digits.slice(0, Math.max(0, point)).padEnd(Math.min(point, 400), "0");
  const trimmed = kept.replace(/^0+(?=\d)/, "");
  const value = trimmed === "" || /^0+$/.test(trimmed) ? "0" : `${sign}${trimmed}`;
  return plainInteger(value) ? value : undefined;
}
