/** Values of metrics, compared exactly: integers as numbers, decimals as text, never as floats. */
import { parseDecimal } from "../../../schema/values/decimal.ts";

/** A value is `minor` times ten to the power of minus `scale`. */
interface Exact {
  readonly minor: bigint;
  readonly scale: number;
}

/** As many digits after the point as a threshold may have. */
const mostDigits = 15;

/**
 * Less than zero, zero or more, as the value is below, at or above the threshold. Undefined where the value is not of the
 * threshold's type: an integer that a double holds, or a decimal as text.
 */
export function compareMetric(value: unknown, threshold: unknown): -1 | 0 | 1 | undefined {
  if (typeof value !== typeof threshold) return undefined;
  const [left, right] = [exact(value), exact(threshold)];
  if (left === undefined || right === undefined) return undefined;
  const scale = Math.max(left.scale, right.scale);
  const difference = atScale(left, scale) - atScale(right, scale);
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}

function exact(written: unknown): Exact | undefined {
  if (typeof written === "number")
    return Number.isSafeInteger(written) ? { minor: BigInt(written), scale: 0 } : undefined;
  if (typeof written !== "string") return undefined;
  const scale = written.split(".", 2)[1]?.length ?? 0;
  const read = scale > mostDigits ? undefined : parseDecimal(written, scale);
  return read?.ok ? { minor: BigInt(read.value), scale } : undefined;
}

function atScale({ minor, scale }: Exact, wanted: number): bigint {
  return minor * 10n ** BigInt(wanted - scale);
}
