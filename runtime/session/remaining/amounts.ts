/** How much one more call may carry of each number, every limit taken by itself. */
import type { Effect, Envelope } from "../../../schema/envelope.ts";
import { type Operand, operandOf } from "../../../schema/reference/operand.ts";
import type { SessionState } from "../../ledger/state.ts";
import { own } from "../../own.ts";
import { fieldApart, leftNow, type Room } from "./limits.ts";
import { valuesOf } from "./values.ts";

/** In minor units, days, seconds or milliseconds, as requests carry them. Of numbers decoded with `each`, it holds for every one. */
export interface Amount {
  readonly min: number;
  readonly max: number;
  /** The bounds that one unit more would violate. */
  readonly by: readonly string[];
  /** The only ones, in order, where the envelope lists them. */
  readonly values?: readonly number[];
}

export interface NumberField {
  readonly key: string;
  readonly look: "number" | "range";
  /** What a call carries at least, whatever is left. */
  readonly least: number;
  /** Undefined where not even that is left. */
  readonly amount: Amount | undefined;
}

export function numberFields(
  envelope: Envelope,
  name: string,
  effect: Effect,
  rooms: readonly Room[],
  state: SessionState,
  now: number,
): readonly NumberField[] {
  return numberKeys(effect).map(([key, { look, write }]) => {
    const perCall = own(effect.perCall, key);
    const feeding = rooms.filter(({ meter: { cost } }) => "field" in cost && cost.field === key);
    const written = perCall?.min === undefined ? 0 : Number(write(perCall.min));
    const from = perCall === undefined ? Number.MIN_SAFE_INTEGER : written;
    const floor = feeding.length === 0 ? from : Math.max(0, from);
    const ceilings = [
      ...(perCall === undefined ? [] : [[`effects/${name}/per_call/${key}`, Number(write(perCall.max))] as const]),
      ...feeding
        .filter(({ meter }) => fieldApart(meter) === undefined)
        .map((room) => [room.meter.id, leftNow(room, now)] as const),
    ];
    const ceiling = Math.min(Number.MAX_SAFE_INTEGER, ...ceilings.map(([, limit]) => limit));
    const listed = valuesOf(envelope, effect, key, state)
      ?.map(Number)
      .sort((a, b) => a - b);
    const values = listed?.filter((value) => floor <= value && value <= ceiling);
    const least = listed?.find((value) => value >= floor) ?? floor;
    const max = values === undefined ? ceiling : values.at(-1);
    if (max === undefined || max < least) return { key, look, least, amount: undefined };
    const by = ceilings.filter(([, limit]) => limit === max).map(([bound]) => bound);
    const amount =
      values === undefined
        ? { min: least, max, by }
        : { min: least, max, by: [`effects/${name}/allow/${key}`, ...by], values };
    return { key, look, least, amount };
  });
}

type NumberOperand = Extract<Operand, { look: "number" | "range" }>;

/** The fields that are numbers, and the parts of urls that are capped. */
function numberKeys({ fields, perCall = {} }: Effect): readonly (readonly [key: string, operand: NumberOperand])[] {
  const whole = Object.keys(fields).filter((key) => fields[key]?.type !== "url");
  const parts = Object.keys(perCall).filter((key) => !Object.hasOwn(fields, key));
  return [...whole, ...parts].flatMap((key): (readonly [string, NumberOperand])[] => {
    const operand = operandOf(fields, key);
    return operand.look === "number" || operand.look === "range" ? [[key, operand]] : [];
  });
}
