import type { Family } from "./entry.ts";

/** A time, zone or window is wrong. */
export const time = {} satisfies Family;
