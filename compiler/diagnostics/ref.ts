import type { Family } from "./entry.ts";

/** A name refers to nothing. */
export const ref = {} satisfies Family;
