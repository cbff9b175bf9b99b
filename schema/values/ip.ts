import ipaddr from "ipaddr.js";
import type { NameValue } from "../request.ts";
import { accept, type Parsed, refuse } from "./parsed.ts";

const decimalByte = "(?:0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])";
const dottedQuad = new RegExp(`^${decimalByte}(?:\\.${decimalByte}){3}$`);
const colonHex = /^[0-9a-f:]{2,39}$/i;

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/**
 * One IP address in canonical form (RFC 5952 for IPv6), below every network that contains it, `/32` or `/128` down to `/0`.
 * Refuses shorthand, octal and hexadecimal notation, zones, brackets, and IPv4 written inside IPv6 (SPEC §4).
 */
export function parseIp(text: string): Parsed<NameValue> {
  const address = readAddress(text);
  if (typeof address === "string") return refuse(address);
  const value = formatAddress(address);
  return accept({ value, under: [value, ...networksOf(address, bitsOf(address))] });
}

/** The address, or what was expected instead. */
export function readAddress(text: string): Address | string {
  if (dottedQuad.test(text)) return ipaddr.IPv4.parse(text);
  if (!colonHex.test(text) || !text.includes(":") || !ipaddr.IPv6.isValid(text)) {
    return "an IP address in its usual notation";
  }
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? "an IP address, not an IPv4-mapped one" : address;
}

export function formatAddress(address: Address): string {
  return formatWords(wordsOf(address));
}

export function bitsOf(address: Address): number {
  return address instanceof ipaddr.IPv6 ? 128 : 32;
}

/** `<network>/<length>` for each length from `longest` down to 0: the networks that contain the address. */
export function networksOf(address: Address, longest: number): string[] {
  const words = wordsOf(address);
  const wordBits = bitsOf(address) / words.length;
  const networks: string[] = [];
  for (let bit = bitsOf(address); bit >= 0; bit--) {
    const index = Math.floor(bit / wordBits);
    if (index < words.length) words[index] = (words[index] ?? 0) & ~(1 << (wordBits - 1 - (bit % wordBits)));
    if (bit <= longest) networks.push(`${formatWords(words)}/${bit}`);
  }
  return networks;
}

/** Four bytes of an IPv4 address, eight 16-bit groups of an IPv6 one. */
function wordsOf(address: Address): number[] {
  return address instanceof ipaddr.IPv6 ? [...address.parts] : [...address.octets];
}

/** RFC 5952: lower case, the first of the longest runs of two or more zero groups as `::`. */
function formatWords(words: readonly number[]): string {
  if (words.length === 4) return words.join(".");
  let start = 0;
  let length = 1;
  for (let i = 0; i < words.length; i++) {
    let end = i;
    while (words[end] === 0) end++;
    if (end - i > length) {
      start = i;
      length = end - i;
    }
    i = Math.max(i, end - 1);
  }
  const groups = words.map((word) => word.toString(16));
  if (length < 2) return groups.join(":");
  return `${groups.slice(0, start).join(":")}::${groups.slice(start + length).join(":")}`;
}
