/** The `state` of a line: what it may name, and how it replaces the facts of a fresh session (SPEC §13, §14). */
import { quote, quoteList } from "../../compiler/diagnostics/quote.ts";
import type { State } from "../../schema/request.ts";
import { type KnownIds, type StateMap, stateMaps } from "./known-ids.ts";

type Members = Readonly<Record<string, unknown>>;

const scalars: readonly string[] = ["seq", "phase", "killed", "halted", "activatedAt"];
const localMembers: readonly string[] = ["day", "minute", "date"];

/** The first thing in `state` that the envelope does not know, as one sentence; undefined where there is none. */
export function stateFault(state: Members, known: KnownIds): string | undefined {
  for (const [member, value] of Object.entries(state)) {
    if (scalars.includes(member)) continue;
    if (!isStateMap(member))
      return `unknown member ${quote(member)} of \`state\`: it has ${quoteList([...scalars, ...stateMaps])}`;
    for (const [id, entry] of Object.entries(isObject(value) ? value : {})) {
      if (!known[member].has(id)) return `\`state.${member}\` names ${quote(id)}, which the envelope does not have`;
      const strange =
        member === "local" && isObject(entry) && Object.keys(entry).find((key) => !localMembers.includes(key));
      if (strange !== false && strange !== undefined)
        return `unknown member ${quote(strange)} of the local time of ${quote(id)}: it has ${quoteList(localMembers)}`;
    }
  }
  return undefined;
}

/**
 * Members given replace those of the fresh session, maps entry by entry; null makes a member or an entry absent. A map of
 * another type counts as empty: nothing of it is confirmed.
 */
export function mergeState(fresh: State, given: Members): Members {
  const merged = new Map<string, unknown>(Object.entries(fresh));
  for (const [member, value] of Object.entries(given)) {
    if (value === null) merged.delete(member);
    else if (!isStateMap(member)) merged.set(member, value);
    else merged.set(member, isObject(value) ? mergeMap(fresh[member], value) : recordOf([]));
  }
  return recordOf(merged);
}

function mergeMap(fresh: Members, given: Members): Members {
  const merged = new Map(Object.entries(fresh));
  for (const [id, value] of Object.entries(given)) {
    if (value === null) merged.delete(id);
    else merged.set(id, value);
  }
  return recordOf(merged);
}

export function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isStateMap(member: string): member is StateMap {
  return stateMaps.some((map) => map === member);
}

function recordOf(entries: Iterable<readonly [string, unknown]>): Members {
  const record: Record<string, unknown> = Object.create(null);
  for (const [key, value] of entries) record[key] = value;
  return record;
}
