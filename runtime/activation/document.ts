/** The document itself: version, schema, rules. */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { Artefacts } from "../../schema/artefacts.ts";
import type { Diagnostic } from "../../schema/diagnostic.ts";
import envelopeSchema from "../../schema/envelope.schema.json" with { type: "json" };
import type { Envelope } from "../../schema/envelope.ts";
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import { parseJson, toValue } from "../../schema/json/parse.ts";
import { versions } from "../../schema/versions.ts";
import { reasonOf } from "../fault.ts";
import { ownMember } from "../own.ts";
import { type Failure, fail } from "./check.ts";

/** The compiler, as `ambit/compiler` exports it: `compile`. */
export type Compile = (source: Uint8Array) => {
  readonly diagnostics: readonly Diagnostic[];
  /** Undefined when there is an error. */
  readonly artefacts?: Artefacts;
};

/** What can be said of any bytes. */
export interface Subject {
  /** `sha256:<hex>` of the JCS form; of the bytes where there is none. */
  readonly digest: string;
  readonly id: string | null;
  /** As it came out of JSON; undefined where it is none. */
  readonly value: unknown;
  readonly text: string;
  /** Why it has no JCS form: the rest of a sentence that begins with the envelope. */
  readonly problem?: string;
}

export interface CheckedDocument {
  readonly ok: true;
  readonly envelope: Envelope;
  /** What the document compiles to. */
  readonly compiled: Artefacts;
}

/** Total. */
export function subjectOf(source: Uint8Array): Subject {
  const parsed = parseJson(source);
  if (!parsed.ok) {
    const problem = `is no JSON: ${parsed.problems[0]?.message ?? "it does not parse"}`;
    return { digest: sha256(source), id: null, value: undefined, text: parsed.text, problem };
  }
  const value = toValue(parsed.root);
  const id = ownMember(value, "id");
  const named = typeof id === "string" && id !== "" ? id : null;
  const said = { id: named, value, text: parsed.text };
  try {
    return { digest: sha256(canonicalJson(value)), ...said };
  } catch (error) {
    // Numbers beyond doubles.
    return { digest: sha256(source), ...said, problem: `has no canonical form: ${reasonOf(error)}` };
  }
}

let validate: ValidateFunction<Envelope> | undefined;

/** Made when the first envelope is activated: who only judges does not pay for it. */
function validator(): ValidateFunction<Envelope> {
  validate ??= new Ajv2020({
    strict: true,
    discriminator: true,
    ownProperties: true,
    allowUnionTypes: true,
  }).compile<Envelope>(envelopeSchema);
  return validate;
}

/** The schema is looked at here and by the compiler; its rules are the compiler's alone. */
export function checkDocument(source: Uint8Array, subject: Subject, compile: Compile): CheckedDocument | Failure {
  const { value, problem } = subject;
  if (problem !== undefined) return fail("schema", `the envelope ${problem}`);
  const version = ownMember(value, "ambit");
  if (typeof version === "string" && version !== versions.language)
    return fail("version", `the envelope is written in another version of the language than ${versions.language}`);
  const { diagnostics, artefacts } = compile(source);
  const matches = validator();
  if (!matches(value)) {
    const [error] = matches.errors ?? [];
    const message = `the envelope does not match its schema: \`${error?.instancePath ?? ""}\` ${error?.message ?? ""}`;
    return { ...fail("schema", message), diagnostics };
  }
  if (artefacts !== undefined) return { ok: true, envelope: value, compiled: artefacts };
  const first = diagnostics.find(({ severity }) => severity === "error");
  const place = first === undefined ? "" : `: ${first.message} (\`${first.pointer}\`)`;
  return { ...fail("rules", `the envelope does not compile${place}`), diagnostics };
}
