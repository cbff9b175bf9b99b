/** The test vectors of RFC 8785. */
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../schema/json/canonical.ts";
import { parseJson, toValue } from "../../schema/json/parse.ts";
import { figure } from "../figure.ts";
import { bytesOf, filesBelow, missing } from "./corpora.ts";

describe.skipIf(missing)("JCS vectors (AMBIT_CORPORA)", () => {
  test("the documents come out byte for byte", () => {
    const files = filesBelow("jcs/input");
    for (const file of files) {
      const parsed = parseJson(bytesOf(file));
      const canonical = new TextEncoder().encode(parsed.ok ? canonicalJson(toValue(parsed.root)) : "");
      const hex = Buffer.from(bytesOf(file.replace("/input/", "/outhex/").replace(/json$/, "txt"))).toString();
      expect(Buffer.from(canonical).toString("hex"), file).toBe(hex.replace(/\s/g, ""));
    }
    figure(`JCS: ${files.length} of 6 documents equal`);
    expect(files.length).toBe(6);
  });

  test("the numbers are written as in the vectors", () => {
    const lines = gunzipSync(bytesOf("jcs/es6-numbers-100k.txt.gz")).toString().trim().split("\n");
    const bits = new DataView(new ArrayBuffer(8));
    let equal = 0;
    for (const line of lines) {
      const [hex = "", want] = line.split(",");
      bits.setBigUint64(0, BigInt(`0x${hex}`));
      if (canonicalJson(bits.getFloat64(0)) === want) equal++;
    }
    figure(`JCS: ${equal} of ${lines.length} numbers equal`);
    expect(lines.length).toBe(100_000);
    expect(equal).toBe(lines.length);
  });
});
