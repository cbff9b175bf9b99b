import { show } from "./show.ts";

/** `1 second`, `2 seconds`; what is no number stands as it is. */
export function counted(count: unknown, one: string): string {
  return `${show(count)} ${count === 1 ? one : `${one}s`}`;
}
