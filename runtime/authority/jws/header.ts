/** The protected header of everything that is signed here: the three members that a verifier needs, and no other one. */
import { canonicalJson } from "../../../schema/json/canonical.ts";
import { defaultMaxDepth } from "../../../schema/json/depth.ts";
import { showText } from "../../../schema/json/show.ts";
import { toValue } from "../../../schema/json/value.ts";
import { readStrictly } from "../../decode/strict.ts";
import { ownMember } from "../../own.ts";
import { decodeBase64url, encodeBase64url } from "./base64url.ts";
import { denyJws, type JwsDenial } from "./denial.ts";

export const algorithm = "EdDSA";

/** Names of keys are short; what is longer is no header of ours. */
const maxHeaderText = 4096;

/**
 * @returns base64url, ready to be signed
 * @throws Error for the name of a key that no verifier would read
 */
export function writeHeader(kid: string, typ: string): string {
  const text = encodeBase64url(canonicalJson({ alg: algorithm, kid, typ }));
  if (text.length > maxHeaderText) throw new Error("the name of the key is too long for a JWS");
  return text;
}

/** @param text base64url */
export function readHeader(text: string, typ: string): { readonly ok: true; readonly kid: string } | JwsDenial {
  const bytes = text.length <= maxHeaderText ? decodeBase64url(text) : undefined;
  const root = bytes === undefined ? undefined : readStrictly(bytes, defaultMaxDepth, maxHeaderText);
  if (typeof root !== "object" || root.kind !== "object")
    return denyJws("JWS_MALFORMED", "the protected header is no JSON object in base64url");
  const names = root.members.map(({ name }) => name);
  const strays = names.filter((name) => name !== "alg" && name !== "kid" && name !== "typ");
  if (strays.length > 0)
    return denyJws(
      "JWS_MALFORMED",
      `the protected header has \`${showText(strays[0] ?? "")}\`: \`alg\`, \`kid\` and \`typ\` were expected`,
    );
  const header = toValue(root);
  if (ownMember(header, "alg") !== algorithm)
    return denyJws(
      "JWS_ALGORITHM",
      `the protected header does not name \`${algorithm}\`, the only \`alg\` that is taken`,
    );
  if (ownMember(header, "typ") !== typ)
    return denyJws("JWS_TYPE", `the protected header does not have the \`typ\` \`${typ}\``);
  const kid = ownMember(header, "kid");
  if (typeof kid !== "string" || kid === "")
    return denyJws("JWS_KEY", "the protected header names no key: a `kid` was expected");
  return { ok: true, kid };
}
