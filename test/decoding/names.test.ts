import { describe, expect, test } from "vitest";
import { parseCidr } from "../../schema/values/cidr.ts";
import { parseEmail } from "../../schema/values/email.ts";
import { parseHost } from "../../schema/values/host.ts";
import { parseIp } from "../../schema/values/ip.ts";
import { parsePath } from "../../schema/values/path.ts";

function read(parsed: ReturnType<typeof parseHost>): unknown {
  return parsed.ok ? parsed.value.value : "refused";
}

describe("host", () => {
  test.each([
    "",
    ".",
    "example.com.",
    ".example.com",
    "a..b",
    "*.example.com",
    "a b.com",
    "exa_mple.com",
    "-a.com",
    "a-.com",
    "example.com:80",
    "user@example.com",
    "http://example.com",
    "ex%61mple.com",
    "example.com\u0000",
    "example.com\n",
    "ｅxample.com",
    "example。com",
    "example．com",
    "\u212aelvin.com",
    "ﬁ.com",
    "exa\u00admple.com",
    "exa\u200bmple.com",
    "exa\u034fmple.com",
    "exa\u180bmple.com",
    "exa\u3164mple.com",
    "example.com\ufe0f",
    "\u{e0100}example.com",
    "①.com",
    "xn--a",
    "xn--example-",
    "xn--",
    `${"a".repeat(64)}.com`,
    `${"a.".repeat(127)}com`,
    "1.2.3.4",
    "127.1",
    "0x7f.1",
    "0177.0.0.1",
    "2130706433",
    "1.2.3.4.5",
    "a.1",
    "::1",
    "[::1]",
  ])("refuses %j", (given) => expect(read(parseHost(given))).toBe("refused"));

  test.each([
    { given: "Example.COM", want: "example.com" },
    { given: "bücher.de", want: "xn--bcher-kva.de" },
    { given: "BÜCHER.de", want: "xn--bcher-kva.de" },
    { given: "xn--bcher-kva.de", want: "xn--bcher-kva.de" },
    { given: "faß.de", want: "xn--fa-hia.de" },
    { given: "localhost", want: "localhost" },
    { given: "r3---sn-x.example", want: "r3---sn-x.example" },
  ])("reads $given as $want", ({ given, want }) => expect(read(parseHost(given))).toBe(want));

  test("stands under itself and every parent domain, and a look-alike under neither", () => {
    expect(parseHost("a.b.c")).toEqual({ ok: true, value: { value: "a.b.c", under: ["a.b.c", "b.c", "c"] } });
    const cyrillic = parseHost("ex\u0430mple.com");
    expect(cyrillic.ok && cyrillic.value.under).not.toContain("example.com");
    const evil = parseHost("evilexample.com");
    expect(evil.ok && evil.value.under).toEqual(["evilexample.com", "com"]);
  });
});

describe("email", () => {
  test.each([
    "",
    "a",
    "@b.com",
    "a@",
    "a@b@c.com",
    "a@@b.com",
    "a b@c.com",
    '"a"@b.com',
    "Bob <a@b.com>",
    "a@b.com\n",
    "a\u0000@b.com",
    "a@1.2.3.4",
    "a@[1.2.3.4]",
    "a@b.com.",
    "a@ｂ.com",
    "ａ@b.com",
    "a\u200d@b.com",
    ".a@b.com",
    "a..b@c.com",
    "a@b,c@d.com",
  ])("refuses %j", (given) => expect(read(parseEmail(given))).toBe("refused"));

  test("keeps the local part and canonicalises the domain", () => {
    expect(parseEmail("A.b+c@Example.COM")).toEqual({
      ok: true,
      value: { value: "A.b+c@example.com", under: ["A.b+c@example.com", "example.com", "com"] },
    });
  });
});

describe("path", () => {
  test.each([
    "",
    "x/y",
    "..",
    "../x",
    "/srv/../etc",
    "/srv/..",
    "~",
    "~/x",
    "~root/x",
    "/a\\b",
    "\\\\host\\share",
    "/a\u0000",
    "/a\nb",
    "/srv/%2e%2e/x",
    "/srv/%2E%2e/x",
    "/srv/..%2fx",
    "/srv/%252e%252e/x",
    "/a%5cb",
    "/a%00",
    "/srv/%%32%65%%32%65/x",
    "/srv/%c0%ae%c0%ae/x",
    "/srv/%u002e%u002e/x",
    "/srv/%e0%80%ae%e0%80%ae/x",
    "/srv/%ef%bc%8e%ef%bc%8e/x",
    "/srv/a%25ef%25bc%258fx",
    "/srv/a%e2%80%8bx",
    "/srv/．．/x",
    "/srv/…/x",
    "/srv／x",
    "file:///etc/passwd",
  ])("refuses %j", (given) => expect(read(parsePath(given))).toBe("refused"));

  test.each(["..", "../x", "x/../../y", "~/x", "", "x\\..\\y"])("refuses %j below a base", (given) => {
    expect(read(parsePath(given, "/srv/data"))).toBe("refused");
  });

  test.each([
    { given: "/", want: "/" },
    { given: "//srv/./x//y/", want: "/srv/x/y" },
    { given: "/srv/..x/...", want: "/srv/..x/..." },
    { given: "/srv/é/a b", want: "/srv/é/a b" },
  ])("reads $given as $want", ({ given, want }) => expect(read(parsePath(given))).toBe(want));

  test("of at most 128 segments and 4,096 characters: every folder above is spelt out", () => {
    const under = (text: string) => {
      const path = parsePath(text);
      return path.ok ? path.value.under.length : "refused";
    };
    expect(under("/a".repeat(128))).toBe(129);
    expect(under("/a".repeat(129))).toBe("refused");
    expect(under(`/${"a".repeat(4095)}`)).toBe(2);
    expect(under(`/${"a".repeat(4096)}`)).toBe("refused");
    expect(under("/a".repeat(500_000))).toBe("refused");
    expect(under(`${"/".repeat(5000)}./a`)).toBe(2);
  });

  test("relative paths join the base; absolute ones ignore it", () => {
    expect(read(parsePath("x/./y/", "/srv/data"))).toBe("/srv/data/x/y");
    expect(read(parsePath("./", "/srv/data"))).toBe("/srv/data");
    expect(read(parsePath("/etc/passwd", "/srv/data"))).toBe("/etc/passwd");
  });

  test("stands under every folder above it, never under a name that merely begins alike", () => {
    const path = parsePath("/srv/data2/x");
    expect(path.ok && path.value.under).toEqual(["/srv/data2/x", "/srv/data2", "/srv", "/"]);
  });
});

describe("ip", () => {
  test.each([
    "",
    "010.1.2.3",
    "127.1",
    "0x7f.0.0.1",
    "2130706433",
    "1.2.3.256",
    "1.2.3.4.",
    "1.2.3",
    " 1.2.3.4",
    "１.2.3.4",
    "1.2.3.4/32",
    "::ffff:1.2.3.4",
    "::ffff:102:304",
    "0:0:0:0:0:ffff:1:2",
    "::1.2.3.4",
    "fe80::1%eth0",
    "[::1]",
    ":::",
    "1::2::3",
    "00001::",
    "1:2:3:4:5:6:7",
  ])("refuses %j", (given) => expect(read(parseIp(given))).toBe("refused"));

  test.each([
    { given: "10.1.2.3", want: "10.1.2.3" },
    { given: "2001:0DB8:0:0:0:0:0:1", want: "2001:db8::1" },
    { given: "1:0:0:2:0:0:0:3", want: "1:0:0:2::3" },
    { given: "1:0:2:3:4:5:6:7", want: "1:0:2:3:4:5:6:7" },
    { given: "::", want: "::" },
  ])("reads $given as $want", ({ given, want }) => expect(read(parseIp(given))).toBe(want));

  test("stands under itself and every network that holds it", () => {
    const ip = parseIp("10.1.2.3");
    expect(ip.ok && ip.value.under).toHaveLength(34);
    expect(ip.ok && ip.value.under).toEqual(
      expect.arrayContaining(["10.1.2.3", "10.1.2.3/32", "10.1.2.0/24", "10.0.0.0/8", "0.0.0.0/0"]),
    );
    const six = parseIp("2001:db8::1");
    expect(six.ok && six.value.under).toHaveLength(130);
    expect(six.ok && six.value.under).toContain("2001:db8::/32");
  });
});

describe("cidr", () => {
  test.each([
    "10.0.0.0",
    "10.0.0.0/",
    "10.0.0.0/33",
    "10.0.0.0/08",
    "10.0.0.0/-1",
    "10.1.0.0/8",
    "10/8",
    "::ffff:0:0/96",
    "::/129",
    "10.0.0.0/8/8",
    "",
  ])("refuses %j", (given) => expect(read(parseCidr(given))).toBe("refused"));
  test("shows the network without host bits", () => {
    expect(parseCidr("10.1.0.0/8")).toMatchObject({ ok: false, canonical: "10.0.0.0/8" });
  });
  test("stands under itself and every wider network", () => {
    expect(parseCidr("192.0.0.0/3")).toEqual({
      ok: true,
      value: { value: "192.0.0.0/3", under: ["192.0.0.0/3", "192.0.0.0/2", "128.0.0.0/1", "0.0.0.0/0"] },
    });
    expect(read(parseCidr("2001:DB8::/32"))).toBe("2001:db8::/32");
  });
});
