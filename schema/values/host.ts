import tr46 from "tr46";
import type { NameValue } from "../request.ts";
import { hasHidden, isAscii, mapsToAscii, vanishesInNames } from "./characters.ts";
import { accept, type Parsed, refuse } from "./parsed.ts";

const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const hostName = new RegExp(`^${label}(?:\\.${label})*$`);
const idna = { checkBidi: true, checkJoiners: true, useSTD3ASCIIRules: true, verifyDNSLength: true };

/**
 * A host name as lower-case A-labels (UTS 46, non-transitional), with its parent domains: `a.b.c`, `b.c`, `c`. Refuses empty
 * labels, a trailing dot, IP addresses in any notation, and characters outside ASCII that fold to ASCII (SPEC §4).
 */
export function parseHost(text: string): Parsed<NameValue> {
  if (text === "") return refuse("a host name");
  if (hasHidden(text) || mapsToAscii(text) || vanishesInNames(text)) {
    return refuse("a host name without look-alike or invisible characters");
  }
  const host = toAscii(text);
  if (host === undefined || host.length > 253 || !hostName.test(host)) return refuse(...notAHost(text));
  if (endsInNumber(host)) return refuse("a host name, not an IP address");
  return accept({ value: host, under: domainsOf(host) });
}

/** The host itself and every parent domain, nearest first. */
export function domainsOf(host: string): string[] {
  const under = [host];
  for (let dot = host.indexOf("."); dot >= 0; dot = host.indexOf(".", dot + 1)) under.push(host.slice(dot + 1));
  return under;
}

/** As in the URL standard: such a host is read as an IPv4 address (`127.1`, `0x7f.1`, `1.2.3.4`). */
export function endsInNumber(host: string): boolean {
  return /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/i.test(host);
}

function toAscii(text: string): string | undefined {
  const lower = isAscii(text) ? text.toLowerCase() : text;
  // An ASCII name without A-labels needs no tables.
  if (isAscii(lower) && !lower.includes("xn--")) return lower;
  return tr46.toASCII(lower, idna) ?? undefined;
}

function notAHost(text: string): [reason: string, canonical?: string] {
  const bare = text.toLowerCase().replace(/\.$/, "").replace(/^\*\./, "");
  if (bare !== text && hostName.test(bare) && !endsInNumber(bare)) {
    return [text.endsWith(".") ? "a host name without a trailing dot" : "a host name", bare];
  }
  return ["a host name"];
}
