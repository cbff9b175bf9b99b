import { describe, expect, test } from "vitest";
import { escapeText, quote } from "../../compiler/diagnostics/quote.ts";
import { closest, looksLike, writtenOut } from "../../compiler/diagnostics/suggest.ts";
import { diagnose, move } from "./envelopes.ts";

const members = [
  "perCall",
  "session",
  "velocity",
  "consumes",
  "killSwitch",
  "maxDurationSeconds",
  "notBefore",
  "max",
  "min",
];

describe("did you mean", () => {
  test.each([
    ["a letter missing", "perCal", "perCall"],
    ["a letter too many", "sessions", "session"],
    ["letters swapped", "vleocity", "velocity"],
    ["letters swapped in a short word", "mxa", "max"],
    ["case", "PERCALL", "perCall"],
    ["underscores", "per_call", "perCall"],
    ["hyphens", "kill-switch", "killSwitch"],
    ["blanks", "not before", "notBefore"],
    ["a Cyrillic е", "pеrCall", "perCall"],
    ["Greek and Cyrillic letters", "sеssiοn", "session"],
    ["full-width letters", "ｓｅｓｓｉｏｎ", "session"],
    ["an accent", "sessiön", "session"],
    ["a zero-width space", "per\u200bCall", "perCall"],
    ["a soft hyphen", "velo\u00adcity", "velocity"],
    ["a turned reading direction", "\u202econsumes", "consumes"],
    ["a byte order mark", "\ufeffsession", "session"],
  ])("%s", (_, word, want) => {
    expect(closest(word, members)).toBe(want);
  });

  test.each(["x", "", "limits", "telephone", "m", "a".repeat(500)])("nothing is guessed for `%s`", (word) => {
    expect(closest(word, members)).toBeUndefined();
  });

  test.each([
    ["cut short", "maxDuration", "maxDurationSeconds"],
    ["written out", "maximum", "max"],
    ["neither", "maximal value of the effect", undefined],
  ])("%s", (_, word, want) => {
    expect(writtenOut(word, members)).toBe(want);
  });

  test("nothing is guessed between two that are equally near", () => {
    expect(closest("mux", ["max", "mix"])).toBeUndefined();
    expect(closest("mn", members)).toBe("min");
  });

  test("members of a prototype are nothing special", () => {
    expect(closest("constructor", members)).toBeUndefined();
    expect(closest("__proto__", ["proto"])).toBe("proto");
  });
});

test.each([
  ["pеrCall", "perCall", true],
  ["per\u200bCall", "perCall", true],
  ["perCal", "perCall", false],
  ["percall", "perCall", false],
  ["perCall", "perCall", false],
])("%j looks like %j: %s", (word, other, want) => {
  expect(looksLike(word, other)).toBe(want);
});

test("a disguised member is shown for what it is", () => {
  const [found] = diagnose(move("/effects/pay/perCall", "/effects/pay/per\u200bCall"));
  expect(found!.message).toContain("`per\\u{200b}Call`");
  expect(found!.message).toContain("did you mean `perCall`?");
  expect(found!.message).toContain("look-alike or invisible");
});

describe("user text in messages", () => {
  test.each([
    ["a\u200bb", "a\\u{200b}b"],
    ["\u202e", "\\u{202e}"],
    ["a\nb", "a\\nb"],
    ["\u0007", "\\u{7}"],
    ["\ud800", "\\u{d800}"],
    ["a\u00a0b", "a\\u{a0}b"],
    ["`", "\\`"],
    ["naïve 😀", "naïve 😀"],
  ])("%j", (text, want) => {
    expect(escapeText(text)).toBe(want);
  });

  test("is cut at 80 characters", () => {
    expect(quote("x".repeat(81))).toBe(`\`${"x".repeat(80)}…\``);
    expect(quote("😀".repeat(80))).toBe(`\`${"😀".repeat(80)}\``);
  });
});
