/** Requests as Cedar is asked them, and what a change of a request changes in them (SPEC §6). */
import type { ContextType, ContextTypes, RecordType } from "../../../schema/cedar/context-type.ts";
import { planCedarEncoding } from "../../../schema/cedar/encode.ts";
import { type Change, changed, isRecord, type Json, partOf } from "./change.ts";
import { keyOf } from "./judge.ts";
import { diff, joined } from "./merge-patch.ts";

/** `{principal, action, resource, context}`: ids of entities, and the context as JSON. */
export type CedarDocument = Json;

export interface CedarSide {
  readonly document: (request: Json) => CedarDocument;
  /** Asks for many changes of one request: each as a merge patch of its document. */
  readonly patches: (request: Json) => (changes: readonly Change[]) => Json;
}

export function planCedarSide(types: ContextTypes): CedarSide {
  const encode = planCedarEncoding(types);
  const document = (request: Json): CedarDocument => {
    const encoded = encode(request);
    return { ...encoded, context: JSON.parse(encoded.context) };
  };
  return {
    document,
    patches: (request) => {
      const { action } = encode(request);
      const partial = new Map<string, PartialEncoder>();
      const encoderOf = (part: readonly string[]) => {
        const key = keyOf(part);
        const known = partial.get(key) ?? planPart(types.get(action), part, request);
        partial.set(key, known);
        return known;
      };
      let whole: CedarDocument | undefined;
      return (changes) => {
        if (changes.some(({ path }) => path.length === 1 && !innocent.has(path[0]!))) {
          whole ??= document(request);
          return diff(
            whole,
            changed(request, changes, () => document(request)),
          );
        }
        const encoders = new Set(changes.map(({ path }) => encoderOf(partOf(path))));
        return [...encoders].reduce<Json>((patch, { before, now }) => {
          const context = diff(before, changed(request, changes, now));
          return Object.keys(context).length === 0 ? patch : joined(patch, { context });
        }, {});
      };
    },
  };
}

/** Members of the request that are leaves of the context and nothing else. */
const innocent: ReadonlySet<string> = new Set(["tool", "now", "justified"]);

interface PartialEncoder {
  readonly before: Json;
  /** The part of the context as the request now stands. */
  readonly now: () => Json;
}

/** Encodes only what one part of the request becomes. */
function planPart(type: RecordType | undefined, part: readonly string[], request: Json): PartialEncoder {
  const only = type === undefined ? undefined : restricted(type, part);
  if (only === undefined) return { before: {}, now: () => ({}) };
  const encode = planCedarEncoding(new Map([["", only]]));
  const now = (): Json => {
    const context: unknown = JSON.parse(encode(request).context);
    return isRecord(context) ? context : {};
  };
  return { before: now(), now };
}

function restricted({ attributes }: RecordType, [name = "", ...rest]: readonly string[]): RecordType | undefined {
  const type: ContextType | undefined = attributes.get(name);
  if (type === undefined) return undefined;
  if (rest.length === 0 || typeof type === "string") return { attributes: new Map([[name, type]]) };
  const inner = restricted(type, rest);
  return inner === undefined ? undefined : { attributes: new Map([[name, inner]]) };
}
