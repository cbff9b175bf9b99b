/** A template as it stands in a file or in a record: its shape, and what it is called by. */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import envelopeSchema from "../../../schema/envelope.schema.json" with { type: "json" };
import type { Envelope } from "../../../schema/envelope.ts";
import { sha256 } from "../../../schema/json/canonical.ts";
import { parseJson, toValue } from "../../../schema/json/parse.ts";
import templateSchema from "../../../schema/template.schema.json" with { type: "json" };
import type { Template } from "../../../schema/template.ts";
import { payloadOf } from "../../people/document.ts";

export interface TemplateDocument {
  readonly template: Template;
  /** The JCS form: what is signed. */
  readonly payload: Uint8Array;
  /** `sha256:<hex>` of the payload. */
  readonly digest: string;
  readonly text: string;
}

let validate: ValidateFunction<Template> | undefined;

/** Made when the first template is looked at: who has none does not pay for it. */
function validator(): ValidateFunction<Template> {
  validate ??= new Ajv2020({
    strict: true,
    discriminator: true,
    ownProperties: true,
    allowUnionTypes: true,
    schemas: [envelopeSchema],
  }).compile<Template>(templateSchema);
  return validate;
}

/** Undefined where it has not the shape of one. Total. */
export function readTemplateDocument(source: Uint8Array | string): TemplateDocument | undefined {
  const parsed = parseJson(source);
  if (!parsed.ok) return undefined;
  const value = toValue(parsed.root);
  const matches = validator();
  if (!matches(value)) return undefined;
  try {
    const payload = payloadOf(value);
    return { template: value, payload, digest: sha256(payload), text: parsed.text };
  } catch {
    // Numbers beyond doubles have no canonical form.
    return undefined;
  }
}

/** Whether it is the one that the envelope names. */
export function isNamed({ template: named }: Envelope, { template, digest }: TemplateDocument): boolean {
  return (
    named !== undefined &&
    named.id === template.id &&
    named.version === template.version &&
    `sha256:${named.sha256}` === digest
  );
}
