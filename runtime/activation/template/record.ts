/** The template in the record of an activation: what was said, in a form that can be verified again. */
import type { Envelope } from "../../../schema/envelope.ts";
import { canonicalJson } from "../../../schema/json/canonical.ts";
import type { Activated, TemplateGiven, TemplateSigner } from "../../../schema/ledger.ts";
import { verifyDetached } from "../../authority/jws/detached.ts";
import { typOf } from "../../authority/jws/typ.ts";
import type { KeyRing } from "../../authority/key-ring.ts";
import type { People } from "../../people/registry.ts";
import type { CheckedTemplate } from "./check.ts";
import { isNamed, readTemplateDocument, type TemplateDocument } from "./document.ts";

export function recordOf(
  { text, signature, kids, trusted }: CheckedTemplate,
  people: People | undefined,
): TemplateGiven {
  return { document: text, signature, signers: [...signersOf(kids, trusted, people)] };
}

/** Whose keys they are: a person's, where the registry has the very key, under whatever name. */
export function signersOf(
  kids: readonly string[],
  trusted: KeyRing,
  people: People | undefined,
): readonly TemplateSigner[] {
  return kids.map((kid) => {
    const bytes = trusted.find(kid)?.bytes.join();
    const registered = people?.ring.keys.find((key) => key.bytes.join() === bytes);
    const owner = registered === undefined ? undefined : people?.find(registered.kid);
    return owner === undefined ? { kid } : { kid, person: owner.person, roles: [...owner.roles] };
  });
}

/** The template that was recorded; undefined where there is none, or another one than the envelope names. */
export function recordedTemplate(
  envelope: Envelope,
  { template }: Readonly<Pick<Activated, "template">>,
): TemplateDocument | undefined {
  const read = template === undefined ? undefined : readTemplateDocument(template.document);
  return read !== undefined && isNamed(envelope, read) ? read : undefined;
}

/** What is wrong with the record of the template: the rest of a sentence that begins with the record. */
export async function templateProblem(
  envelope: Envelope,
  body: Readonly<Pick<Activated, "template" | "people">>,
  keys: KeyRing,
  people: People | undefined,
): Promise<string | undefined> {
  if (envelope.template === undefined)
    return body.template === undefined ? undefined : "has a template that the envelope does not name";
  const read = recordedTemplate(envelope, body);
  if (read === undefined || body.template === undefined) return "has not the template that its envelope names";
  const { signature, signers } = body.template;
  const verified = await verifyDetached(signature, keys, typOf.template, read.payload);
  if (!verified.ok) return `has a template whose signature does not hold: ${verified.message}`;
  const known = people?.digest === body.people ? people : undefined;
  const signed = known === undefined ? verified.kids : signersOf(verified.kids, keys, known);
  const said = known === undefined ? signers.map(({ kid }) => kid) : signers;
  const isSaid = canonicalJson(said) === canonicalJson(signed);
  return isSaid ? undefined : "names other signers of its template than signed it";
}
