/** span and product: numbers made from other arguments or fields. */
import fc from "fast-check";
import { decimalText } from "./numbers.ts";
import type { FieldPlan, Sample } from "./plan.ts";
import { datetimeForms, localText } from "./times.ts";

const start = Date.UTC(2024, 0, 15, 12) / 1000;

export const spanPlan: fc.Arbitrary<FieldPlan> = fc
  .record({ forms: datetimeForms, most: fc.nat({ max: 10 }), least: fc.constantFrom(undefined, 0, 1) })
  .map(({ forms: { timezone, format }, most, least }) => {
    const step = format.endsWith("SS") ? 1 : 60;
    const high = Math.max(most, least ?? 0) * step;
    const low = (least ?? 0) * step;
    const sample = (length: number): Sample => ({
      sent: { "": localText(start, timezone, format), until: localText(start + length, timezone, format) },
      decoded: { "": length },
      written: { "": length },
      canonical: { "": length },
    });
    const lengths = [...new Set([high, low, high + step, low - step, 0])].filter((length) => length >= 0);
    const keeps = (length: number) => low <= length && length <= high;
    return {
      declare: (name) => ({ "": { type: "span", from: `/${name}`, until: `/${name}until`, format, timezone } }),
      allow: {},
      perCall: { "": least === undefined ? { max: high } : { min: low, max: high } },
      possible: true,
      inside: lengths.filter(keeps).map(sample),
      outside: lengths.filter((length) => !keeps(length)).map(sample),
      keys: [{ suffix: "", look: "number", family: "span", sums: {}, write: (value) => value }],
      rowsSuffice: false,
    };
  });

export const productPlan: fc.Arbitrary<FieldPlan> = fc
  .record({
    priceScale: fc.constantFrom(0, 2, 4),
    scale: fc.constantFrom(4, 6),
    unit: fc.constantFrom(undefined, "USD"),
    price: fc.integer({ min: 1, max: 500 }),
    quantity: fc.integer({ min: 1, max: 5 }),
    most: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ priceScale, scale, unit, price, quantity, most }) => {
    const grow = 10 ** (scale - priceScale);
    const write = (minor: number) => decimalText(minor, scale);
    const highest = price * quantity * grow;
    const sample = ([p, q]: readonly [number, number]): Sample => ({
      sent: { p: decimalText(p, priceScale), q },
      decoded: { p, q, "": p * q * grow },
      written: { p: decimalText(p, priceScale), q, "": write(p * q * grow) },
      canonical: { p, q, "": p * q * grow },
    });
    const pairs = [
      [price, quantity],
      [1, 1],
      [0, quantity],
      [price + 1, quantity],
      [price, quantity + 1],
      [price * most, quantity + 4],
    ] as const;
    const keeps = ([p, q]: readonly [number, number]) =>
      p <= price * most && q <= quantity + 4 && p * q * grow <= highest;
    return {
      declare: (name) => ({
        p: { type: "decimal", from: `/${name}p`, scale: priceScale },
        q: { type: "integer", from: `/${name}q` },
        "": { type: "product", of: [`${name}p`, `${name}q`], scale, ...(unit ? { unit } : {}) },
      }),
      allow: {},
      perCall: {
        p: { max: decimalText(price * most, priceScale) },
        q: { max: quantity + 4 },
        "": { max: write(highest) },
      },
      possible: true,
      inside: pairs.filter(keeps).map(sample),
      outside: pairs.filter((pair) => !keeps(pair)).map(sample),
      keys: [
        {
          suffix: "",
          look: "number",
          family: `product ${scale} ${unit}`,
          sums: { scale, ...(unit ? { unit } : {}) },
          write,
        },
        { suffix: "q", look: "number", family: "integer undefined", sums: {}, write: (value) => value },
      ],
      rowsSuffice: false,
    };
  });
