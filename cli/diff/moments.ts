/** The facts of a vector, moved to times that can be: vectors change one of them at a time, whatever the others are. */
import type { Json } from "../../compiler/targets/vectors/change.ts";
import { type KnownIds, stateMaps } from "../eval/known-ids.ts";
import { isObject } from "../eval/state.ts";
import type { Span } from "./openings.ts";

export interface Facts {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly justified: boolean;
  /** Without local times, which `now` decides. */
  readonly state: Json;
}

/**
 * @param known what the envelope of the session has; nothing else is kept
 * @param openings instants to move them to besides
 */
export function momentsOf(
  { now, justified, state }: Json,
  known: KnownIds,
  span: Span,
  openings: readonly number[],
): readonly Facts[] {
  const kept = keptOf(state, known);
  if (!isCount(now) || typeof justified !== "boolean" || kept === undefined) return [];
  const { numbers, times } = kept;
  const activatedAt = Math.min(kept.activatedAt, ...Object.values(times.last));
  const shifts = new Set([0, ...openings.map((at) => at - now), span.from - activatedAt, span.until - 1 - now]);
  return [...shifts].flatMap((by) => {
    const later = (map: Times) => Object.fromEntries(Object.entries(map).map(([name, at]) => [name, at + by]));
    const [last, evidence] = [later(times.last), later(times.evidence)];
    const moved = { ...numbers, activatedAt: activatedAt + by, last, evidence };
    const all = [moved.activatedAt, ...Object.values(last), ...Object.values(evidence)];
    const canBe = all.every((at) => 0 <= at && at <= now + by) && moved.activatedAt >= span.from;
    return canBe ? [{ now: now + by, justified, state: moved }] : [];
  });
}

type Times = Readonly<Record<string, number>>;

interface Kept {
  readonly activatedAt: number;
  readonly times: { readonly last: Times; readonly evidence: Times };
  /** Counters, and what was produced. */
  readonly numbers: Json;
}

/** Undefined where a fact is not what a session's state layer could say. */
function keptOf(state: unknown, known: KnownIds): Kept | undefined {
  if (!isObject(state) || !isCount(state.activatedAt)) return undefined;
  const maps = new Map<string, Json>();
  for (const map of stateMaps) {
    const given = state[map] ?? {};
    if (!isObject(given)) return undefined;
    maps.set(map, Object.fromEntries(Object.entries(given).filter(([id]) => known[map].has(id))));
  }
  const counts = ["meters", "velocity", "approvals", "last", "evidence"].map((map) => countsOf(maps.get(map)));
  const [meters, velocity, approvals, last, evidence] = counts;
  if (!meters || !velocity || !approvals || !last || !evidence) return undefined;
  return {
    activatedAt: state.activatedAt,
    times: { last, evidence },
    numbers: { meters, velocity, approvals, produced: maps.get("produced") ?? {} },
  };
}

function countsOf(map: Json = {}): Times | undefined {
  const counts = new Map<string, number>();
  for (const [id, value] of Object.entries(map)) {
    if (!isCount(value)) return undefined;
    counts.set(id, value);
  }
  return Object.fromEntries(counts);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
