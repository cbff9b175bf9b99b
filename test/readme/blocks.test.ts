import { expect, test } from "vitest";
import { blocksOf, isShown } from "./blocks.ts";

test("a session is split into commands and what they print", () => {
  const markdown = "```console\n$ one \\\n  --more\nfirst\nsecond\n$ two\n```\n";
  expect(blocksOf(markdown)).toEqual([
    {
      kind: "session",
      steps: [
        { command: "one \\\n  --more", output: "first\nsecond" },
        { command: "two", output: "" },
      ],
    },
  ]);
});

test("a program takes the text block after it as its output", () => {
  expect(blocksOf("```ts\nx\n```\n\nprints\n\n```text\ny\n```\n")).toEqual([
    { kind: "program", source: "x\n", output: "y\n" },
  ]);
});

test.each([
  { shown: "a\nb", actual: "a\nb\n", same: true },
  { shown: "a\nb", actual: "a\nc", same: false },
  { shown: "a\nb", actual: "a\nb\nc", same: false },
  { shown: "a\n…\nd", actual: "a\nb\nc\nd", same: true },
  { shown: "a\n…\nd", actual: "a\nd", same: true },
  { shown: "a\n…", actual: "a\nb\nc", same: true },
  { shown: "…\nc", actual: "a\nb\nc", same: true },
  { shown: "in … ms", actual: "in 12 ms", same: true },
  { shown: "in … ms", actual: "in 12\nms", same: false },
  { shown: "a.c", actual: "abc", same: false },
])("`$shown` against `$actual`: $same", ({ shown, actual, same }) => {
  expect(isShown(shown, actual)).toBe(same);
});
