/** From Cedar's request back to the request that it encodes (SPEC §6). Derived facts are taken as the solver invents them. */
import { unionSlot } from "../../schema/cedar/names.ts";
import type { HostileRequest } from "../../schema/request.ts";
import type { CedarRequest } from "./cedar-request.ts";

export function requestOf({ principal, action, resource, context }: CedarRequest): HostileRequest {
  const { fields, ...others } = context;
  return {
    envelope: resource,
    principal,
    effect: action,
    ...others,
    fields: isRecord(fields) ? mapValues(fields, fieldOf) : {},
  };
}

/** The ancestors of a set's elements stand in slots: one for each, and one for all of them together; without any they are mistyped. */
function fieldOf(field: unknown): unknown {
  if (!isRecord(field) || !isRecord(field.under)) return field;
  const { under, ...others } = field;
  return Object.keys(under).length === 0 ? others : { ...others, under: listsOf(under) };
}

/**
 * A slot that is missing below others counts as one without ancestors. What only the slot of all together holds is put
 * behind the others, past what any bound looks at one by one.
 */
function listsOf(slots: Readonly<Record<string, unknown>>): readonly unknown[] {
  const { [unionSlot]: union, ...numbered } = slots;
  const count = Math.max(0, ...Object.keys(numbered).map((slot) => Number(slot) + 1));
  const lists = Array.from({ length: count }, (_, index) => numbered[String(index)] ?? []);
  const known = lists.flat();
  const others = Array.isArray(union) ? union.filter((ancestor) => !known.includes(ancestor)) : [];
  return others.length > 0 ? [...lists, others] : lists;
}

function mapValues(
  record: Readonly<Record<string, unknown>>,
  change: (value: unknown) => unknown,
): Readonly<Record<string, unknown>> {
  const changed: Record<string, unknown> = Object.create(null);
  for (const [name, value] of Object.entries(record)) changed[name] = change(value);
  return changed;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
