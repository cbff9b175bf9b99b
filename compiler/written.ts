/** A value as it is written in a bound → the canonical value that a call carries (SPEC §2, §4). */
import type { NameValue } from "../schema/request.ts";
import { parseCidr } from "../schema/values/cidr.ts";
import { parseDate } from "../schema/values/date.ts";
import { parseDatetime } from "../schema/values/datetime.ts";
import { parseDecimal } from "../schema/values/decimal.ts";
import { parseEmail } from "../schema/values/email.ts";
import { parseHost } from "../schema/values/host.ts";
import { parseInteger } from "../schema/values/integer.ts";
import { parseIp } from "../schema/values/ip.ts";
import type { Parsed } from "../schema/values/parsed.ts";
import { parsePath } from "../schema/values/path.ts";
import { checkString } from "../schema/values/string.ts";
import { parseTimestamp } from "../schema/values/timestamp.ts";
import { parseUrlHost, parseUrlPath } from "../schema/values/url.ts";
import type { Form } from "./operands.ts";

export type Canonical = string | number | boolean;

/** Why a value cannot stand in a bound; `expected` completes "expected …". */
export type Fault =
  | { readonly is: "type"; readonly expected: string }
  /** No integer in plain digits: of all numbers, wherever they stand, the reader reports that. */
  | { readonly is: "numeral" }
  | { readonly is: "glob"; readonly expected: string }
  | { readonly is: "decimal"; readonly canonical?: string }
  | { readonly is: "digits"; readonly scale: number; readonly canonical?: string }
  | { readonly is: "range"; readonly limit: string }
  | { readonly is: "time"; readonly what: "timestamp" | "date" | "datetime"; readonly expected: string }
  | { readonly is: "form"; readonly expected: string; readonly canonical?: string };

export type Written =
  /** `under`: of a name, itself and its ancestors. */
  | { readonly ok: true; readonly value: Canonical; readonly under?: readonly string[] }
  | { readonly ok: false; readonly fault: Fault };

type NumberForm = Extract<Form, { is: "integer" | "port" | "decimal" }>;
type TextForm = Exclude<Form, NumberForm | { is: "boolean" }>;

/** Reads one value of a bound. Refuses what is not canonical, with the canonical form where there is one. Total. */
export function readWritten(form: Form, written: unknown): Written {
  switch (form.is) {
    case "integer":
      return integer(written);
    case "port":
      return port(written);
    case "decimal":
      return decimal(written, form.scale);
    case "boolean":
      return typeof written === "boolean" ? { ok: true, value: written } : wrongType(nouns.boolean);
    default:
      if (typeof written === "string") return text(form, written);
      return wrongType(form.is === "string" ? nouns.string : `${nouns[form.is]} as a string`);
  }
}

/** What a value of each form is, with its article. */
export const nouns: Readonly<Record<Form["is"], string>> = {
  integer: "an integer",
  port: "a port",
  decimal: "a decimal",
  boolean: "`true` or `false`",
  string: "a string",
  scheme: "`http` or `https`",
  host: "a host",
  urlHost: "a host",
  urlAncestor: "a host or an address block",
  urlPath: "a path",
  email: "an email address",
  path: "a path",
  ip: "an IP address",
  cidr: "an address block",
  network: "an IP address or an address block",
  digest: "`sha256:` and 64 lower-case hexadecimal digits",
  timestamp: "a timestamp",
  date: "a date",
  datetime: "a local date and time",
};

function text(form: TextForm, written: string): Written {
  switch (form.is) {
    case "string": {
      const checked = checkString(written, { multiline: form.multiline });
      return checked.ok ? { ok: true, value: written } : notCanonical(checked);
    }
    case "scheme":
      return oneWord(written, /^https?$/, nouns.scheme, written.toLowerCase().replace(/:(\/\/)?$/, ""));
    case "digest":
      return oneWord(written, /^sha256:[0-9a-f]{64}$/, nouns.digest, `sha256:${bareDigest(written)}`);
    case "timestamp":
      return time("timestamp", parseTimestamp(written));
    case "date":
      return time("date", parseDate(written));
    case "datetime":
      return time("datetime", parseDatetime(written, form.formats, form.timezone));
    default:
      return written.includes("*")
        ? { ok: false, fault: { is: "glob", expected: nouns[form.is] } }
        : name(written, parseName(form, written));
  }
}

function name(written: string, parsed: Parsed<NameValue>): Written {
  if (!parsed.ok) return notCanonical(parsed);
  const { value, under } = parsed.value;
  if (value === written) return { ok: true, value, under };
  return notCanonical({ reason: "its canonical form", canonical: value });
}

type NameForm = Exclude<TextForm, { is: "string" | "scheme" | "digest" | "timestamp" | "date" | "datetime" }>;

function parseName(form: NameForm, written: string): Parsed<NameValue> {
  switch (form.is) {
    case "host":
      return parseHost(written);
    case "urlHost":
      return parseUrlHost(written, form.allowIp);
    case "urlAncestor":
      return form.allowIp && written.includes("/") ? parseCidr(written) : parseUrlHost(written, form.allowIp);
    case "urlPath":
      return parseUrlPath(written);
    case "network":
      return written.includes("/") ? parseCidr(written) : parseIp(written);
    case "email":
      return parseEmail(written);
    case "path":
      return parsePath(written);
    case "ip":
      return parseIp(written);
    case "cidr":
      return parseCidr(written);
  }
}

function integer(written: unknown): Written {
  if (typeof written !== "number") return wrongType(nouns.integer);
  if (!Number.isInteger(written)) return { ok: false, fault: { is: "numeral" } };
  const parsed = parseInteger(Object.is(written, -0) ? "0" : String(written));
  return parsed.ok ? { ok: true, value: parsed.value } : outOfRange("at most 9007199254740991 in magnitude");
}

function port(written: unknown): Written {
  const number = integer(written);
  if (!number.ok || (Number(number.value) >= 0 && Number(number.value) <= 65_535)) return number;
  return outOfRange("a port is 0 to 65535");
}

const decimalGrammar = /^-?(?:0|[1-9]\d*)(?:\.(\d+))?$/;

function decimal(written: unknown, scale: number): Written {
  if (typeof written !== "string") {
    return typeof written === "number" ? { ok: false, fault: { is: "decimal" } } : wrongType(nouns.decimal);
  }
  const parsed = parseDecimal(written, scale);
  if (parsed.ok) return parsed;
  const canonical = parsed.canonical === undefined ? {} : { canonical: parsed.canonical };
  const digits = decimalGrammar.exec(written);
  if (digits === null || /^-[0.]*$/.test(written)) return { ok: false, fault: { is: "decimal", ...canonical } };
  if ((digits[1]?.length ?? 0) > scale) return { ok: false, fault: { is: "digits", scale, ...canonical } };
  return outOfRange(`at most 9007199254740991 units of the last of ${scale} digits`);
}

function oneWord(written: string, grammar: RegExp, expected: string, meant: string): Written {
  if (grammar.test(written)) return { ok: true, value: written };
  return notCanonical({ reason: expected, ...(grammar.test(meant) ? { canonical: meant } : {}) });
}

function bareDigest(written: string): string {
  return written.toLowerCase().replace(/^sha256:/, "");
}

function time(what: "timestamp" | "date" | "datetime", parsed: Parsed<number>): Written {
  return parsed.ok ? parsed : { ok: false, fault: { is: "time", what, expected: parsed.reason } };
}

function notCanonical(found: { readonly reason: string; readonly canonical?: string }): Written {
  const canonical = found.canonical === undefined ? {} : { canonical: found.canonical };
  return { ok: false, fault: { is: "form", expected: found.reason, ...canonical } };
}

function outOfRange(limit: string): Written {
  return { ok: false, fault: { is: "range", limit } };
}

function wrongType(expected: string): Written {
  return { ok: false, fault: { is: "type", expected } };
}
