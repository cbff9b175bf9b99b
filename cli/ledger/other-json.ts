/** A JSON file that is no ledger, an envelope for one: that is said once, and not of each of its lines. */
import type { FileHandle } from "node:fs/promises";
import { ownMember } from "../../runtime/own.ts";
import { defaultMaxBytes, parseJson, toValue } from "../../schema/json/parse.ts";
import { UsageError } from "../io.ts";

/** Records are in lines: only a file with a single one is a JSON document as a whole, and that one says so, changed or not. */
const marks: readonly string[] = ["session", "seq", "hash"];

/** @throws UsageError for one JSON document that is no record */
export async function expectRecords(path: string, handle: FileHandle): Promise<void> {
  const { size } = await handle.stat();
  // No envelope is larger; the records of a ledger that is are told one by one.
  if (size === 0 || size > defaultMaxBytes) return;
  const { buffer, bytesRead } = await handle.read(new Uint8Array(size), 0, size, 0);
  const parsed = parseJson(buffer.subarray(0, bytesRead));
  if (!parsed.ok) return;
  const value = toValue(parsed.root);
  if (marks.some((mark) => ownMember(value, mark) !== undefined)) return;
  throw new UsageError(
    `\`${path}\` is no ledger: it is one JSON document, and an SQLite file, or records as JSON lines, was expected`,
  );
}
