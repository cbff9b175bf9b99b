/** The Cedar engine as the emitter uses it: its printer, its formatter and its validator. */
import {
  type DetailedError,
  type Expr,
  formatPolicies,
  type PolicyJson,
  policyToText,
  type SchemaJson,
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

export function printSchema(schema: SchemaJson<string>): string {
  const answer = schemaToText(schema);
  return answer.type === "success" && answer.warnings.length === 0
    ? answer.text
    : refuse("print the schema", answer.type === "success" ? answer.warnings : answer.errors);
}

/** Keeps comments; what it gives out, it leaves as it is. */
export function formatPolicyText(policyText: string): string {
  const answer = formatPolicies({ policyText, lineWidth: 80, indentWidth: 2 });
  return answer.type === "success" ? answer.formatted_policy : refuse("format a policy", answer.errors);
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
