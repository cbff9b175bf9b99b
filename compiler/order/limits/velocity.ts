import type { Velocity } from "../../../schema/envelope.ts";
import { below } from "../../rules/rule.ts";
import type { Side } from "../side.ts";
import type { Report } from "../widening.ts";

/** Each rate of `b` is kept by whoever keeps one of `a`. */
export function compareVelocity(a: Side, b: Side, report: Report): void {
  for (const { max, seconds } of ratesOf(b)) {
    if (!ratesOf(a).some((mine) => mostIn(mine, seconds) <= max))
      report(below(a.pointer, "velocity"), `more than ${max} calls may fall into ${seconds} s`);
  }
}

/** A longer window holds as many calls as the windows that cover it. */
function mostIn({ max, seconds }: Velocity, within: number): number {
  return max * Math.ceil(within / seconds);
}

function ratesOf({ effect, envelope }: Side): readonly Velocity[] {
  return effect.velocity ?? envelope.defaults?.velocity ?? [];
}
