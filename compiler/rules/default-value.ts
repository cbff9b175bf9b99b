/** A default as an argument carries it → the values that the operands of its field take (SPEC §2, §4). */
import type { Field } from "../../schema/envelope.ts";
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import type { NameValue } from "../../schema/request.ts";
import { parseCidr } from "../../schema/values/cidr.ts";
import { parseDate } from "../../schema/values/date.ts";
import { parseDatetime } from "../../schema/values/datetime.ts";
import { parseDecimal } from "../../schema/values/decimal.ts";
import { parseEmail } from "../../schema/values/email.ts";
import { parseHost } from "../../schema/values/host.ts";
import { parseInteger } from "../../schema/values/integer.ts";
import { parseIp } from "../../schema/values/ip.ts";
import { accept, type Parsed, refuse } from "../../schema/values/parsed.ts";
import { parsePath } from "../../schema/values/path.ts";
import { checkString, lengthOf } from "../../schema/values/string.ts";
import { parseTimestamp } from "../../schema/values/timestamp.ts";
import { parseUrl } from "../../schema/values/url.ts";

/** A field that has a default: it reads one argument. */
export type OptionalField = Exclude<Field, { type: "span" | "product" }>;

export type Scalar = number | boolean | string | NameValue;

/** By operand, a url by its parts: the one value, or the elements of a set. */
export type Decoded = ReadonlyMap<string, readonly Scalar[]>;

/** What a call decodes to where the argument is left out. Total. */
export function decodeDefault(name: string, field: OptionalField, written: unknown): Parsed<Decoded> {
  switch (field.type) {
    case "set":
      return decodeSet(name, field, written);
    case "url":
      return decodeUrl(name, field, written);
    default: {
      const value = decodeScalar(field, written);
      return value.ok ? accept(new Map([[name, [value.value]]])) : value;
    }
  }
}

type SetField = Extract<Field, { type: "set" }>;
type UrlField = Extract<Field, { type: "url" }>;
type ScalarField = Exclude<OptionalField, SetField | UrlField>;

function decodeScalar(field: ScalarField, written: unknown): Parsed<Scalar> {
  switch (field.type) {
    case "integer":
      if (typeof written === "string" && field.allowString === true) return parseInteger(written);
      return typeof written === "number" ? parseInteger(String(written)) : refuse("an integer");
    case "decimal":
      return text(written, "a decimal as a string", (value) => parseDecimal(value, field.scale));
    case "boolean":
      return typeof written === "boolean" ? accept(written) : refuse("`true` or `false`");
    case "string":
      return text(written, "a string", (value) => checkString(value, field));
    case "length":
      return text(written, "a string", (value) => accept(lengthOf(value)));
    case "host":
      return text(written, "a host name as a string", parseHost);
    case "email":
      return text(written, "an e-mail address as a string", parseEmail);
    case "path":
      return text(written, "a path as a string", (value) => parsePath(value, field.base));
    case "ip":
      return text(written, "an IP address as a string", parseIp);
    case "cidr":
      return text(written, "a network as a string", parseCidr);
    case "timestamp":
      return text(written, "a timestamp as a string", parseTimestamp);
    case "date":
      return text(written, "a date as a string", parseDate);
    case "datetime":
      return text(written, "a local time as a string", (value) =>
        parseDatetime(value, [field.format].flat(), field.timezone),
      );
    case "digest":
      return accept(sha256(canonicalJson(written)));
  }
}

function decodeSet(name: string, field: SetField, written: unknown): Parsed<Decoded> {
  if (!Array.isArray(written)) return refuse("an array");
  const base = field.base === undefined ? {} : { base: field.base };
  const values: Scalar[] = [];
  for (const element of written) {
    const value = decodeScalar({ type: field.of, from: "", ...base }, element);
    if (!value.ok) return refuse(`an array of which each element is ${value.reason}`);
    values.push(value.value);
  }
  return accept(new Map([[name, values]]));
}

function decodeUrl(name: string, field: UrlField, written: unknown): Parsed<Decoded> {
  if (typeof written !== "string") return refuse("a URL as a string");
  const url = parseUrl(written, field);
  if (!url.ok) return url;
  const { scheme, host, port, path } = url.value;
  return accept(
    new Map<string, readonly Scalar[]>([
      [`${name}.scheme`, [scheme]],
      [`${name}.host`, [host]],
      [`${name}.port`, [port]],
      [`${name}.path`, [path]],
    ]),
  );
}

function text<T>(written: unknown, expected: string, parse: (value: string) => Parsed<T>): Parsed<T> {
  return typeof written === "string" ? parse(written) : refuse(expected);
}
