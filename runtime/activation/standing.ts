/** When an envelope holds, and what it comes from. */
import type { Envelope } from "../../schema/envelope.ts";
import { parseTimestamp } from "../../schema/values/timestamp.ts";
import { type Failure, fail } from "./check.ts";

export function checkTime({ validity }: Envelope, now: number): Failure | undefined {
  const [begin, end] = [parseTimestamp(validity.notBefore), parseTimestamp(validity.expiresAt)];
  if (!begin.ok || !end.ok) return fail("time", "the envelope's validity cannot be read");
  if (!(begin.value <= now)) return fail("time", `the envelope is not valid before ${validity.notBefore}`);
  return now < end.value ? undefined : fail("time", `the envelope expired at ${validity.expiresAt}`);
}

/** An envelope is never taken for narrower than what it comes from: that has to be shown first. */
export function checkParent({ parent }: Envelope): Failure | undefined {
  if (parent !== undefined)
    return fail("parent", "the envelope names a parent: that it stays within it cannot be verified yet");
  return undefined;
}
