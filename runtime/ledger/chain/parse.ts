/** From stored bytes to a record that is what it says it is: canonical, of its type, with its own hash. */
import { canonicalForm } from "../../../schema/json/canonical.ts";
import { sha256Hex } from "../../../schema/json/sha256.ts";
import { ownMember } from "../../own.ts";
import type { RecordProblem } from "../problem.ts";
import type { LedgerRecord } from "../record.ts";
import { bodyProblem } from "./body.ts";
import { sizeProblem } from "./size.ts";
import { type Sealed, sessionOf, unhashedText } from "./text.ts";

/** Objects of a record inherit nothing. */
export type ParsedRecord =
  | { readonly ok: true; readonly record: LedgerRecord }
  | { readonly ok: false; readonly problem: RecordProblem };

/**
 * Total. A text that is not byte for byte what the record is written as is refused, so that every changed byte shows.
 *
 * @param seq the number that the record should have, for the message
 */
export function parseRecord(text: string, seq: number): ParsedRecord {
  const tooLarge = sizeProblem(text, seq);
  if (tooLarge !== undefined) return { ok: false, problem: tooLarge };
  try {
    const form = canonicalForm(JSON.parse(text));
    const read = checkRecord(form.value, seq);
    if (!read.ok) return read;
    const { record } = read;
    if (form.text !== text || Object.keys(record).length !== frameMembers)
      return refuse("RECORD_MALFORMED", seq, `record ${seq} is not in its canonical form`);
    if (sha256Hex(unhashedText(record, text)) !== record.hash)
      return refuse("HASH_MISMATCH", seq, `record ${seq} has been changed: its hash is of another record`);
    return read;
  } catch {
    // No JSON, or JSON that has no canonical form: too deep, numbers beyond doubles, lone surrogates.
    return refuse("RECORD_MALFORMED", seq, `record ${seq} is no JSON document`);
  }
}

/** The same for what has just been sealed: its form and its hash are right, its body may be none of its type. */
export function checkSealed({ record, text }: Sealed, seq: number): ParsedRecord {
  const tooLarge = sizeProblem(text, seq);
  return tooLarge === undefined ? checkRecord(record, seq) : { ok: false, problem: tooLarge };
}

/** @param value plain data that inherits nothing */
function checkRecord(value: unknown, seq: number): ParsedRecord {
  if (!isFrame(value)) return refuse("RECORD_MALFORMED", seq, `record ${seq} lacks a member of a record`);
  const wrong = bodyProblem(value.type, value.body);
  if (wrong !== undefined) return refuse("RECORD_MALFORMED", seq, `record ${seq}: ${wrong}`);
  return { ok: true, record: value };
}

function refuse(code: RecordProblem["code"], seq: number, message: string): ParsedRecord {
  return { ok: false, problem: { code, seq, message } };
}

/** Whether the session is named after this first record. */
export function namesItsSession(record: LedgerRecord): boolean {
  return sessionOf(record) === record.session;
}

const frameMembers = 8;

/** A body is looked at by its schema, which also knows the types; more members show in the canonical form. */
function isFrame(value: unknown): value is LedgerRecord {
  if (typeof value !== "object" || value === null) return false;
  for (const name of texts) if (typeof ownMember(value, name) !== "string") return false;
  for (const name of numbers) {
    const number = ownMember(value, name);
    if (typeof number !== "number" || !Number.isSafeInteger(number) || number < 0) return false;
  }
  return true;
}

const texts = ["type", "session", "envelope", "prev", "hash"];
const numbers = ["seq", "at"];
