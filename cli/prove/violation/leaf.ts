/** The leaves of Cedar's context: the paths of the request (SPEC §5, §6). */
import { allOf, cedar, not, type Statement, type Term } from "./statement.ts";

export interface Leaf extends Term {
  readonly record: Term;
  readonly name: string;
}

/** The value of a leaf: to be read only where it is there. */
export function leaf(...path: readonly [string, ...string[]]): Leaf {
  const name = path.at(-1) ?? "";
  const record = path.slice(0, -1).reduce((term, step) => cedar`${term}[${step}]`, cedar`context`);
  return { ...cedar`${record}[${name}]`, record, name };
}

/**
 * One of the leaves is missing, or else the statement is true of them. A leaf of another type is missing too: the encoding
 * leaves it out. Cedar's validator admits a leaf only behind a test that it is there.
 */
export function missingOr(leaves: readonly Leaf[], statement: Statement): Statement {
  if (statement === true) return true;
  const there = allOf(...leaves.map(({ record, name }) => cedar`${record} has ${name}`));
  if (statement === false || typeof there === "boolean") return not(there);
  return cedar`if ${there} then ${statement} else true`;
}

export const now = leaf("now");
export const tool = leaf("tool");
export const field = (key: string, ...members: readonly string[]) => leaf("fields", key, ...members);
export const state = (...keys: readonly string[]) => leaf("state", ...keys);
