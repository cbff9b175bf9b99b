import type { Family } from "./entry.ts";

/** Something never happens, or always. */
export const fires = {} satisfies Family;
