import { limitOf } from "../decoding/set-limit.ts";
import type { Side } from "../side.ts";
import { allowOn, domainOf } from "./domain.ts";

/** That a set of `a` has no fewer elements than `b` asks for, and no more. */
export function setSizesHold(a: Side, b: Side, key: string): boolean {
  const { minItems: least = 1, maxItems: most } = allowOn(b, key);
  return fewest(a, key) >= least && (most === undefined || greatest(a, key) <= most);
}

/** 1 is implied wherever a set has an entry in `allow` (SPEC §2). */
function fewest(side: Side, key: string): number {
  if (side.effect.allow === undefined || !Object.hasOwn(side.effect.allow, key)) return 0;
  return allowOn(side, key).minItems ?? 1;
}

function greatest(side: Side, key: string): number {
  const { maxItems = Number.POSITIVE_INFINITY } = allowOn(side, key);
  const listed = domainOf(side, key).values?.map(({ value }) => value);
  return Math.min(maxItems, limitOf(side.effect, key), new Set(listed).size || Number.POSITIVE_INFINITY);
}
