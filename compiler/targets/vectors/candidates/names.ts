/** Names with their ancestors: those that a bound lists, some below them, and some that only look so. */
import type { NameValue } from "../../../../schema/request.ts";
import { parseCidr } from "../../../../schema/values/cidr.ts";
import { parseEmail } from "../../../../schema/values/email.ts";
import { parseHost } from "../../../../schema/values/host.ts";
import { parseIp } from "../../../../schema/values/ip.ts";
import type { Parsed } from "../../../../schema/values/parsed.ts";
import { parsePath } from "../../../../schema/values/path.ts";
import { parseUrlHost, parseUrlPath } from "../../../../schema/values/url.ts";
import type { Form } from "../../../operands.ts";

/** The name as a decoder would hand it over; a text that is no such name stands for itself alone. */
export function nameOf(form: Form | undefined, text: string): NameValue {
  const parsed = form === undefined ? undefined : parse(form, text);
  return parsed?.ok ? parsed.value : { value: text, under: [text] };
}

/** A name below an ancestor, which itself may be of another type. */
export function below(form: Form | undefined, ancestor: string): NameValue {
  const name = nameOf(form, childOf(form, ancestor));
  return name.under.includes(ancestor) ? name : { value: ancestor, under: [ancestor] };
}

/** A name that looks much like one that is listed, and some that do not. */
export function outsiders(form: Form | undefined, listed: string | undefined): readonly NameValue[] {
  const alike = listed === undefined ? [] : [lookAlike(form, listed)];
  return [...alike, ...(strangers[form?.is ?? ""] ?? ["outside", "farther"])].map((text) => nameOf(form, text));
}

function parse(form: Form, text: string): Parsed<NameValue> | undefined {
  switch (form.is) {
    case "host":
      return parseHost(text);
    case "urlHost":
      return parseUrlHost(text, form.allowIp);
    case "email":
      return parseEmail(text);
    case "path":
      return parsePath(text);
    case "urlPath":
      return parseUrlPath(text);
    case "ip":
      return parseIp(text);
    case "cidr":
      return parseCidr(text);
    default:
      return undefined;
  }
}

function childOf(form: Form | undefined, ancestor: string): string {
  switch (form?.is) {
    case "host":
    case "urlHost":
      return `a.${ancestor}`;
    case "email":
      return ancestor.includes("@") ? ancestor : `someone@${ancestor}`;
    case "path":
    case "urlPath":
      return ancestor === "/" ? "/a" : `${ancestor}/a`;
    case "ip":
      return ancestor.split("/")[0]!;
    case "cidr":
      return ancestor.replace(/\/(\d+)$/, (_, length) => `/${Number(length) + 1}`);
    default:
      return ancestor;
  }
}

function lookAlike(form: Form | undefined, listed: string): string {
  switch (form?.is) {
    case "host":
    case "urlHost":
      return `evil${listed}`;
    case "email":
      return listed.includes("@") ? `evil${listed}` : `someone@evil${listed}`;
    case "ip":
    case "cidr":
      return strangers[form.is]?.[0] ?? listed;
    default:
      return `${listed}2`;
  }
}

const strangers: Readonly<Record<string, readonly string[]>> = Object.assign(Object.create(null), {
  host: ["outside.example", "farther.example"],
  urlHost: ["outside.example", "farther.example"],
  email: ["someone@outside.example", "someone@farther.example"],
  path: ["/outside", "/farther"],
  urlPath: ["/outside", "/farther"],
  ip: ["203.0.113.7", "198.51.100.7", "2001:db8::7"],
  cidr: ["203.0.113.0/24", "198.51.100.0/24", "2001:db8:7::/48"],
});
