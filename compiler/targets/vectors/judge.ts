/** What the reference says of one request and of changes to it. */
import { boundKindOf, boundKinds } from "../../../schema/bounds.ts";
import type { Envelope } from "../../../schema/envelope.ts";
import { codePointCompare } from "../../../schema/json/canonical.ts";
import type { Check } from "../../../schema/reference/check.ts";
import { planChecks } from "../../../schema/reference/evaluate.ts";
import { type Change, changed, isRecord, type Json, partOf } from "./change.ts";

export interface Judge {
  /** The bounds that the request violates as it stands, in the table's order. */
  readonly violations: readonly string[];
  /** Those that it violates with the changes. */
  readonly judge: (changes: readonly Change[]) => readonly string[];
}

/**
 * A check that did not look at a part of the request answers as before when that part changes. So each change asks only the
 * checks that looked at it, and the vectors of an envelope take time in proportion to its bounds.
 */
export function planJudges(envelope: Envelope, digest: string): (request: Json) => Judge {
  const checksOf = planChecks(envelope);
  const inTableOrder = planOrder();
  return (request) => {
    const checks = inTableOrder(checksOf(request));
    const readers = new Map<string, number[]>();
    const violated = checks.flatMap(({ ok }, index) =>
      ok(watched(request, [], noteReader(readers, index))) ? [] : [index],
    );
    const named = (indices: readonly number[]) => indices.map((index) => checks[index]!.id);
    return {
      violations: named(violated),
      judge: (changes) =>
        changed(request, changes, () => {
          if (request.envelope !== digest) return ["envelope"];
          if (changes.some(({ path }) => path.length === 1 && decisive.has(path[0]!))) {
            const failed = checksOf(request).filter(({ ok }) => !ok(request));
            return inTableOrder(failed).map(({ id }) => id);
          }
          const asked = new Set(changes.flatMap(({ path }) => readers.get(keyOf(partOf(path))) ?? []));
          const lost = [...asked].filter((index) => !checks[index]!.ok(request));
          return named([...violated.filter((index) => !asked.has(index)), ...lost].sort((a, b) => a - b));
        }),
    };
  };
}

/** What decides by which rows a request is judged, and what holds the parts that the rows look at. */
const decisive: ReadonlySet<string> = new Set(["effect", "tool", "fields", "state"]);

export const keyOf = (part: readonly string[]) => part.join("\u0000");

type Note = (part: readonly string[]) => void;

function noteReader(readers: Map<string, number[]>, reader: number): Note {
  return (part) => {
    const key = keyOf(part);
    const known = readers.get(key);
    if (known === undefined) readers.set(key, [reader]);
    else if (known.at(-1) !== reader) known.push(reader);
  };
}

/** The request, telling which of its parts are looked at. */
function watched(record: Json, path: readonly string[], note: Note): Json {
  return new Proxy(record, {
    get: (target, key) => (typeof key === "string" ? look(target, [...path, key], note) : undefined),
    getOwnPropertyDescriptor: (target, key) => {
      const descriptor = Object.getOwnPropertyDescriptor(target, key);
      if (typeof key !== "string") return descriptor;
      const value = look(target, [...path, key], note);
      return descriptor === undefined ? undefined : { ...descriptor, value };
    },
  });
}

function look(target: Json, path: readonly string[], note: Note): unknown {
  const value: unknown = Object.getOwnPropertyDescriptor(target, path.at(-1) ?? "")?.value;
  if (!holdsParts(path)) note(path);
  else if (isRecord(value)) return watched(value, path, note);
  return value;
}

/** Whether the parts lie below this path, so that looking at it is looking at none of them yet. */
function holdsParts(path: readonly string[]): boolean {
  return partOf([...path, "", ""]).length > path.length;
}

/** The table's rows, then code points. */
function planOrder(): (checks: readonly Check[]) => readonly Check[] {
  const rows = new Map<string, number>();
  const rowOf = (id: string) => {
    const row = rows.get(id) ?? boundKinds.findIndex(({ kind }) => kind === boundKindOf(id)?.kind);
    rows.set(id, row);
    return row;
  };
  return (checks) => [...checks].sort((a, b) => rowOf(a.id) - rowOf(b.id) || codePointCompare(a.id, b.id));
}
