/** `"500.00"` at scale 2 → 50000. Takes a decimal that the rules have accepted. */
export function minorUnits(decimal: string, scale: number): number {
  const [whole = "", fraction = ""] = decimal.split(".");
  return Number(BigInt(whole + fraction.padEnd(scale, "0")));
}
