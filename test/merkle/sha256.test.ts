/** The platform's SHA-256 and the library's are one function, whatever is hashed. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { base64url } from "jose";
import { expect, test } from "vitest";
import { leafHash, nodeHash } from "../../runtime/ledger/merkle/hash.ts";
import { sha256Base64url, sha256Bytes, sha256Hex } from "../../schema/json/sha256.ts";
import { anyText, partOfBuffer } from "./inputs.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

test("the vectors of FIPS 180-4", () => {
  expect(sha256Hex("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  expect(sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(sha256Hex(new Uint8Array(1_000_000).fill(0x61))).toBe(
    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
  );
});

test("texts of any characters, half pairs of surrogates among them, are hashed in UTF-8", () => {
  fc.assert(
    fc.property(anyText, (given) => {
      const known = sha256(utf8(given));
      expect(sha256Hex(given)).toBe(bytesToHex(known));
      expect(sha256Bytes(given)).toEqual(known);
      expect(sha256Base64url(given)).toBe(base64url.encode(known));
    }),
    { numRuns: 2_000 },
  );
});

test("bytes of any length, and parts of a buffer", () => {
  fc.assert(
    fc.property(partOfBuffer, (part) => {
      expect(sha256Bytes(part)).toEqual(sha256(part));
      expect(sha256Hex(part)).toBe(bytesToHex(sha256(part)));
    }),
    { numRuns: 2_000 },
  );
});

test("the hashes of a tree are those of RFC 9162, of texts as of their bytes, up to the largest record", () => {
  const [left, right] = [sha256(utf8("left")), sha256(utf8("right"))];
  expect(nodeHash(left, right)).toEqual(sha256(Uint8Array.of(1, ...left, ...right)));
  for (const entry of ["", "é", "x".repeat(1_048_576)]) {
    const known = sha256.create().update(Uint8Array.of(0)).update(utf8(entry)).digest();
    expect(leafHash(entry)).toEqual(known);
    expect(leafHash(utf8(entry))).toEqual(known);
  }
});
