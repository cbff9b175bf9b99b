import type { Envelope, Field } from "../../schema/envelope.ts";
import { defaultMaxDepth } from "../../schema/json/depth.ts";
import type { JsonNode } from "../../schema/json/node.ts";
import { defaultMaxBytes } from "../../schema/json/parse.ts";
import { parsePointer } from "../../schema/json/pointer.ts";
import { isExactNumber } from "../../schema/values/exact.ts";
import { resolve } from "./resolve.ts";
import { type ScalarReader, scalarReader } from "./scalar.ts";
import { readStrictly } from "./strict.ts";

/** UTF-16 units. Every record of a later call says again what was produced: what is no name, and no id, is no result. */
const longestResult = 4_096;

/** Decodes a settled result: its text, bytes or node → canonical values by result name, names by value. Total. */
export type ResultsDecoder = (result: string | Uint8Array | JsonNode) => Readonly<Record<string, string | number>>;

interface ResultPlan {
  readonly name: string;
  readonly tokens: readonly string[];
  readonly read: ScalarReader;
}

/** The decoder of an effect's `results` (SPEC §14): scalar, without `*`; one that cannot be decoded adds nothing. */
export function planResults(envelope: Envelope, effect: string): ResultsDecoder {
  const results = Object.hasOwn(envelope.effects, effect) ? envelope.effects[effect]?.results : undefined;
  const plans = Object.entries(results ?? {}).flatMap(([name, field]) => planResult(name, field) ?? []);
  return (result) => {
    const produced: Record<string, string | number> = Object.create(null);
    const root = rootOf(result);
    for (const plan of root === undefined ? [] : plans) {
      const value = readResult(plan, root);
      if (value !== undefined) produced[plan.name] = value;
    }
    return produced;
  };
}

function planResult(name: string, field: Field): ResultPlan | undefined {
  if (field.type === "set" || field.type === "span" || field.type === "product" || field.type === "url")
    return undefined;
  const tokens = parsePointer(field.from);
  return tokens.includes("*") ? undefined : { name, tokens, read: scalarReader(field) };
}

function rootOf(result: string | Uint8Array | JsonNode): JsonNode | undefined {
  try {
    const root = readStrictly(result, defaultMaxDepth, defaultMaxBytes);
    return typeof root === "string" ? undefined : root;
  } catch {
    // Only a value that is no result at all, against the types, gets here.
    return undefined;
  }
}

function readResult({ tokens, read }: ResultPlan, root: JsonNode | undefined): string | number | undefined {
  const resolved = root === undefined ? undefined : resolve(root, tokens);
  if (resolved?.is !== "found") return undefined;
  if (resolved.node.kind === "number" && !isExactNumber(resolved.node.text)) return undefined;
  const parsed = read(resolved.node);
  if (!parsed.ok || typeof parsed.value === "boolean") return undefined;
  if (typeof parsed.value !== "object") return short(parsed.value);
  return "value" in parsed.value ? short(parsed.value.value) : undefined;
}

function short<T extends string | number>(value: T): T | undefined {
  return typeof value === "string" && value.length > longestResult ? undefined : value;
}
