import type { NameValue } from "../request.ts";
import { hiddenByEscapes } from "./escapes.ts";
import { type Parsed, refuse } from "./parsed.ts";
import { pathName } from "./path.ts";

/**
 * The path of a parsed URL in canonical form: unreserved characters unescaped, escapes in upper case (RFC 3986 §6.2.2), `.` segments
 * and a trailing slash dropped. `raw` is the path as it was written. Refuses `..`, `//`, broken escapes and encoded
 * dots, slashes, backslashes, NUL, look-alikes and invisible characters.
 */
export function canonicalPath(path: string, raw: string): Parsed<NameValue> {
  const hidden = hiddenByEscapes(raw);
  if (hidden !== undefined) return refuse(`a URL without ${hidden} in its path`);
  if (/%(?![0-9a-f]{2})/i.test(raw)) return refuse("a URL without broken escapes in its path");
  if (raw.includes("//") || path.includes("//")) return refuse("a URL without `//` in its path");
  const plain = path.replace(/%[0-9a-f]{2}/gi, unescapeUnreserved);
  const segments = plain.split("/").filter((segment) => segment !== "" && segment !== ".");
  // A server that drops what follows a semicolon climbs at `..;x`; a second one may undo the escape first.
  if (segments.some((segment) => /^\.\.(?:$|;|%(?:25)*3B)/.test(segment))) return refuse("a URL without `..` segments");
  return pathName(segments);
}

function unescapeUnreserved(escaped: string): string {
  const character = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
  return /[A-Za-z0-9._~-]/.test(character) ? character : escaped.toUpperCase();
}
