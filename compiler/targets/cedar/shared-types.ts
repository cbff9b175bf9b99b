/** Records that occur more than once in a schema become common types, named after what they hold. */
import type { SchemaRecord, SchemaType } from "./schema.ts";

export interface SharedTypes {
  readonly commonTypes: Readonly<Record<string, SchemaRecord>>;
  /** The same record with every shared part of it, itself included, replaced by its name. */
  readonly replace: (record: SchemaRecord) => SchemaType;
}

export function shareRecords(contexts: readonly SchemaRecord[]): SharedTypes {
  const records = new Map<string, { readonly record: SchemaRecord; readonly called: string; count: number }>();
  const visit = (record: SchemaRecord, called: string): void => {
    const key = JSON.stringify(record);
    const known = records.get(key);
    if (known !== undefined) {
      known.count += 1;
      return;
    }
    records.set(key, { record, called, count: 1 });
    for (const [name, type] of Object.entries(record.attributes)) if (type.type === "Record") visit(type, name);
  };
  for (const context of contexts) visit(context, "context");

  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const [key, { record, called, count }] of records) {
    if (count < 2) continue;
    const name = freeName(nameOf(record, called), taken);
    taken.add(name);
    names.set(key, name);
  }

  const inside = (record: SchemaRecord): SchemaRecord => ({
    type: "Record",
    attributes: Object.fromEntries(
      Object.entries(record.attributes).map(([name, type]) => [name, type.type === "Record" ? replace(type) : type]),
    ),
  });
  const replace = (record: SchemaRecord): SchemaType => {
    const name = names.get(JSON.stringify(record));
    return name === undefined ? inside(record) : { type: "EntityOrCommon", name };
  };
  const commonTypes = Object.fromEntries([...names].map(([key, name]) => [name, inside(records.get(key)!.record)]));
  return { commonTypes, replace };
}

/** Records by their members where those are telling, else by the attribute that holds them. */
function nameOf({ attributes }: SchemaRecord, called: string): string {
  if ("items" in attributes) return "Collection";
  if ("value" in attributes && "under" in attributes) return "Name";
  if ("min" in attributes && "max" in attributes) return "Range";
  if ("day" in attributes && "minute" in attributes) return "LocalTime";
  return recordNames[called] ?? "Part";
}

const recordNames: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  context: "Context",
  state: "State",
  fields: "Fields",
  meters: "Meters",
  velocity: "Velocity",
  local: "Local",
  approvals: "Approvals",
  last: "LastSettled",
  produced: "Produced",
  evidence: "Evidence",
  under: "Ancestors",
});

function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 2, candidate = name; ; number += 1) {
    if (!taken.has(candidate)) return candidate;
    candidate = `${name}${number}`;
  }
}
