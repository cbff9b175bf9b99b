/** How long a record may be: it is written by one append, and read by all who open the session. */
import type { RecordProblem } from "../problem.ts";

/** UTF-16 units of the canonical form: 4 Mi. */
export const longestRecord = 4_194_304;

export function sizeProblem(text: string, seq: number): RecordProblem | undefined {
  if (text.length <= longestRecord) return undefined;
  const message = `record ${seq} has ${text.length} characters, and ${longestRecord} are the most`;
  return { code: "RECORD_TOO_LARGE", seq, message };
}
