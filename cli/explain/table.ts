/** Every bound that a call is judged by: what it brings, what the envelope demands, and where that is written. */
import type { Document } from "../../compiler/read/document.ts";
import { boundsOf } from "../../runtime/bounds-of.ts";
import { describeBound } from "../../runtime/messages/describe.ts";
import { pointerOf } from "../../schema/bound-pointer.ts";
import type { Envelope } from "../../schema/envelope.ts";
import type { Verdict } from "../../schema/verdict.ts";
import type { coloursOf } from "../io.ts";

export interface BoundRow {
  readonly id: string;
  readonly ok: boolean;
  readonly value: string;
  readonly limit: string;
  readonly pointer: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** Bounds whose ids, and so whose pointers, read otherwise than the members they are written in. */
const writtenAt: ReadonlyMap<string, string> = new Map([
  ["/validity/not_before", "/validity/notBefore"],
  ["/validity/expires_at", "/validity/expiresAt"],
  ["/validity/duration", "/validity/maxDurationSeconds"],
]);

/** Empty where there is no request: the call could not be decoded. */
export function boundRows(verdict: Verdict, envelope: Envelope, document: Document): readonly BoundRow[] {
  const { request, effect } = verdict;
  if (request === null || effect === null) return [];
  const violated = new Set(verdict.violations.map(({ id }) => id));
  return boundsOf(envelope, effect).map((id) => {
    const pointer = pointerOf(id, envelope);
    return {
      id,
      ok: !violated.has(id),
      ...describeBound(id, envelope, request),
      pointer,
      ...document.position(writtenAt.get(pointer) ?? pointer),
    };
  });
}

const headings = ["", "bound", "value", "limit", "written at"] as const;

export function boundTable(rows: readonly BoundRow[], file: string, colours: ReturnType<typeof coloursOf>): string {
  const cells = rows.map(({ id, ok, value, limit, line, column }) => [
    ok ? "ok" : "NO",
    id,
    value,
    limit,
    `${file}:${line}:${column}`,
  ]);
  const widths = headings.map((heading, i) =>
    Math.max(...[heading, ...cells.map((row) => row[i] ?? "")].map(lengthOf)),
  );
  const lineOf = (row: readonly string[]) =>
    row
      .map((cell, i) => cell + " ".repeat((widths[i] ?? 0) - lengthOf(cell)))
      .join("  ")
      .trimEnd();
  const body = cells.map((row, i) => (rows[i]?.ok ? lineOf(row) : colours.red(lineOf(row))));
  return `${[colours.bold(lineOf(headings)), ...body].join("\n")}\n`;
}

function lengthOf(text: string): number {
  return [...text].length;
}
