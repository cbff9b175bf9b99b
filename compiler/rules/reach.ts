/** Whether two ways to reach a tool can be reached by one call (SPEC §2, "a tool with several actions"). */
import type { DiscriminatedTool, Scalar } from "../../schema/envelope.ts";
import { parsePointer } from "../../schema/json/pointer.ts";

export type Where = DiscriminatedTool["where"];

/** The values that an argument may have: those listed, or nothing and what is empty. */
type Choice = { readonly values: readonly Scalar[] } | { readonly empty: true };

/**
 * The arguments of a call that matches both, as plain data; undefined if there is none. A plain tool is the `where` without members.
 */
export function callOfBoth(a: Where, b: Where): Readonly<Record<string, unknown>> | undefined {
  if (differ(a, b)) return undefined;
  const choices = new Map<string, Choice>();
  for (const pointer of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const choice = common(choiceOf(a, pointer), choiceOf(b, pointer));
    if (choice === undefined) return undefined;
    choices.set(pointer, choice);
  }
  const wanted = [...choices].flatMap(([pointer, choice]) =>
    "values" in choice ? [{ tokens: parsePointer(pointer), value: choice.values[0] }] : [],
  );
  // A scalar, or nothing, where a deeper argument must be found, leaves no call.
  const isBlocked = wanted.some(({ tokens }) =>
    [...choices.keys()].some((pointer) => isAbove(parsePointer(pointer), tokens)),
  );
  const hidesEmpty = wanted.some(({ tokens }) =>
    [...choices.keys()].some((pointer) => isAbove(tokens, parsePointer(pointer))),
  );
  return isBlocked || hidesEmpty ? undefined : build(wanted);
}

/** Whether one argument has no value in common: the quick answer for most pairs. */
function differ(a: Where, b: Where): boolean {
  for (const pointer in a) {
    const some = a[pointer];
    const others = Object.hasOwn(b, pointer) ? b[pointer] : undefined;
    if (!Array.isArray(some) || !Array.isArray(others)) continue;
    if (!some.some((value) => others.includes(value))) return true;
  }
  return false;
}

function choiceOf(where: Where, pointer: string): Choice | undefined {
  const written = Object.hasOwn(where, pointer) ? where[pointer] : undefined;
  if (written === undefined) return undefined;
  return Array.isArray(written) ? { values: written } : { empty: true };
}

/** What both admit; undefined if nothing. An argument that only one of them looks at is as that one wants it. */
function common(a: Choice | undefined, b: Choice | undefined): Choice | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if ("empty" in a && "empty" in b) return a;
  const values = "values" in a ? a.values : "values" in b ? b.values : [];
  const other = "values" in a ? b : a;
  const shared = values.filter((value) => ("values" in other ? other.values.includes(value) : value === ""));
  return shared.length === 0 ? undefined : { values: shared };
}

function isAbove(a: readonly string[], b: readonly string[]): boolean {
  return a.length < b.length && a.every((token, i) => token === b[i]);
}

interface Wanted {
  readonly tokens: readonly string[];
  readonly value: Scalar | undefined;
}

function build(wanted: readonly Wanted[]): Readonly<Record<string, unknown>> {
  const heads = new Set(wanted.flatMap(({ tokens }) => tokens.slice(0, 1)));
  const object: Record<string, unknown> = Object.create(null);
  for (const head of heads) {
    const under = wanted.filter(({ tokens }) => tokens[0] === head);
    const leaf = under.find(({ tokens }) => tokens.length === 1);
    object[head] = leaf?.value ?? build(under.map(({ tokens, value }) => ({ tokens: tokens.slice(1), value })));
  }
  return object;
}
