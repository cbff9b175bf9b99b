import { parseURL, serializeHost, serializePath } from "whatwg-url";
import type { NameValue } from "../request.ts";
import { hasHidden, mapsToAscii } from "./characters.ts";
import { endsInNumber, parseHost } from "./host.ts";
import { parseIp } from "./ip.ts";
import { accept, type Parsed, refuse } from "./parsed.ts";
import { canonicalPath } from "./url-path.ts";

export interface UrlRules {
  readonly allowIp?: boolean | undefined;
  readonly query?: "ignored" | undefined;
  readonly fragment?: "ignored" | undefined;
}

export interface UrlValue {
  readonly scheme: string;
  /** A host name, or an IP address without brackets. */
  readonly host: NameValue;
  /** The effective port. */
  readonly port: number;
  readonly path: NameValue;
}

const absolute = /^(https?):\/\/([^/?#]+)([^?#]*)(\?[^#]*)?(#.*)?$/i;

/**
 * An absolute http or https URL, read by the WHATWG URL standard after checks on the raw text. Refuses userinfo (empty too), blanks,
 * hidden characters, backslashes, `..` segments, `//` and encoded dots or slashes in the path, a bare `?` or `#`, queries and
 * fragments unless ignored, and IP addresses unless allowed (in odd notation always) (SPEC §4, §14).
 */
export function parseUrl(text: string, rules: UrlRules = {}): Parsed<UrlValue> {
  if (hasHidden(text) || /[ \\]/.test(text)) return refuse("a URL without blanks, backslashes or invisible characters");
  const match = absolute.exec(text);
  if (match === null) return refuse("an absolute http or https URL");
  const [, , authority = "", rawPath = "", query, fragment] = match;
  if (authority.includes("@")) return refuse("a URL without user name or password");
  if (query === "?" || fragment === "#") return refuse("a URL without a bare `?` or `#`");
  if (query !== undefined && rules.query !== "ignored") return refuse("a URL without a query");
  if (fragment !== undefined && rules.fragment !== "ignored") return refuse("a URL without a fragment");
  if (/(?:^|[/?#])\.\.(?:[;/?#]|$)/.test(text)) return refuse("a URL without `..` segments");
  if (mapsToAscii(rawPath)) return refuse("a URL without look-alike characters in its path");
  const host = parseUrlHost(authority.replace(/:\d*$/, ""), rules.allowIp === true);
  if (!host.ok) return host;
  const url = parseURL(text);
  if (url === null || typeof url.path === "string") return refuse("an absolute http or https URL");
  // The standard's reading of the host and ours must be one and the same.
  const read = url.host === null ? "" : serializeHost(url.host).replace(/^\[(.*)\]$/, "$1");
  if (read !== host.value.value) return refuse("a URL with a plain host name");
  const path = canonicalPath(serializePath(url), rawPath);
  if (!path.ok) return path;
  const port = url.port ?? (url.scheme === "https" ? 443 : 80);
  return accept({ scheme: url.scheme, host: host.value, port, path: path.value });
}

/** The host of a URL as judged: a host name, or, where allowed, an IP address (IPv6 with or without brackets). */
export function parseUrlHost(text: string, allowIp: boolean): Parsed<NameValue> {
  const bracketed = /^\[(.*)\]$/.exec(text);
  if (bracketed === null && !endsInNumber(text) && !text.includes(":")) {
    const host = parseHost(text);
    return host.ok ? host : refuse(`a URL whose host is ${host.reason}`, host.canonical);
  }
  if (!allowIp) return refuse("a URL with a host name, not an IP address");
  const ip = parseIp(bracketed?.[1] ?? text);
  return ip.ok ? ip : refuse(`a URL whose host is ${ip.reason}`);
}

/** The path of a URL as judged, from a path as it would stand in one. */
export function parseUrlPath(text: string): Parsed<NameValue> {
  if (!text.startsWith("/") || /[?#]/.test(text)) return refuse("the path of a URL, starting with `/`");
  const url = parseUrl(`http://host${text}`);
  return url.ok ? accept(url.value.path) : url;
}
