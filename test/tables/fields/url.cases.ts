import { runTable } from "../run.ts";

const failed = "deny decode/site";
const url = (site: unknown) => ({ args: { site } });
const part = (name: string) => `deny effects/act/allow/site.${name}`;

runTable("url: judged in its four parts", {
  effect: {
    fields: { site: { type: "url", from: "/site" } },
    allow: {
      "site.scheme": { oneOf: ["https"] },
      "site.host": { under: ["example.com"] },
      "site.port": { oneOf: [443, 8443] },
      "site.path": { under: ["/api"] },
    },
  },
  cases: [
    { given: "all inside", ...url("https://a.example.com/api/v1"), want: "allow" },
    { given: "the default port written", ...url("https://a.example.com:443/api"), want: "allow" },
    { given: "the other port", ...url("https://a.example.com:8443/api"), want: "allow" },
    { given: "another case", ...url("HTTPS://A.EXAMPLE.COM/api/"), want: "allow" },
    { given: "another scheme", ...url("http://a.example.com:443/api"), want: part("scheme") },
    { given: "another port", ...url("https://a.example.com:444/api"), want: part("port") },
    { given: "another host", ...url("https://evilexample.com/api"), want: part("host") },
    { given: "another path", ...url("https://a.example.com/apis"), want: part("path") },
    { given: "a path in another case", ...url("https://a.example.com/API"), want: part("path") },
    {
      given: "nothing right",
      ...url("http://evil.net/"),
      want: "deny effects/act/allow/site.host effects/act/allow/site.path effects/act/allow/site.port effects/act/allow/site.scheme",
    },
    { given: "a user", ...url("https://a.example.com@evil.net/api"), want: failed },
    { given: "an empty user", ...url("https://@a.example.com/api"), want: failed },
    { given: "a query", ...url("https://a.example.com/api?x=1"), want: failed },
    { given: "an empty query", ...url("https://a.example.com/api?"), want: failed },
    { given: "a fragment", ...url("https://a.example.com/api#x"), want: failed },
    { given: "climbing", ...url("https://a.example.com/api/../x"), want: failed },
    { given: "climbing in code", ...url("https://a.example.com/api/%2e%2e/x"), want: failed },
    { given: "an encoded slash", ...url("https://a.example.com/api%2fx"), want: failed },
    { given: "a backslash", ...url("https:\\\\a.example.com\\api"), want: failed },
    { given: "two slashes", ...url("https://a.example.com//api"), want: failed },
    { given: "an address", ...url("https://10.0.0.1/api"), want: failed },
    { given: "an address in odd notation", ...url("https://0x7f.1/api"), want: failed },
    { given: "a dot behind the host", ...url("https://a.example.com./api"), want: failed },
    { given: "a file", ...url("file:///api"), want: failed },
    { given: "a script", ...url("javascript:alert(1)"), want: failed },
    { given: "relative", ...url("//a.example.com/api"), want: failed },
    { given: "a blank before it", ...url(" https://a.example.com/api"), want: failed },
    { given: "a line break in it", ...url("https://a.exam\nple.com/api"), want: failed },
    { given: "null", ...url(null), want: failed },
    { given: "missing", args: {}, want: failed },
    {
      given: "a part of another type",
      fields: {
        "site.scheme": "https",
        "site.host": { value: "example.com", under: ["example.com"] },
        "site.port": "443",
        "site.path": { value: "/api", under: ["/api"] },
      },
      want: part("port"),
    },
  ],
});

runTable("url: any path, query and fragment not judged, addresses admitted", {
  effect: {
    fields: { site: { type: "url", from: "/site", query: "ignored", fragment: "ignored", allowIp: true } },
    allow: {
      "site.scheme": { oneOf: ["https", "http"] },
      "site.host": { noneUnder: ["127.0.0.1"] },
      "site.port": { oneOf: [80, 443] },
      "site.path": { under: ["/"] },
    },
  },
  cases: [
    { given: "a query and a fragment", ...url("https://a.example.com/x?y=1#z"), want: "allow" },
    { given: "no path", ...url("http://example.com"), want: "allow" },
    { given: "an address", ...url("http://10.0.0.1/"), want: "allow" },
    { given: "the excluded address", ...url("http://127.0.0.1/"), want: part("host") },
    { given: "the excluded address in odd notation", ...url("http://2130706433/"), want: failed },
  ],
});
