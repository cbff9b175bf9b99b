import type { Family } from "./entry.ts";

/** Units or scales do not agree. */
export const unit = {} satisfies Family;
