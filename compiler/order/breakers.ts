import type { Envelope } from "../../schema/envelope.ts";
import type { Report } from "./widening.ts";

type Breaker = NonNullable<Envelope["breakers"]>[number];
type Condition = Breaker["when"][number];

/** More breakers are narrower: whenever one of `b` trips, one of `a` does, and does as much. */
export function compareBreakers({ breakers: a = [] }: Envelope, { breakers: b = [] }: Envelope, report: Report): void {
  for (const breaker of b) {
    if (!a.some((own) => doesAsMuch(own, breaker) && tripsWith(own, breaker)))
      report("/breakers", `nothing trips as the breaker \`${breaker.id}\` does`);
  }
}

/** Beside itself each action does what these do. */
const alsoDoes: Readonly<Record<string, readonly string[]>> = { halt_and_cancel: ["halt"], freeze: ["halt"] };

function doesAsMuch({ action }: Breaker, { action: wanted }: Breaker): boolean {
  return action === wanted || (Object.hasOwn(alsoDoes, action) && (alsoDoes[action] ?? []).includes(wanted));
}

/** Counted by the session itself from what it has decided: these can always be read. */
const counted: readonly string[] = ["error_streak", "denial_streak", "hold_rate"];

/** All conditions must hold for a breaker to trip; and it trips when a metric that it names is unreadable. */
function tripsWith(own: Breaker, breaker: Breaker): boolean {
  return (
    own.when.every((condition) => breaker.when.some((given) => follows(condition, given))) &&
    breaker.when.every(
      ({ metric }) => counted.includes(metric) || own.when.some((condition) => condition.metric === metric),
    )
  );
}

function follows(condition: Condition, given: Condition): boolean {
  if (condition.metric !== given.metric) return false;
  const { atLeast, atMost } = condition;
  const isLow = atLeast === undefined || (given.atLeast !== undefined && compare(atLeast, given.atLeast) <= 0);
  const isHigh = atMost === undefined || (given.atMost !== undefined && compare(atMost, given.atMost) >= 0);
  return isLow && isHigh;
}

/** Integers, and decimals of any scale. */
function compare(a: string | number, b: string | number): number {
  const [left, right] = [exact(a), exact(b)];
  return left < right ? -1 : Number(left > right);
}

const mostDigits = 400;

function exact(amount: string | number): bigint {
  const [, sign = "", whole, fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(amount)) ?? [];
  if (whole === undefined || fraction.length > mostDigits) throw new TypeError("the rules let a threshold pass");
  return BigInt(sign + whole + fraction.padEnd(mostDigits, "0"));
}
