/** Times on the command line: RFC 3339, or whole milliseconds since 1970. */
import { parseInteger } from "../schema/values/integer.ts";
import { parseTimestamp } from "../schema/values/timestamp.ts";
import { type Io, UsageError } from "./io.ts";

/**
 * @param option its name, for the message
 * @returns epoch milliseconds; those of the clock where nothing is given
 * @throws UsageError
 */
export function readInstant(option: string, text: string | undefined, io: Io): number {
  if (text === undefined) return io.now();
  const read = /^\d+$/.test(text) ? parseInteger(text) : parseTimestamp(text);
  if (read.ok) return read.value;
  throw new UsageError(`\`${option}\` is neither RFC 3339, such as 2024-02-15T14:30:00Z, nor milliseconds since 1970`);
}
