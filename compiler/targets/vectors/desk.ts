/** Where the vectors of one base request are written down, each once. */
import { boundKindOf } from "../../../schema/bounds.ts";
import { verdictOn } from "../../../schema/reference/evaluate.ts";
import type { CedarDocument, CedarSide } from "./cedar-request.ts";
import { type Change, changed, type Json, partOf, valueAt } from "./change.ts";
import type { Coverage } from "./coverage.ts";
import type { Deviation } from "./deviations/deviation.ts";
import { type Judge, keyOf } from "./judge.ts";
import { diff, joined } from "./merge-patch.ts";
import type { Vector, Want } from "./vector.ts";

export interface Base {
  readonly id: string;
  readonly request: Json;
  readonly cedar: CedarDocument;
}

export interface Desk {
  readonly base: Base;
  readonly judge: Judge;
  /** Answers what is violated; an operand spoilt in a way that was written already is not written again. */
  readonly write: (bound: string | undefined, deviation: Deviation) => readonly string[];
}

/** What the vectors of an envelope are written with. */
export interface Pen {
  readonly lines: Vector[];
  readonly cedar: CedarSide;
  readonly coverage: Coverage;
}

export function openDesk({ lines, cedar, coverage }: Pen, id: string, request: Json, judge: Judge, root?: Base): Desk {
  const base: Base = { id, request, cedar: cedar.document(request) };
  const put = (vector: Omit<Vector, "want">, violations: readonly string[]) => {
    coverage.note(violations);
    lines.push({ ...vector, want: wantOf(violations) });
  };
  put(
    root === undefined
      ? { id, request: structuredClone(request), cedar: base.cedar }
      : { id, base: root.id, request: diff(root.request, request), cedar: diff(root.cedar, base.cedar) },
    judge.violations,
  );
  const cedarPatch = cedar.patches(request);
  const spoilt = new Set<string>();
  const ids = new Set<string>();
  return {
    base,
    judge,
    write: (bound, { label, changes, isSpoilt }) => {
      const violations = judge.judge(changes);
      const patch = patchOf(request, changes);
      const key = isSpoilt ? JSON.stringify(patch) : "";
      if (isSpoilt && spoilt.has(key)) return violations;
      spoilt.add(key);
      const place = bound === undefined || bound.startsWith("effects/") ? (bound ?? id) : `${bound} at ${id}`;
      const named = bound === undefined ? {} : { bound };
      const vectorId = freeId(`${place}: ${label}`, ids);
      put({ id: vectorId, ...named, base: id, request: patch, cedar: cedarPatch(changes) }, violations);
      return violations;
    },
  };
}

/** Two operators on one field may lead to the same label. */
function freeId(id: string, taken: Set<string>): string {
  let free = id;
  for (let number = 2; taken.has(free); number += 1) free = `${id} (${number})`;
  taken.add(free);
  return free;
}

/** The changes as a merge patch of the request: what becomes of each part that they touch. */
function patchOf(request: Json, changes: readonly Change[]): Json {
  const parts = [...new Map(changes.map(({ path }) => [keyOf(partOf(path)), partOf(path)])).values()];
  const before = parts.map((part) => valueAt(request, part));
  const after = changed(request, changes, () => parts.map((part) => valueAt(request, part)));
  return parts.reduce<Json>((patch, part, index) => {
    const change = diff({ it: before[index] }, after[index] === undefined ? {} : { it: after[index] });
    return Object.hasOwn(change, "it") ? joined(patch, nested(part, change.it)) : patch;
  }, {});
}

/** The value with the way to it. */
function nested(part: readonly string[], value: unknown): Json {
  return part.reduceRight<Json>((inner, key, index) => ({ [key]: index === part.length - 1 ? value : inner }), {});
}

function wantOf(violations: readonly string[]): Want {
  const { verdict } = verdictOn(violations);
  const [first] = violations;
  return first === undefined
    ? { verdict, violations }
    : { verdict, code: boundKindOf(first)?.code ?? "CAPABILITY_NOT_GRANTED", violations };
}
