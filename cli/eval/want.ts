/** What a line expects of its verdict (SPEC §13). */
import type { Verdict } from "../../schema/verdict.ts";
import { isObject } from "./state.ts";

export interface Want {
  readonly verdict: string;
  /** Ids, in any order; undefined: any. */
  readonly violations?: readonly string[];
}

/** Undefined where the line wants nothing; `malformed` is met by no verdict. */
export function parseWant(value: unknown): Want | "malformed" | undefined {
  if (value === undefined) return undefined;
  if (!isObject(value)) return "malformed";
  const { verdict, violations, ...others } = value;
  if (Object.keys(others).length > 0 || !isDecision(verdict)) return "malformed";
  if (violations === undefined) return { verdict };
  return isTexts(violations) ? { verdict, violations } : "malformed";
}

/** What differs, in one sentence; undefined where the verdict is the one that was wanted. */
export function differenceFrom(want: Want | "malformed", verdict: Verdict): string | undefined {
  if (want === "malformed") return '`want` is not of the form {"verdict", "violations"?}';
  const got = verdict.violations.map(({ id }) => id);
  const isSame = verdict.verdict === want.verdict && (want.violations === undefined || sameSet(want.violations, got));
  return isSame ? undefined : `wanted ${inWords(want.verdict, want.violations)}, got ${inWords(verdict.verdict, got)}`;
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  const [left, right] = [new Set(a), new Set(b)];
  return left.size === right.size && a.every((id) => right.has(id));
}

function inWords(verdict: string, ids: readonly string[] | undefined): string {
  if (ids === undefined || verdict === "allow") return verdict;
  return `${verdict} (${ids.length === 0 ? "no violations" : ids.join(", ")})`;
}

function isDecision(value: unknown): value is string {
  return value === "allow" || value === "hold" || value === "deny";
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
