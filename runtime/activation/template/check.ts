/** The check `template`: the envelope stays within the template that it names, and that was given, signed and trusted (SPEC §12). */
import type { Diagnostic } from "../../../schema/diagnostic.ts";
import type { Envelope } from "../../../schema/envelope.ts";
import { showText } from "../../../schema/json/show.ts";
import type { Template } from "../../../schema/template.ts";
import { verifyDetached } from "../../authority/jws/detached.ts";
import { typOf } from "../../authority/jws/typ.ts";
import type { KeyRing } from "../../authority/key-ring.ts";
import { type Failure, fail } from "../check.ts";
import { isNamed, readTemplateDocument, type TemplateDocument } from "./document.ts";

export interface GivenTemplate {
  readonly document: Uint8Array;
  /** The text of the detached JWS over it. */
  readonly signature: string;
}

export interface Templates {
  readonly given: readonly GivenTemplate[];
  /** The keys of those who may sign templates; every signature must be by one of them. */
  readonly trusted: KeyRing;
  /** The compiler's, as `ambit/compiler` exports them: `readTemplate`, and `exceeds`. */
  readonly read: (source: Uint8Array) => { readonly diagnostics: readonly Diagnostic[]; readonly template?: Template };
  readonly exceeds: (
    envelope: Envelope,
    template: Template,
  ) => readonly { readonly pointer: string; readonly message: string }[];
}

export interface CheckedTemplate extends TemplateDocument {
  readonly signature: string;
  /** The names of the keys that signed. */
  readonly kids: readonly string[];
  readonly trusted: KeyRing;
}

export type TemplateCheck = { readonly ok: true; readonly template: CheckedTemplate | undefined } | Failure;

const mostTold = 3;

export async function checkTemplate(envelope: Envelope, templates: Templates | undefined): Promise<TemplateCheck> {
  const named = envelope.template;
  if (named === undefined) return { ok: true, template: undefined };
  const name = `\`${showText(named.id)}\` ${showText(named.version)}`;
  if (templates === undefined) return refuse(`the envelope names the template ${name}, and none was given`);
  const { given, trusted, read, exceeds } = templates;
  const found = given
    .map((each) => ({ ...each, read: readTemplateDocument(each.document) }))
    .find((each) => each.read !== undefined && isNamed(envelope, each.read));
  if (found?.read === undefined)
    return refuse(`none of the templates given is ${name} with the digest that the envelope names`);
  const verified = await verifyDetached(found.signature, trusted, typOf.template, found.read.payload);
  if (!verified.ok) return refuse(`the template ${name} is not signed as it must be: ${verified.message}`);
  const { template, diagnostics } = read(found.document);
  if (template === undefined) return { ...refuse(`the template ${name} has errors of its own`), diagnostics };
  const beyond = exceeds(envelope, found.read.template);
  if (beyond.length > 0) return refuse(`the envelope goes beyond the template ${name}: ${told(beyond)}`);
  return { ok: true, template: { ...found.read, signature: found.signature, kids: verified.kids, trusted } };
}

function told(beyond: readonly { readonly pointer: string; readonly message: string }[]): string {
  const shown = beyond
    .slice(0, mostTold)
    .map(({ pointer, message }) => `\`${showText(pointer)}\`: ${showText(message)}`);
  const more = beyond.length > mostTold ? `; and ${beyond.length - mostTold} more` : "";
  return `${shown.join("; ")}${more}`;
}

function refuse(message: string): Failure {
  return fail("template", message);
}
