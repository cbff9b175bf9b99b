/** A digest that is remembered is still the digest of the bytes. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { fileDigest } from "../../schema/file-digest.ts";

const digestOf = (bytes: Uint8Array) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

test.each([0, 1, 63, 64, 5_000, 1 << 20, (1 << 20) + 1])("%i bytes, first and again", (length) => {
  const bytes = new Uint8Array(length).map((_, i) => i * 7);
  for (const _ of [1, 2]) expect(fileDigest(bytes)).toBe(digestOf(bytes));
});

test.each([0, 1])(
  "a file that was changed in place has another digest, at whichever byte, from byte %i of a buffer",
  (from) => {
    const bytes = new Uint8Array(605).fill(1).subarray(from);
    const before = fileDigest(bytes);
    for (let at = 0; at < bytes.length; at++) {
      bytes[at] = 2;
      expect(fileDigest(bytes)).toBe(digestOf(bytes));
      bytes[at] = 1;
    }
    expect(fileDigest(bytes)).toBe(before);
  },
);

test("files in any number keep their own digests", () => {
  const files = Array.from({ length: 300 }, (_, i) => new Uint8Array(1_000).fill(i % 256).fill(i >> 8, 0, 1));
  for (const _ of [1, 2]) for (const file of files) expect(fileDigest(file)).toBe(digestOf(file));
});

test("what is hashed is what later files are compared with, even where bytes read otherwise a second time", () => {
  const [shown, hidden] = [new Uint8Array(200).fill(1), new Uint8Array(200).fill(2)];
  class TwoFaced extends Uint8Array {
    override *[Symbol.iterator](): ArrayIterator<number> {
      yield* hidden;
    }
  }
  fileDigest(new TwoFaced(shown));
  for (const bytes of [hidden, shown]) expect(fileDigest(bytes)).toBe(digestOf(bytes));
});
