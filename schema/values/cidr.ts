import type { NameValue } from "../request.ts";
import { bitsOf, networksOf, readAddress } from "./ip.ts";
import { accept, type Parsed, refuse } from "./parsed.ts";

const prefixLength = /^(?:0|[1-9]\d{0,2})$/;

/**
 * A network `<address>/<length>` in canonical form, below itself and every wider network. Refuses host bits, a missing length and what
 * an IP address refuses (SPEC §4, §14).
 */
export function parseCidr(text: string): Parsed<NameValue> {
  const slash = text.indexOf("/");
  if (slash < 0) return refuse("a network with a prefix length, such as 10.0.0.0/8");
  const address = readAddress(text.slice(0, slash));
  if (typeof address === "string") return refuse(`a network of ${address}`);
  const length = text.slice(slash + 1);
  if (!prefixLength.test(length) || Number(length) > bitsOf(address)) {
    return refuse(`a network with a prefix length from 0 to ${bitsOf(address)}`);
  }
  const [network = "", ...wider] = networksOf(address, Number(length));
  const [exact = ""] = networksOf(address, bitsOf(address));
  const whole = `${exact.slice(0, exact.indexOf("/"))}/${length}`;
  if (whole !== network) return refuse("a network without host bits", network);
  return accept({ value: network, under: [network, ...wider] });
}
