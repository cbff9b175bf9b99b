/** Documents that stand beside their signatures: `{"<kind>": {…}, "jws": {"signatures": […]}}`, as `schema/people.schema.json` has them. */
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import { parseJson, toValue } from "../../schema/json/parse.ts";
import peopleSchema from "../../schema/people.schema.json" with { type: "json" };
import type { PeopleDocuments } from "../../schema/people.ts";
import { closedSchema } from "../closed-schema.ts";
import { ownMember } from "../own.ts";

export type DocumentKind = keyof PeopleDocuments;

export interface SignedDocument<K extends DocumentKind> {
  readonly document: PeopleDocuments[K];
  /** As it stands in the file: not verified. */
  readonly jws: unknown;
  /** The JCS form of the document: what is signed. */
  readonly payload: Uint8Array;
  /** `sha256:<hex>` of the payload. */
  readonly digest: string;
}

/** `reason` is the rest of a sentence that begins with where the document stands. */
export interface DocumentRefusal {
  readonly ok: false;
  readonly reason: string;
}

export type ReadDocument<K extends DocumentKind> =
  | { readonly ok: true; readonly document: PeopleDocuments[K] }
  | DocumentRefusal;
export type ReadSigned<K extends DocumentKind> =
  | { readonly ok: true; readonly signed: SignedDocument<K> }
  | DocumentRefusal;

const schema = closedSchema(peopleSchema);

/** @param value as it came out of JSON */
export function readDocument<K extends DocumentKind>(kind: K, value: unknown): ReadDocument<K> {
  const validate = schema.validator<PeopleDocuments[K]>(`/properties/${kind}`);
  if (validate(value)) return { ok: true, document: value };
  return { ok: false, reason: `is no ${kind}: ${schema.problemText(validate, kind)}` };
}

/** Total. Nothing is verified: the payload and the signatures are what the text says. */
export function readSigned<K extends DocumentKind>(kind: K, text: string): ReadSigned<K> {
  if (typeof text !== "string") return { ok: false, reason: "is no text" };
  const parsed = parseJson(text);
  if (!parsed.ok) return { ok: false, reason: `is no JSON: ${parsed.problems[0]?.message ?? "it does not parse"}` };
  const value = toValue(parsed.root);
  const names = typeof value === "object" && value !== null ? Object.keys(value) : [];
  if (names.length !== 2 || !names.includes(kind) || !names.includes("jws"))
    return { ok: false, reason: `is no signed ${kind}: \`{"${kind}": {…}, "jws": {"signatures": […]}}\` was expected` };
  const read = readDocument(kind, ownMember(value, kind));
  if (!read.ok) return read;
  const payload = payloadOf(read.document);
  return {
    ok: true,
    signed: { document: read.document, jws: ownMember(value, "jws"), payload, digest: sha256(payload) },
  };
}

/** What is signed of a document: its JCS form in UTF-8. */
export function payloadOf(document: unknown): Uint8Array {
  return new TextEncoder().encode(canonicalJson(document));
}
