import type { NameValue } from "../request.ts";
import { hasHidden, mapsToAscii } from "./characters.ts";
import { parseHost } from "./host.ts";
import { accept, type Parsed, refuse } from "./parsed.ts";

// RFC 5322 dot-atom, with letters outside ASCII (RFC 6531): no quoting, no comments, no blanks.
const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\u{a1}-\\u{d7ff}\\u{e000}-\\u{10ffff}-]+";
const localPart = new RegExp(`^${atom}(?:\\.${atom})*$`, "u");

/**
 * An e-mail address: the local part exactly as written, the domain as a host. Below its domain and every parent domain.
 * Refuses display names, quoted local parts, two `@`, and what a host refuses (SPEC §4, §14).
 */
export function parseEmail(text: string): Parsed<NameValue> {
  const parts = text.split("@");
  const [local = "", domain = ""] = parts;
  if (parts.length !== 2 || local === "") return refuse("an e-mail address with one `@`");
  if (!localPart.test(local) || /\s/.test(local) || hasHidden(local) || mapsToAscii(local)) {
    return refuse("an e-mail address with a plain local part");
  }
  const host = parseHost(domain);
  if (!host.ok) return refuse(`an e-mail address whose domain is ${host.reason}`, canonicalOf(local, host.canonical));
  const value = `${local}@${host.value.value}`;
  return accept({ value, under: [value, ...host.value.under] });
}

function canonicalOf(local: string, domain: string | undefined): string | undefined {
  return domain === undefined ? undefined : `${local}@${domain}`;
}
