/** The request as Cedar is asked it (SPEC §6): a projection of the request onto the context type of its action. */
import type { HostileRequest } from "../request.ts";
import type { ContextType, ContextTypes, RecordType } from "./context-type.ts";
import { encodeLeaf } from "./leaf.ts";
import { reservedAction } from "./names.ts";
import { encodeSlots } from "./slots.ts";

export interface CedarRequest {
  /** Ids of entities; a principal or resource that is no string has the empty id, which no envelope has. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** The text of a JSON object that satisfies the schema: declared attributes only, records present, mistyped leaves left out. */
  readonly context: string;
}

export type CedarEncoder = (request: HostileRequest) => CedarRequest;

/** Prepares the encoding once for each schema. The encoder is total on plain data, whatever the types of its leaves. */
export function planCedarEncoding(types: ContextTypes): CedarEncoder {
  const contexts = new Map(Array.from(types, ([action, type]) => [action, encodeContext(type)]));
  return (request) => {
    const effect = wellFormed(member(request, "effect"));
    const action = effect !== undefined && contexts.has(effect) ? effect : reservedAction;
    return {
      principal: wellFormed(member(request, "principal")) ?? "",
      action,
      resource: wellFormed(member(request, "envelope")) ?? "",
      context: contexts.get(action)?.(request) ?? "{}",
    };
  };
}

/** The one-off form of `planCedarEncoding`. */
export function encodeCedarRequest(types: ContextTypes, request: HostileRequest): CedarRequest {
  return planCedarEncoding(types)(request);
}

/** JSON text of a value, or undefined where the value has not the type. */
type Encode = (value: unknown) => string | undefined;

function encodeContext(type: RecordType): Encode {
  return encodeRecord(type, (name, attribute) =>
    name === "fields" && typeof attribute !== "string" ? encodeRecord(attribute, encodeField) : encodeType(attribute),
  );
}

function encodeType(type: ContextType): Encode {
  return typeof type === "string" ? encodeLeaf[type] : encodeRecord(type, (_, attribute) => encodeType(attribute));
}

/** A set of names carries a list of ancestors for each item; every other field has the shape of its type. */
function encodeField(_: string, type: ContextType): Encode {
  if (typeof type === "string" || !type.attributes.has("items")) return encodeType(type);
  return encodeRecord(type, (name, attribute) =>
    name === "under" && typeof attribute !== "string"
      ? encodeSlots([...attribute.attributes.keys()])
      : encodeType(attribute),
  );
}

function encodeRecord({ attributes }: RecordType, encoderOf: (name: string, type: ContextType) => Encode): Encode {
  const members = Array.from(attributes, ([name, type]) => ({
    name,
    key: `${JSON.stringify(name)}:`,
    encode: encoderOf(name, type),
  }));
  return (value) => {
    let text = "";
    for (const { name, key, encode } of members) {
      const encoded = encode(member(value, name));
      if (encoded !== undefined) text += text === "" ? key + encoded : `,${key}${encoded}`;
    }
    return `{${text}}`;
  };
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}

function wellFormed(value: unknown): string | undefined {
  return typeof value === "string" && value.isWellFormed() ? value : undefined;
}
