/** A request as `cedar symcc` prints it, read by Cedar's own parser. */
import { type Expr, policyToJson } from "@cedar-policy/cedar-wasm/nodejs";

export interface CedarRequest {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, unknown>>;
}

const printed =
  /^principal: (.+), action: (Ambit::Action::.+), resource: (Ambit::Envelope::.+)\ncontext: (\{.*\})(?:\n|$)/;

/** Undefined for a text of any other form. */
export function readCedarRequest(text: string): CedarRequest | undefined {
  const [, principal, action, resource, context] = printed.exec(text) ?? [];
  const scope = `principal == ${principal}, action == ${action}, resource == ${resource}`;
  const read = policyToJson(`permit (${scope}) when { context == ${context} };`);
  if (read.type === "failure") return undefined;
  const ids = [read.json.principal, read.json.action, read.json.resource].map(idOf);
  const [body] = read.json.conditions.map((condition) => condition.body);
  const sides = body !== undefined && "==" in body ? body["=="] : [];
  const value = "right" in sides ? plain(sides.right) : undefined;
  const [principalId, actionId, resourceId] = ids;
  if (principalId === undefined || actionId === undefined || resourceId === undefined || !isRecord(value)) {
    return undefined;
  }
  return { principal: principalId, action: actionId, resource: resourceId, context: value };
}

function idOf(scope: object): string | undefined {
  const entity = "entity" in scope ? scope.entity : undefined;
  return isRecord(entity) && typeof entity.id === "string" ? entity.id : undefined;
}

/** Of records, sets and primitive values; a number beyond the safe integers loses its last digits. */
function plain(expression: Expr): unknown {
  if ("Value" in expression) return expression.Value;
  if ("Set" in expression) return expression.Set.map(plain);
  if (!("Record" in expression)) return undefined;
  const record: Record<string, unknown> = Object.create(null);
  for (const [name, value] of Object.entries(expression.Record)) record[name] = plain(value);
  return record;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
