import type { Field } from "../../schema/envelope.ts";
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import type { JsonNode } from "../../schema/json/node.ts";
import { toValue } from "../../schema/json/value.ts";
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
import { parseUrl, type UrlValue } from "../../schema/values/url.ts";

/** What one argument decodes to; a url is taken apart later. */
export type ScalarValue = number | boolean | string | NameValue | UrlValue;

/** Reads one JSON value as a field's type. */
export type ScalarReader = (node: JsonNode) => Parsed<ScalarValue>;

/** A field that reads single values: not a set, a span or a product. */
export type ScalarField = Exclude<Field, { type: "set" | "span" | "product" }>;

/** The reader for a field's type: the table of SPEC §4. */
export function scalarReader(field: ScalarField): ScalarReader {
  switch (field.type) {
    case "integer":
      return (node) => readInteger(node, field.allowString === true);
    case "decimal":
      return (node) => readDecimal(node, field.scale);
    case "boolean":
      return (node) => (node.kind === "boolean" ? accept(node.value) : refuse("true or false"));
    case "string":
      return text("a string", (value) => checkString(value, field));
    case "url":
      return text("a URL as a string", (value) => parseUrl(value, field));
    case "host":
      return text("a host name as a string", parseHost);
    case "email":
      return text("an e-mail address as a string", parseEmail);
    case "path":
      return text("a path as a string", (value) => parsePath(value, field.base));
    case "ip":
      return text("an IP address as a string", parseIp);
    case "cidr":
      return text("a network as a string", parseCidr);
    case "timestamp":
      return text("a timestamp as a string", parseTimestamp);
    case "date":
      return text("a date as a string", parseDate);
    case "datetime":
      return datetimeReader(field.format, field.timezone);
    case "length":
      return text("a string", (value) => accept(lengthOf(value)));
    case "digest":
      return readDigest;
  }
}

export function datetimeReader(format: string | readonly string[], timezone: string): ScalarReader {
  const formats = typeof format === "string" ? [format] : format;
  return text("a local time as a string", (value) => parseDatetime(value, formats, timezone));
}

/** The reader for the elements of a set. */
export function elementReader(
  of: "string" | "integer" | "host" | "email" | "path" | "ip",
  base?: string,
): ScalarReader {
  switch (of) {
    case "path":
      return scalarReader({ type: of, from: "", ...(base === undefined ? {} : { base }) });
    default:
      return scalarReader({ type: of, from: "" });
  }
}

function text(expected: string, parse: (value: string) => Parsed<ScalarValue>): ScalarReader {
  return (node) => (node.kind === "string" ? parse(node.value) : refuse(expected));
}

function readInteger(node: JsonNode, allowString: boolean): Parsed<number> {
  if (node.kind === "number") return parseInteger(node.text);
  if (node.kind === "string" && allowString) return parseInteger(node.value);
  return refuse(allowString ? "an integer, or one as a string" : "an integer");
}

function readDecimal(node: JsonNode, scale: number): Parsed<number> {
  if (node.kind === "number") return parseDecimal(node.text, scale);
  return node.kind === "string" ? parseDecimal(node.value, scale) : refuse("a decimal as a number or a string");
}

function readDigest(node: JsonNode): Parsed<string> {
  if (node.kind === "null") return refuse("a value other than null");
  // JCS writes 1, 1.0 and 1e0 alike: only integers within the safe range are bound by their digest.
  if (!hasIntegersOnly(node)) return refuse("a value whose numbers are all safe integers");
  return accept(sha256(canonicalJson(toValue(node))));
}

function hasIntegersOnly(node: JsonNode): boolean {
  switch (node.kind) {
    case "number":
      return parseInteger(node.text).ok;
    case "array":
      return node.elements.every(hasIntegersOnly);
    case "object":
      return node.members.every(({ value }) => hasIntegersOnly(value));
    default:
      return true;
  }
}
