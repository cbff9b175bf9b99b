/** From stored bytes to a record that is what it says it is: canonical, of its type, with its own hash. */
import { canonicalJson } from "../../../schema/json/canonical.ts";
import { sha256Hex } from "../../../schema/json/sha256.ts";
import { ownMember } from "../../own.ts";
import type { RecordProblem } from "../problem.ts";
import type { LedgerRecord } from "../record.ts";
import { stripPrototypes } from "./bare.ts";
import { bodyProblem } from "./body.ts";
import { sizeProblem } from "./size.ts";
import { sessionOf, unhashedText } from "./text.ts";

/** Objects of a record have no prototype. */
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
  const tooLarge = sizeProblem(text, seq);
  if (tooLarge !== undefined) return { ok: false, problem: tooLarge };
  try {
    const record: unknown = JSON.parse(text);
    stripPrototypes(record);
    if (!isFrame(record)) return refuse("RECORD_MALFORMED", `record ${seq} lacks a member of a record`);
    const wrong = bodyProblem(record.type, record.body);
    if (wrong !== undefined) return refuse("RECORD_MALFORMED", `record ${seq}: ${wrong}`);
    if (!isCanonical(record, text)) return refuse("RECORD_MALFORMED", `record ${seq} is not in its canonical form`);
    if (sha256Hex(unhashedText(record, text)) !== record.hash)
      return refuse("HASH_MISMATCH", `record ${seq} has been changed: its hash is of another record`);
    return { ok: true, record };
  } catch {
    // No JSON, or JSON that has no canonical form: too deep, numbers beyond doubles, lone surrogates.
    return refuse("RECORD_MALFORMED", `record ${seq} is no JSON document`);
  }
}

/** The same for a text that `seal` has just written: its form and its hash are right, its body may be none of its type. */
export function rereadRecord(text: string, seq: number): ParsedRecord {
  const tooLarge = sizeProblem(text, seq);
  if (tooLarge !== undefined) return { ok: false, problem: tooLarge };
  const record: LedgerRecord = JSON.parse(text);
  stripPrototypes(record);
  const wrong = bodyProblem(record.type, record.body);
  if (wrong === undefined && isFrame(record)) return { ok: true, record };
  return {
    ok: false,
    problem: { code: "RECORD_MALFORMED", seq, message: `record ${seq}: ${wrong ?? "is no record"}` },
  };
}

/** Whether the session is named after this first record. */
export function namesItsSession(record: LedgerRecord): boolean {
  return sessionOf(record) === record.session;
}

const frameMembers = 8;

/** With the members of a record and no other ones. */
function isCanonical(record: LedgerRecord, text: string): boolean {
  return Object.keys(record).length === frameMembers && canonicalJson(record) === text;
}

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
