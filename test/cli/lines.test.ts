import fc from "fast-check";
import { expect, test } from "vitest";
import { linesOf } from "../../cli/eval/lines.ts";

async function linesIn(chunks: readonly Uint8Array[], longest?: number): Promise<readonly (string | null)[]> {
  const lines: (string | null)[] = [];
  async function* stream() {
    yield* chunks;
  }
  for await (const line of linesOf(stream(), longest)) lines.push(line && Buffer.from(line).toString("utf8"));
  return lines;
}

test("however the bytes arrive, the lines are the same", async () => {
  const text = fc
    .array(fc.constantFrom("a", "é", "\n", "\r\n", "{}"), { maxLength: 30 })
    .map((parts) => parts.join(""));
  const cuts = fc.array(fc.nat(60), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(text, cuts, async (whole, places) => {
      const bytes = Buffer.from(whole);
      const at = [0, ...places.map((place) => Math.min(place, bytes.length)).sort((a, b) => a - b), bytes.length];
      const chunks = at.slice(1).map((end, i) => Uint8Array.from(bytes.subarray(at[i], end)));
      const want = whole.split("\n");
      if (want.at(-1) === "") want.pop();
      expect(await linesIn(chunks)).toEqual(want);
    }),
    { numRuns: 200 },
  );
});

test("a line that is too long is one line that is not held; those around it are", async () => {
  const bytes = Buffer.from(`ok\n${"x".repeat(50)}\nok`);
  const chunks = Array.from({ length: bytes.length }, (_, i) => Uint8Array.from(bytes.subarray(i, i + 1)));
  expect(await linesIn(chunks, 10)).toEqual(["ok", null, "ok"]);
  expect(await linesIn([Uint8Array.from(bytes)], 10)).toEqual(["ok", null, "ok"]);
});
