import type { JsonNode } from "../../schema/json/node.ts";
import { formatPointer } from "../../schema/json/pointer.ts";
import { toValue } from "../../schema/json/value.ts";
import { mismatch } from "./describe.ts";
import type { Failures } from "./failures.ts";

/** The defaults that stand for absent arguments of one call. */
export class Defaults {
  readonly #byPointer = new Map<string, { tokens: readonly string[]; node: JsonNode; text: string }>();

  /** Two fields of one argument may not put different values there. */
  use(tokens: readonly string[], node: JsonNode, failures: Failures): void {
    const pointer = formatPointer(tokens);
    const text = JSON.stringify(toValue(node));
    const other = this.#byPointer.get(pointer);
    if (other === undefined) this.#byPointer.set(pointer, { tokens, node, text });
    else if (other.text !== text)
      failures.add(tokens, mismatch(tokens, "sent, because its defaults differ", undefined));
  }

  /** The arguments with the defaults filled in: a new value, objects without prototype. */
  fill(args: JsonNode): unknown {
    const value = toValue(args);
    for (const { tokens, node } of this.#byPointer.values()) put(value, tokens, toValue(node));
    return value;
  }
}

function put(root: unknown, tokens: readonly string[], value: unknown): void {
  let parent = root;
  for (const [i, token] of tokens.entries()) {
    if (!isObject(parent)) return;
    if (i === tokens.length - 1) parent[token] = value;
    else parent = parent[token] ??= Object.create(null);
  }
}

/** Made by `toValue`: plain, and without prototype, so that any name is an ordinary one. */
function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
