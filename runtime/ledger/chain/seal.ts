/** From an entry to the record that follows a head. */
import type { Entry, Head } from "../record.ts";
import { noHead } from "../record.ts";
import { type Sealed, sealed, sessionOf } from "./text.ts";

export type { Sealed } from "./text.ts";

/** What a chain is about. */
export interface ChainName {
  readonly session: string;
  readonly envelope: string;
}

/** The record that follows the head. Only for entries of plain data, as `bodyProblem` lets pass. */
export function seal(entry: Entry, head: Head, { session, envelope }: ChainName): Sealed {
  return sealed({ seq: head.seq + 1, ...entry, session, envelope, prev: head.hash });
}

/** The first record, which gives the session its name. */
export function sealFirst(entry: Entry<"activated" | "rejected">, envelope: string): Sealed {
  const session = sessionOf({ seq: 1, ...entry, envelope, prev: noHead.hash });
  return seal(entry, noHead, { session, envelope });
}
