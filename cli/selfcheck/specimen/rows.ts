import type { Effect } from "../../../schema/envelope.ts";

/** The vectors take rows and fields as they come: the fields are those of the row. */
export function withRows({ rows = [] }: Effect, fields: unknown): Readonly<Record<string, unknown>> {
  const own: Record<string, unknown> = Object.fromEntries(Object.entries(fields ?? {}));
  for (const [index, { fields: names }] of rows.entries()) {
    const row = tupleOf(own[`rows/${index}`]);
    if (row === undefined) continue;
    for (const [place, name] of names.entries()) {
      const cell: unknown = row[place];
      own[name] = Array.isArray(cell) ? { count: cell.length, items: cell } : cell;
    }
  }
  return own;
}

/** Some vectors hold a text that is no row, or none. */
function tupleOf(text: unknown): readonly unknown[] | undefined {
  try {
    const row: unknown = JSON.parse(String(text));
    return Array.isArray(row) ? row : undefined;
  } catch {
    return undefined;
  }
}
