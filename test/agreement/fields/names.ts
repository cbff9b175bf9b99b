/** host, email, path, ip and cidr: names with ancestors, and names that only look as if they were below one. */
import fc from "fast-check";
import type { Allow, Field } from "../../../schema/envelope.ts";
import type { NameValue } from "../../../schema/request.ts";
import { type FieldPlan, type Sample, single } from "./plan.ts";

export type NameType = "host" | "email" | "path" | "ip" | "cidr";

/** `sent` spells the same name in another way that decoding mends. */
export interface Name {
  readonly value: NameValue;
  readonly sent: string;
}

const hosts = [
  "a.example.com",
  "b.example.com",
  "example.com",
  "evilexample.com",
  "example.com.evil.net",
  "xn--bcher-kva.de",
  "com",
];
const emails = ["bob@example.com", "bob@a.example.com", "eve@evilexample.com", "Bob@example.com", "a.b+c@example.com"];
const paths = ["/srv/x", "/srv/x/y", "/srv", "/srv/x2", "/srv/xy/z", "/", "/srv/é"];
const ips = ["10.1.2.3", "10.1.2.4", "10.2.0.1", "192.168.0.1", "2001:db8::1"];
const cidrs = ["10.1.0.0/16", "10.1.2.0/24", "10.0.0.0/8", "192.168.0.0/16", "2001:db8::/32"];

export const vocabulary: Readonly<Record<NameType, readonly string[]>> = {
  host: hosts,
  email: emails,
  path: paths,
  ip: ips,
  cidr: cidrs,
};

/** What `under` may list for names of a type, beside the names themselves. */
const above: Readonly<Record<NameType, readonly string[]>> = {
  host: ["example.com", "com", "net"],
  email: ["example.com", "com"],
  path: ["/", "/srv", "/srv/x"],
  ip: ["10.0.0.0/8", "10.1.2.0/24", "192.168.0.0/16", "2001:db8::/32"],
  cidr: ["10.0.0.0/8", "10.1.0.0/16", "0.0.0.0/0", "2001:db8::/32"],
};

function suffixes(host: string): readonly string[] {
  const labels = host.split(".");
  return labels.map((_, index) => labels.slice(index).join("."));
}

function folders(path: string): readonly string[] {
  const names = path.split("/").filter((name) => name !== "");
  return [...names.map((_, index) => `/${names.slice(0, names.length - index).join("/")}`), "/"];
}

/** Every network that a network lies in, itself included, nearest first. */
function networks(address: string, length: number): readonly string[] {
  const v6 = address.includes(":");
  const parts = v6 ? groups(address) : address.split(".").map(Number);
  const width = v6 ? 16 : 8;
  const write = v6 ? writeV6 : (masked: readonly number[]) => masked.join(".");
  return Array.from({ length: length + 1 }, (_, back) => {
    const kept = length - back;
    const masked = parts.map((part, index) => {
      const bits = Math.min(Math.max(kept - index * width, 0), width);
      return part & ~((1 << (width - bits)) - 1);
    });
    return `${write(masked)}/${kept}`;
  });
}

function groups(address: string): readonly number[] {
  const [left = "", right = ""] = address.split("::");
  const read = (side: string) => (side === "" ? [] : side.split(":").map((group) => Number.parseInt(group, 16)));
  const zeros = 8 - read(left).length - read(right).length;
  return [...read(left), ...Array.from({ length: zeros }, () => 0), ...read(right)];
}

/** RFC 5952: lower case, the first longest run of zeros as `::`. */
function writeV6(parts: readonly number[]): string {
  const hex = parts.map((part) => part.toString(16)).join(":");
  const runs = [...hex.matchAll(/\b0(?::0)+\b/g)].sort((a, b) => b[0].length - a[0].length || a.index - b.index);
  const run = runs[0];
  if (run === undefined) return hex;
  const before = hex.slice(0, run.index).replace(/:$/, "");
  return `${before}::${hex.slice(run.index + run[0].length).replace(/^:/, "")}`;
}

export function nameOf(type: NameType, value: string): Name {
  switch (type) {
    case "host":
      return { value: { value, under: suffixes(value) }, sent: value.length % 2 === 0 ? value : value.toUpperCase() };
    case "email": {
      const [, domain = ""] = value.split("@");
      return { value: { value, under: [value, ...suffixes(domain)] }, sent: value.replace("example", "EXAMPLE") };
    }
    case "path":
      // Relative to the base `/srv` where that is above it.
      return {
        value: { value, under: folders(value) },
        sent: value.startsWith("/srv/") ? `.//${value.slice(5)}/` : value.replace("/", "//"),
      };
    case "ip":
      return { value: { value, under: [value, ...networks(value, value.includes(":") ? 128 : 32)] }, sent: value };
    case "cidr": {
      const [address = "", length] = value.split("/");
      return { value: { value, under: networks(address, Number(length)) }, sent: value };
    }
  }
}

export interface NameBounds {
  readonly allow: Allow;
  readonly keeps: (name: NameValue) => boolean;
}

const someOf = (values: readonly string[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });

/** Values of `under` and `noneUnder`: for emails domains only. */
export const ancestors = (type: NameType) =>
  someOf([...above[type], ...(type === "path" || type === "email" ? [] : vocabulary[type])]);

/** `listable` are the names that a list may hold. */
export function nameBounds(type: NameType, listable = vocabulary[type]): fc.Arbitrary<NameBounds> {
  return fc
    .record({
      oneOf: someOf(listable),
      under: ancestors(type),
      noneUnder: ancestors(type),
      by: fc.constantFrom("oneOf", "under", "under", "under noneUnder", "noneUnder", "oneOf under noneUnder"),
    })
    .map(({ by, ...lists }) => {
      const operators = by.split(" ") as (keyof typeof lists)[];
      const allow = Object.fromEntries(operators.map((operator) => [operator, lists[operator]]));
      const below = ({ under }: NameValue, list: readonly string[]) => under.some((each) => list.includes(each));
      const keeps = (name: NameValue) =>
        (!operators.includes("oneOf") || lists.oneOf.includes(name.value)) &&
        (!operators.includes("under") || below(name, lists.under)) &&
        (!operators.includes("noneUnder") || !below(name, lists.noneUnder));
      return { allow, keeps };
    });
}

export function namePlan(type: NameType): fc.Arbitrary<FieldPlan> {
  return fc.record({ bounds: nameBounds(type), respelt: fc.boolean() }).map(({ bounds: { allow, keeps }, respelt }) => {
    const base = type === "path" && respelt ? { base: "/srv" } : {};
    const names = vocabulary[type].map((value) => nameOf(type, value));
    const sample = ({ value, sent }: Name): Sample =>
      single(respelt ? sent : value.value, value, value.value, value.value);
    const inside = names.filter(({ value }) => keeps(value));
    return {
      declare: (name) => ({ "": { type, from: `/${name}`, ...base } as Field }),
      allow: { "": allow },
      perCall: {},
      possible: inside.length > 0,
      inside: (inside.length > 0 ? inside : names.slice(0, 1)).map(sample),
      outside: names.filter(({ value }) => !keeps(value)).map(sample),
      keys: [{ suffix: "", look: "name", family: type, write: (n) => n }],
      rowsSuffice: true,
    };
  });
}
