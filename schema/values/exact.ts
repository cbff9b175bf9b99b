/**
 * Whether a double holds the decimal value of a JSON number exactly, as JSON texts mean it: the shortest text that reads back
 * as the double (ECMAScript's `String(Number(text))`, which is also the JCS form) denotes the same decimal value as `text`.
 * So 0.1, 1.50 and 1e5 are held; 9007199254740993, 0.10000000000000001, 1e400 and 1e-400 are not (SPEC §7).
 */
export function isExactNumber(text: string): boolean {
  // Any decimal of up to 15 significant digits survives, unless its exponent leaves the range of doubles.
  if (text.length <= 15 && !/[eE]/.test(text)) return true;
  const value = Number(text);
  if (!Number.isFinite(value)) return false;
  const written = scientific(text);
  const held = scientific(String(value));
  if (written.digits === "" || held.digits === "") return written.digits === held.digits;
  return written.digits === held.digits && written.exponent === held.exponent;
}

/** Sign aside (it never changes), the value is 0.<digits> × 10^exponent, without zeros at either end of the digits. */
function scientific(text: string): { digits: string; exponent: number } {
  const [mantissa = "", power = "0"] = text.replace(/^-/, "").split(/[eE]/);
  const [whole = "", fraction = ""] = mantissa.split(".");
  const all = whole + fraction;
  const digits = all.replace(/^0+/, "");
  return {
    digits: digits.replace(/0+$/, ""),
    exponent: Number(power) + whole.length - (all.length - digits.length),
  };
}
