/** Names that fit their form, and cannot be what they name. */
import { describe, expect, test } from "vitest";
import { diagnose, put, set, summary } from "../reading/envelopes.ts";

describe("the kill signal", () => {
  test.each(["../x", "/etc/passwd", "a/../b", ".", "a//b", "a/", "a\\b", "a\\..\\b"])(
    "is no name below the signal folder: `%s`",
    (signal) => {
      expect(summary(diagnose(set("/killSwitch/signal", signal)))).toEqual(["name/no_signal /killSwitch/signal"]);
    },
  );

  test.each(["stop", "kill/env-1", "..stop", "a..b", "kill-env_1.txt"])("may be `%s`", (signal) => {
    expect(diagnose(set("/killSwitch/signal", signal))).toEqual([]);
  });

  test("is blank, and nothing else is said of it", () => {
    expect(summary(diagnose(set("/killSwitch/signal", "")))).toEqual(["sheet/unbounded /killSwitch/signal"]);
  });
});

test.each(["toString", "__proto__", "constructor"])("no effect is called `%s`, forbidden or not", (effect) => {
  const found = summary(diagnose(put("/forbidden/-", { effect, reason: "x" })));
  expect(found.some((each) => /^name\/(reserved|invalid) \/forbidden\/\d+\/effect$/.test(each))).toBe(true);
});
