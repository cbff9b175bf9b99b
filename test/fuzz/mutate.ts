/** Inputs that are almost right: seeds with a few bytes or JSON tokens changed. */
import fc from "fast-check";

/** Pieces that readers of JSON and of policies have stumbled over. */
const pieces = [
  "null",
  "true",
  "0",
  "-0",
  "1e400",
  "1.0",
  "9007199254740993",
  "-1",
  '""',
  '"\\ud800"',
  '"\\u0000"',
  '"\\u202e"',
  '"__proto__"',
  '"constructor"',
  "[]",
  "{}",
  "[[[[[[[[]]]]]]]]",
  '{"__proto__":1}',
  '"*"',
  '".."',
  '"/"',
  '"~1"',
  '"/a/*/b"',
  '"2024-02-30"',
  '"America/New_York"',
  '"0.001"',
  '"-0.00"',
  '"\\"; forbid(principal, action, resource);"',
  '"xn--a"',
  '"[::1]"',
  "\ufeff",
  "/**/",
  ",",
  ":",
  '"',
];

interface Change {
  readonly at: number;
  readonly from: number;
  readonly how: "like" | "piece" | "drop" | "double" | "flip" | "cut";
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(1_000_000),
  from: fc.nat(1_000_000),
  how: fc.oneof(
    { weight: 6, arbitrary: fc.constant("like" as const) },
    { weight: 2, arbitrary: fc.constant("piece" as const) },
    { weight: 1, arbitrary: fc.constantFrom("drop" as const, "double" as const, "flip" as const, "cut" as const) },
  ),
});

/** A seed with one to four changes, as bytes. */
export function mutants(seeds: readonly string[]): fc.Arbitrary<Uint8Array> {
  const picks = fc.tuple(fc.nat(seeds.length - 1), fc.nat(seeds.length - 1));
  // Without bias: the end of a seed is as good a place as its start.
  return fc
    .noBias(fc.tuple(picks, fc.array(change, { minLength: 1, maxLength: 4 })))
    .map(([[seed, other], changes]) => mutate(seeds[seed] ?? "", seeds[other] ?? "", changes));
}

function mutate(seed: string, other: string, changes: readonly Change[]): Uint8Array {
  const tokens = tokensOf(seed);
  const donor = tokensOf(other);
  for (const { at, from, how } of changes) {
    const places = how === "like" || how === "piece" ? scalars(tokens) : [...tokens.keys()];
    const index = pick(places, at) ?? 0;
    if (how === "piece") tokens[index] = pick(pieces, from) ?? "";
    if (how === "like") tokens[index] = like(tokens[index] ?? "", donor, from);
    if (how === "drop") tokens.splice(index, 1 + (from % 8));
    if (how === "double") tokens.splice(index, 0, ...tokens.slice(index, index + 1 + (from % 8)));
  }
  const bytes = new TextEncoder().encode(tokens.join(""));
  for (const { at, from, how } of changes)
    if (how === "flip" && bytes.length > 0) bytes[at % bytes.length] = from & 0xff;
  const cut = changes.find(({ how }) => how === "cut");
  return cut === undefined || bytes.length === 0 ? bytes : bytes.subarray(0, cut.at % bytes.length);
}

/** Strings, numbers, words, marks and blanks, which together are the text. */
function tokensOf(text: string): string[] {
  return text.match(/"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*|[a-z]+|\s+|./gsu) ?? [];
}

/** Where strings, numbers and words stand that are no keys. */
function scalars(tokens: readonly string[]): readonly number[] {
  return [...tokens.keys()].filter((index) => /^["\w-]/.test(tokens[index] ?? "") && tokens[index + 1] !== ":");
}

/** A number near by, the opposite, or a value of the same kind from another seed. */
function like(token: string, donor: readonly string[], from: number): string {
  if (/^-?\d+$/.test(token) && from % 2 === 0) return String(BigInt(token) + BigInt((from % 5) - 2));
  if (token === "true") return "false";
  if (token === "false") return "true";
  const alike = scalars(donor).filter((index) => donor[index]?.[0] === token[0]);
  return donor[pick(alike, from) ?? -1] ?? token;
}

function pick<T>(list: readonly T[], at: number): T | undefined {
  return list[at % Math.max(1, list.length)];
}
