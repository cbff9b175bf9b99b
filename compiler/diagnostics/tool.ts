import type { Family } from "./entry.ts";

/** Tools and their arguments are shared out wrongly. */
export const tool = {} satisfies Family;
