/** The leaves of a request that bounds read, by their SPEC §5 paths. */
import type { LeafType } from "../../../../schema/cedar/context-type.ts";
import { slotLimit, unionSlot } from "../../../../schema/cedar/names.ts";
import type { Leaf } from "../condition.ts";

const leaf = (type: LeafType, ...path: readonly string[]): Leaf => ({ type, path });

export const now = leaf("Long", "now");
export const tool = leaf("String", "tool");
export const justified = leaf("Bool", "justified");

export const killed = leaf("Bool", "state", "killed");
export const halted = leaf("Bool", "state", "halted");
export const phase = leaf("String", "state", "phase");
export const activatedAt = leaf("Long", "state", "activatedAt");

export const meter = (id: string) => leaf("Long", "state", "meters", id);
export const velocity = (id: string) => leaf("Long", "state", "velocity", id);
export const approvals = (id: string) => leaf("Long", "state", "approvals", id);
export const lastSettled = (effect: string) => leaf("Long", "state", "last", effect);
export const evidence = (name: string) => leaf("Long", "state", "evidence", name);
export const produced = (fact: string, element: "number" | "text") =>
  leaf(element === "number" ? "LongSet" : "StringSet", "state", "produced", fact);

export const localTime = (zone: string) => ({
  day: leaf("String", "state", "local", zone, "day"),
  minute: leaf("Long", "state", "local", zone, "minute"),
  date: leaf("String", "state", "local", zone, "date"),
});

export const number = (field: string) => leaf("Long", "fields", field);
export const boolean = (field: string) => leaf("Bool", "fields", field);
export const text = (field: string) => leaf("String", "fields", field);

export const name = (field: string) => ({
  value: leaf("String", "fields", field, "value"),
  under: leaf("StringSet", "fields", field, "under"),
});

export const range = (field: string) => ({
  min: leaf("Long", "fields", field, "min"),
  max: leaf("Long", "fields", field, "max"),
});

export const set = (field: string, element: "number" | "text") => ({
  count: leaf("Long", "fields", field, "count"),
  items: leaf(element === "number" ? "LongSet" : "StringSet", "fields", field, "items"),
});

/** The ancestors of the first elements of a set, one leaf for each; at most `slotLimit`. */
export const slots = (field: string, count: number) =>
  Array.from({ length: Math.max(0, Math.min(count, slotLimit)) }, (_, index) =>
    leaf("StringSet", "fields", field, "under", String(index)),
  );

/** The ancestors of all elements of a set together. */
export const union = (field: string) => leaf("StringSet", "fields", field, "under", unionSlot);
