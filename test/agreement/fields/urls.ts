/** url: judged in its four parts. */
import fc from "fast-check";
import type { Allow } from "../../../schema/envelope.ts";
import type { NameValue } from "../../../schema/request.ts";
import { nameBounds, nameOf } from "./names.ts";
import type { FieldPlan, Sample, Suffixed } from "./plan.ts";

interface Address {
  readonly scheme: "http" | "https";
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

const addresses: readonly Address[] = [
  { scheme: "https", host: "a.example.com", port: 443, path: "/srv/x" },
  { scheme: "https", host: "evilexample.com", port: 443, path: "/srv/x" },
  { scheme: "http", host: "a.example.com", port: 80, path: "/srv/x" },
  { scheme: "https", host: "a.example.com", port: 8443, path: "/srv/x" },
  { scheme: "https", host: "a.example.com", port: 443, path: "/" },
  { scheme: "https", host: "a.example.com", port: 443, path: "/srv/x2" },
  { scheme: "https", host: "example.com", port: 443, path: "/srv/x/y" },
  { scheme: "http", host: "b.example.com", port: 443, path: "/srv" },
  { scheme: "https", host: "10.1.2.3", port: 443, path: "/srv/x" },
];

const hostOf = (host: string): NameValue => nameOf(host.startsWith("10.") ? "ip" : "host", host).value;

function sampleOf({ scheme, host, port, path }: Address, extra: string): Sample {
  const isDefault = port === (scheme === "https" ? 443 : 80);
  const sent = `${scheme.toUpperCase()}://${host}${isDefault ? "" : `:${port}`}${path}${extra}`;
  const parts = { ".scheme": scheme, ".host": host, ".port": port, ".path": path };
  return {
    sent: { "": sent },
    decoded: { ...parts, ".host": hostOf(host), ".path": nameOf("path", path).value },
    written: parts,
    canonical: parts,
  };
}

export const urlPlan: fc.Arbitrary<FieldPlan> = fc
  .record({
    schemes: fc.constantFrom<string[][]>(["https"], ["https"], ["http", "https"]),
    ports: fc.constantFrom<number[][]>([443], [443, 8443], [80, 443, 8443]),
    host: nameBounds("host"),
    path: nameBounds("path", ["/srv/x", "/srv/x/y", "/srv", "/"]),
    anyPath: fc.boolean(),
    anyHost: fc.boolean(),
    query: fc.boolean(),
    fragment: fc.boolean(),
    allowIp: fc.boolean(),
  })
  .map(({ schemes, ports, host, path, anyPath, anyHost, query, fragment, allowIp }) => {
    const hosts = anyHost ? { allow: { under: ["com"] }, keeps: () => true } : host;
    const paths = anyPath ? { allow: { under: ["/"] }, keeps: () => true } : path;
    const keeps = (address: Address) =>
      schemes.includes(address.scheme) &&
      ports.includes(address.port) &&
      hosts.keeps(hostOf(address.host)) &&
      paths.keeps(nameOf("path", address.path).value);
    const allow: Suffixed<Allow> = {
      ".scheme": { oneOf: schemes },
      ".host": hosts.allow,
      ".port": { oneOf: ports },
      ".path": paths.allow,
    };
    const extra = `${query ? "?q=1" : ""}${fragment ? "#f" : ""}`;
    const widened = {
      ...(query ? { query: "ignored" as const } : {}),
      ...(fragment ? { fragment: "ignored" as const } : {}),
      ...(allowIp ? { allowIp } : {}),
    };
    const decodable = addresses.filter((address) => allowIp || !address.host.startsWith("10."));
    const inside = decodable.filter(keeps);
    const write = (value: number) => value;
    return {
      declare: (name) => ({ "": { type: "url", from: `/${name}`, ...widened } }),
      allow,
      perCall: {},
      possible: inside.length > 0,
      inside: (inside.length > 0 ? inside : decodable.slice(0, 1)).map((address) => sampleOf(address, extra)),
      outside: decodable.filter((address) => !keeps(address)).map((address) => sampleOf(address, extra)),
      keys: [
        { suffix: ".scheme", look: "text", family: "scheme", write },
        { suffix: ".host", look: "name", family: "url host", write },
        { suffix: ".port", look: "number", family: "port", write },
        { suffix: ".path", look: "name", family: "url path", write },
      ],
      rowsSuffice: false,
    };
  });
