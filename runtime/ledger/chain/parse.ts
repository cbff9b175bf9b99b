/** From stored bytes to a record that is what it says it is: canonical, of its type, with its own hash. */
import { ownMember } from "../../own.ts";
import type { RecordProblem } from "../problem.ts";
import type { LedgerRecord } from "../record.ts";
import { bodyProblem } from "./body.ts";
import { recordText, sealedText, sessionOf } from "./text.ts";

export type ParsedRecord =
  | { readonly ok: true; readonly record: LedgerRecord }
  | { readonly ok: false; readonly problem: RecordProblem };

/**
 * Total. A text that is not byte for byte what the record is written as is refused, so that every changed byte shows.
 *
 * @param seq the number that the record should have, for the message
 */
export function parseRecord(text: string, seq: number): ParsedRecord {
  const refuse = (code: RecordProblem["code"], message: string): ParsedRecord => ({
    ok: false,
    problem: { code, seq, message },
  });
  try {
    const record: unknown = JSON.parse(text);
    if (!isFrame(record)) return refuse("RECORD_MALFORMED", `record ${seq} lacks a member of a record`);
    const wrong = bodyProblem(record.type, record.body);
    if (wrong !== undefined) return refuse("RECORD_MALFORMED", `record ${seq}: ${wrong}`);
    if (recordText(record) !== text) return refuse("RECORD_MALFORMED", `record ${seq} is not in its canonical form`);
    if (sealedText(record).hash !== record.hash)
      return refuse("HASH_MISMATCH", `record ${seq} has been changed: its hash is of another record`);
    return { ok: true, record };
  } catch {
    // No JSON, or JSON that has no canonical form: too deep, numbers beyond doubles, lone surrogates.
    return refuse("RECORD_MALFORMED", `record ${seq} is no JSON document`);
  }
}

/** Whether the session is named after this first record. */
export function namesItsSession(record: LedgerRecord): boolean {
  return sessionOf(record) === record.session;
}

/** A body is looked at by its schema, which also knows the types; more members show in the canonical form. */
function isFrame(value: unknown): value is LedgerRecord {
  const texts = ["type", "session", "envelope", "prev", "hash"].map((name) => ownMember(value, name));
  const numbers = ["seq", "at"].map((name) => ownMember(value, name));
  return (
    texts.every((text) => typeof text === "string") &&
    numbers.every((number) => typeof number === "number" && Number.isSafeInteger(number) && number >= 0)
  );
}
