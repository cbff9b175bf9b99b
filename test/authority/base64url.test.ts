/** The platform's base64url and the library's are one function, and each text stands for its own bytes only. */
import fc from "fast-check";
import { base64url } from "jose";
import { expect, test } from "vitest";
import { decodeBase64url, encodeBase64url } from "../../runtime/authority/jws/base64url.ts";
import { anyText, partOfBuffer } from "../merkle/inputs.ts";

test("the vectors of RFC 4648 and RFC 7515", () => {
  const texts = ["", "f", "fo", "foo", "foob", "fooba", "foobar"];
  expect(texts.map(encodeBase64url)).toEqual(["", "Zg", "Zm8", "Zm9v", "Zm9vYg", "Zm9vYmE", "Zm9vYmFy"]);
  expect(encodeBase64url(Uint8Array.of(3, 236, 255, 224, 193))).toBe("A-z_4ME");
});

test("bytes of any length, and parts of a buffer", () => {
  fc.assert(
    fc.property(partOfBuffer, (part) => {
      const text = encodeBase64url(part);
      expect(text).toBe(base64url.encode(part));
      expect(decodeBase64url(text)).toEqual(part);
    }),
    { numRuns: 2_000 },
  );
});

test("texts of any characters stand for their UTF-8, half pairs of surrogates among them", () => {
  fc.assert(
    fc.property(anyText, (given) => {
      expect(encodeBase64url(given)).toBe(base64url.encode(given));
    }),
    { numRuns: 2_000 },
  );
});
