/** Files that hold the signatures over a document that stands elsewhere: `{"signatures": […]}`. */
import { readFile } from "node:fs/promises";
import type { DetachedSignature } from "../../runtime/authority/jws/detached.ts";
import { ownMember } from "../../runtime/own.ts";
import { parseJson, toValue } from "../../schema/json/parse.ts";
import { UsageError } from "../io.ts";
import { readable } from "../open.ts";

/** @throws UsageError where the file is something else */
export async function earlierSignatures(file: string): Promise<readonly DetachedSignature[]> {
  const parsed = parseJson(await readable(file, () => readFile(file)));
  const signatures = parsed.ok ? signaturesOf(toValue(parsed.root)) : undefined;
  if (signatures === undefined) throw new UsageError(`will not overwrite \`${file}\`: it holds no signatures`);
  return signatures;
}

/** @param jws as it came out of JSON; undefined where it is no JWS in the form that Ambit writes */
export function signaturesOf(jws: unknown): readonly DetachedSignature[] | undefined {
  const list = ownMember(jws, "signatures");
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const signatures = list.map((each: unknown) => ({
    protected: ownMember(each, "protected"),
    signature: ownMember(each, "signature"),
  }));
  return signatures.every(isSignature) ? signatures : undefined;
}

/** Whether the key has signed before: once is enough, and twice is refused by whoever verifies. */
export function hasSigned(kid: string, signatures: readonly DetachedSignature[]): boolean {
  return signatures.some(({ protected: header }) => {
    const parsed = parseJson(new Uint8Array(Buffer.from(header, "base64url")));
    return parsed.ok && ownMember(toValue(parsed.root), "kid") === kid;
  });
}

function isSignature(value: { readonly protected: unknown; readonly signature: unknown }): value is DetachedSignature {
  return typeof value.protected === "string" && typeof value.signature === "string";
}
