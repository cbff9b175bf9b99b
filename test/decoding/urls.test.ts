import { describe, expect, test } from "vitest";
import { parseUrl, parseUrlPath, type UrlRules } from "../../schema/values/url.ts";
import { call, outcome } from "./calls.ts";

function parts(text: string, rules: UrlRules = {}): unknown {
  const url = parseUrl(text, rules);
  if (!url.ok) return "refused";
  return `${url.value.scheme} ${url.value.host.value} ${url.value.port} ${url.value.path.value}`;
}

describe("a url is refused", () => {
  test.each([
    "",
    "example.com",
    "//example.com",
    "/x",
    "http:example.com",
    "http:/example.com",
    "http:///example.com",
    "ftp://e.com/",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "data:text/html,x",
    "https://user@e.com/",
    "https://user:pw@e.com/",
    "https://@e.com/",
    "https://e.com@evil.com/",
    "https://e.com\\@evil.com/",
    "https://e.com/a b",
    " https://e.com/",
    "https://e.com/\n",
    "https://e.com/\t",
    "https://e\u00ad.com/",
    "https://e.com/?",
    "https://e.com/#",
    "https://e.com/?q=1",
    "https://e.com/#f",
    "https://e.com/a/../b",
    "https://e.com/..",
    "https://e.com/a/..;/b",
    "https://e.com/a/..;x/b",
    "https://e.com/a/..%3b/b",
    "https://e.com/a/..%253Bx/b",
    "https://e.com/%2e%2e/b",
    "https://e.com/.%2E/b",
    "https://e.com/a%2fb",
    "https://e.com/a%5Cb",
    "https://e.com/%252e%252e/b",
    "https://e.com/%25%32%65/",
    "https://e.com/%00",
    "https://e.com/%2500",
    "https://e.com/%c0%ae%c0%ae/b",
    "https://e.com/%e0%80%ae%e0%80%ae/b",
    "https://e.com/%f0%80%80%af",
    "https://e.com/%u002e",
    "https://e.com/%ef%bc%8e%ef%bc%8e/b",
    "https://e.com/a%EF%BC%8Fb",
    "https://e.com/%25ef%25bc%258e",
    "https://e.com/%e2%80%a4",
    "https://e.com/a%e2%80%8bb",
    "https://e.com/%ef%bb%bfb",
    "https://e.com/\u2024",
    "https://e.com//b",
    `https://e.com${"/a".repeat(129)}`,
    `https://e.com/${"a".repeat(4096)}`,
    "https://e.com/b//",
    "https://e.com/%zz",
    "https://e.com/．．/b",
    "https://e.com./",
    "https://e..com/",
    "https://ｅ.com/",
    "https://e。com/",
    "https://e%2ecom/",
    "https://1.2.3.4/",
    "https://[::1]/",
    "https://0x7f.1/",
    "https://2130706433/",
    "https://e.com:99999/",
    "https://e.com:x/",
    "https://",
  ])("%j", (given) => expect(parts(given)).toBe("refused"));

  test.each([
    "https://127.1/",
    "https://0x7f.0.0.1/",
    "https://017.0.0.1/",
    "https://2130706433/",
    "https://[::ffff:1.2.3.4]/",
    "https://[::ffff:102:304]/",
    "https://1.2.3.4./",
  ])("%j, an address in odd notation, even where addresses are allowed", (given) =>
    expect(parts(given, { allowIp: true })).toBe("refused"),
  );

  test.each(["https://e.com/?", "https://e.com/#", "https://e.com/?a=1#"])(
    "%j, even where queries and fragments are ignored",
    (given) => {
      expect(parts(given, { query: "ignored", fragment: "ignored" })).toBe("refused");
    },
  );
});

describe("what its path may not hide is named", () => {
  test.each([
    ["https://e.com/%252e", "a URL without encoded dots, slashes or backslashes in its path"],
    ["https://e.com/%00", "a URL without encoded NUL in its path"],
    ["https://e.com/%c0", "a URL without overlong UTF-8 in its path"],
    ["https://e.com/%u002e", "a URL without `%u` escapes in its path"],
    ["https://e.com/%ef%bc%8e", "a URL without encoded look-alike or invisible characters in its path"],
    ["https://e.com/100%", "a URL without broken escapes in its path"],
  ])("%j", (given, want) => expect(parseUrl(given)).toEqual({ ok: false, reason: want }));
});

describe("a url is read", () => {
  test.each([
    { given: "https://Example.COM", want: "https example.com 443 /" },
    { given: "HTTP://e.com/a/", want: "http e.com 80 /a" },
    { given: "http://e.com:8080/a/./b", want: "http e.com 8080 /a/b" },
    { given: "https://e.com:443/", want: "https e.com 443 /" },
    { given: "https://bücher.de/ü", want: "https xn--bcher-kva.de 443 /%C3%BC" },
    { given: "https://e.com/%61dmin/caf%c3%a9", want: "https e.com 443 /admin/caf%C3%A9" },
    { given: "https://e.com/caf%e9/%20", want: "https e.com 443 /caf%E9/%20" },
    { given: "https://e.com/%e4%b8%ad/%F0%9F%98%80", want: "https e.com 443 /%E4%B8%AD/%F0%9F%98%80" },
  ])("$given", ({ given, want }) => expect(parts(given)).toBe(want));

  test("with addresses, queries and fragments where they are allowed", () => {
    expect(parts("https://1.2.3.4:8443/x", { allowIp: true })).toBe("https 1.2.3.4 8443 /x");
    expect(parts("https://[2001:DB8::1]/", { allowIp: true })).toBe("https 2001:db8::1 443 /");
    expect(parts("https://e.com/?q=1", { query: "ignored" })).toBe("https e.com 443 /");
    expect(parts("https://e.com/#f", { fragment: "ignored" })).toBe("https e.com 443 /");
  });

  test("into four fields", () => {
    const fields = { site: { type: "url", from: "/u" } } as const;
    expect(outcome(call({ fields }, { u: "https://api.e.com/v1" }))).toEqual({
      "site.scheme": "https",
      "site.host": { value: "api.e.com", under: ["api.e.com", "e.com", "com"] },
      "site.port": 443,
      "site.path": { value: "/v1", under: ["/v1", "/"] },
    });
  });

  test("a path alone has the form it has in a url", () => {
    expect(parseUrlPath("/café/")).toMatchObject({ ok: true, value: { value: "/caf%C3%A9" } });
    expect(["", "x", "/a/../b", "/a?b", "/a b"].map((path) => parseUrlPath(path).ok)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
