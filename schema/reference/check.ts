import type { HostileRequest } from "../request.ts";

/** One row of the table of bounds, made concrete: its id, and whether a request confirms it. */
export interface Check {
  readonly id: string;
  readonly ok: (request: HostileRequest) => boolean;
}
