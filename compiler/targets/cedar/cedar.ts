/** The Cedar engine as the emitter uses it: its printer, its formatter and its validator. */
import {
  type DetailedError,
  type Expr,
  formatPolicies,
  type PolicyJson,
  policyToJson,
  policyToText,
  type SchemaJson,
  schemaToJsonWithResolvedTypes,
  schemaToText,
  validate,
} from "@cedar-policy/cedar-wasm/nodejs";
import { CompileBug } from "./compile-bug.ts";

export type { Expr, PolicyJson, SchemaJson };

/** The text of a policy, on one line but for its annotations. */
export function printPolicy(policy: PolicyJson): string {
  const answer = policyToText(policy);
  return answer.type === "success" ? answer.text : refuse("print a policy", answer.errors);
}

/** What Cedar reads the text of one policy as. Comments are lost. */
export function readPolicyText(text: string): PolicyJson {
  const answer = policyToJson(text);
  return answer.type === "success" ? answer.json : refuse("read a policy", answer.errors);
}

export function printSchema(schema: SchemaJson<string>): string {
  const answer = schemaToText(schema);
  return answer.type === "success" && answer.warnings.length === 0
    ? answer.text
    : refuse("print the schema", answer.type === "success" ? answer.warnings : answer.errors);
}

/** A schema in Cedar's JSON form, each type by its full name. */
export function readSchemaText(schema: string): SchemaJson<string> {
  const answer = schemaToJsonWithResolvedTypes(schema);
  return answer.type === "success" ? answer.json : refuse("read the schema", answer.errors);
}

/** Keeps comments; what it gives out, it leaves as it is, and so does `cedar format` of the command line. */
export function formatPolicyText(policyText: string): string {
  const answer = formatPolicies({ policyText, lineWidth: 80, indentWidth: 2 });
  return answer.type === "success" ? joinCalls(answer.formatted_policy) : refuse("format a policy", answer.errors);
}

/**
 * From Cedar 4.14 on, the formatter leaves `(` on the line of the method where a call is broken; before, it put it on the next
 * line. No line break stands in a string, and no method at the end of a comment before a `(`.
 */
function joinCalls(formatted: string): string {
  return formatted.replace(/(\.(?:contains(?:All|Any)?|isEmpty))\n +\(/g, "$1(");
}

/** Strict validation; a warning is as bad as an error, unless it is about the look of the envelope's own words. */
export function requireValid(policies: string, schema: string): void {
  const answer = validate({ schema, policies: { staticPolicies: policies }, validationSettings: { mode: "strict" } });
  if (answer.type === "failure") refuse("validate the policies", [...answer.errors, ...answer.warnings]);
  const errors = answer.validationErrors.map(({ error }) => error);
  const warnings = [...answer.validationWarnings.map(({ error }) => error), ...answer.otherWarnings];
  const findings = [...errors, ...warnings.filter(({ message }) => !isAboutLooks.test(message))];
  if (findings.length > 0) refuse("validate the policies", findings);
}

/** Text of several scripts ("Иванов GmbH") is a value like any other; what may not be in a name is for the rules to say. */
const isAboutLooks =
  /contains (?:mixed scripts|BIDI control characters|the character `.*` which is not a printable ASCII character and falls outside of the General Security Profile for Identifiers)$/s;

function refuse(task: string, errors: readonly DetailedError[]): never {
  throw new CompileBug(`Cedar did not ${task}: ${errors.map(({ message }) => message).join("; ")}`);
}
