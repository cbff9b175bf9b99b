import type { JsonNode } from "../../schema/json/node.ts";
import type { Defaults } from "./defaults.ts";
import { mismatch } from "./describe.ts";
import type { Failures, Place } from "./failures.ts";
import { resolve } from "./resolve.ts";
import type { ScalarReader, ScalarValue } from "./scalar.ts";

/** One call while its fields are read. */
export interface Reading {
  readonly args: JsonNode;
  readonly defaults: Defaults;
  readonly failures: Failures;
}

/** The argument at a pointer without `*`, or what stands for it where it is absent; undefined, and reported, if there is neither. */
export function argumentAt(
  tokens: readonly string[],
  fallback: JsonNode | undefined,
  { args, defaults, failures }: Reading,
): JsonNode | undefined {
  const resolved = resolve(args, tokens);
  if (resolved.is === "blocked") {
    const place = tokens.slice(0, resolved.depth);
    failures.block(place, mismatch(place, "an object", resolved.node));
    return undefined;
  }
  // null counts as absent for an optional argument only.
  const isAbsent = resolved.is === "missing" || (fallback !== undefined && resolved.node.kind === "null");
  if (!isAbsent) return resolved.node;
  if (fallback === undefined) failures.add(tokens, mismatch(tokens, "there", undefined));
  else defaults.use(tokens, fallback, failures);
  return fallback;
}

/** The canonical value of a node; undefined, and reported, if it has none. */
export function readValue(
  read: ScalarReader,
  node: JsonNode,
  place: Place,
  failures: Failures,
): ScalarValue | undefined {
  const parsed = read(node);
  if (parsed.ok) return parsed.value;
  failures.add(place, mismatch(place, parsed.reason, node, parsed.canonical));
  return undefined;
}
