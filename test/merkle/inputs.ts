/** What is hashed and encoded: texts of any characters, half pairs of surrogates among them, and parts of a buffer. */
import fc from "fast-check";

export const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({ unit: fc.constantFrom("\ud800", "\udc00", "a", "é", "€") }),
);

export const partOfBuffer = fc
  .tuple(fc.uint8Array({ maxLength: 300 }), fc.nat({ max: 20 }))
  .map(([bytes, from]) => bytes.subarray(from));
