import type { JsonNode } from "../../schema/json/parse.ts";
import { blanksIn } from "./blanks.ts";
import { simplifyBranches } from "./branches.ts";
import { missingMember } from "./missing.ts";
import { misspeltExternalCalls } from "./misspelt.ts";
import type { Problem } from "./problem.ts";
import { judgedValue } from "./refused-numbers.ts";
import { type SchemaError, schemaErrors } from "./schema.ts";
import { fieldType, invalidName, unknownMember } from "./translate-keys.ts";
import { notOneOf, outOfRange, wrongForm, wrongSize, wrongType } from "./translate-values.ts";
import { indexTree, type TreeIndex } from "./tree.ts";

type Translate = (error: SchemaError, node: JsonNode, index: TreeIndex) => Problem;

const translations: ReadonlyMap<string, Translate> = new Map<string, Translate>([
  ["additionalProperties", (error, _, index) => unknownMember(error, index)],
  ["required", (error, _, index) => missingMember(error, index)],
  ["propertyNames", (error) => invalidName(error)],
  ["discriminator", (error, _, index) => fieldType(error, index)],
  ["type", wrongType],
  ["enum", notOneOf],
  ["const", notOneOf],
  ["pattern", wrongForm],
  ["minimum", outOfRange],
  ["maximum", outOfRange],
  ...["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"].map(
    (keyword): [string, Translate] => [keyword, wrongSize],
  ),
]);

/** Everything in which a tree is not an envelope's shape, in our words; one problem for one place. */
export function problemsOf(
  root: JsonNode,
  index: TreeIndex = indexTree(root),
  errorsIn: (value: unknown) => readonly SchemaError[] = schemaErrors,
): readonly Problem[] {
  const byPlace = new Map<string, Problem>();
  const blanks = blanksIn(index);
  for (const error of simplifyBranches(errorsIn(judgedValue(root)))) {
    if (blanks.explain(error)) continue;
    const node = index.get(error.pointer)?.node;
    // What a member's name gets wrong is said once, by `propertyNames` itself.
    if (node === undefined || error.propertyName !== undefined) continue;
    const found = translations.get(error.keyword)?.(error, node, index);
    if (found === undefined) continue;
    const place = `${found.finding.at} ${found.finding.pointer}`;
    if (!byPlace.has(place)) byPlace.set(place, found);
  }
  const meter = misspeltExternalCalls(index);
  return [...blanks.problems, ...byPlace.values(), ...(meter === undefined ? [] : [meter])];
}
