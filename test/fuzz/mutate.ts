/** Inputs that are almost right: seeds with a few bytes or JSON tokens changed. */
import fc from "fast-check";

/** Pieces that readers of JSON and of policies have stumbled over. */
const pieces = [
  "null", "true", "0", "-0", "1e400", "1.0", "9007199254740993", "-1", '""', '"\\ud800"', '"\\u0000"', '"\\u202e"',
  '"__proto__"', '"constructor"', "[]", "{}", "[[[[[[[[]]]]]]]]", '{"__proto__":1}', '"*"', '".."', '"/"', '"~1"',
  '"/a/*/b"', '"2024-02-30"', '"America/New_York"', '"0.001"', '"-0.00"', '"\\"; forbid(principal, action, resource);"',
  '"xn--a"', '"[::1]"', '"${x}"', "\ufeff", "/**/", ",", ":", '"',
]; // biome-ignore format: one piece beside the other

interface Change {
  readonly at: number;
  readonly length: number;
  readonly piece: number;
  readonly from: number;
  readonly how: "piece" | "token" | "drop" | "double" | "flip" | "cut";
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(1_000_000),
  length: fc.integer({ min: 1, max: 12 }),
  piece: fc.nat(pieces.length - 1),
  from: fc.nat(1_000_000),
  how: fc.constantFrom("piece", "piece", "token", "token", "drop", "double", "flip", "cut"),
});

/** A seed with one to six changes, as bytes. */
export function mutants(seeds: readonly string[]): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(fc.nat(seeds.length - 1), fc.nat(seeds.length - 1), fc.array(change, { minLength: 1, maxLength: 6 }))
    .map(([seed, other, changes]) => mutate(seeds[seed] ?? "", seeds[other] ?? "", changes));
}

function mutate(seed: string, other: string, changes: readonly Change[]): Uint8Array {
  const tokens = tokensOf(seed);
  const donor = tokensOf(other);
  for (const { at, length, piece, from, how } of changes) {
    const index = at % Math.max(1, tokens.length);
    if (how === "piece") tokens[index] = pieces[piece] ?? "";
    if (how === "token") tokens[index] = donor[from % Math.max(1, donor.length)] ?? "";
    if (how === "drop") tokens.splice(index, length);
    if (how === "double") tokens.splice(index, 0, ...tokens.slice(index, index + length));
  }
  const bytes = new TextEncoder().encode(tokens.join(""));
  for (const { at, from, how } of changes)
    if (how === "flip" && bytes.length > 0) bytes[at % bytes.length] = from & 0xff;
  const cut = changes.find(({ how }) => how === "cut");
  return cut === undefined || bytes.length === 0 ? bytes : bytes.subarray(0, cut.at % bytes.length);
}

/** Strings, numbers, words, marks and blanks, which together are the text. */
function tokensOf(text: string): string[] {
  return text.match(/"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*|[a-z]+|\s+|[^]/gu) ?? [];
}
