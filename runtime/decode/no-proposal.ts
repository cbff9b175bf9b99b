/** What is given for a proposal against the types: it is refused by what it is, and nothing in it is believed. */
import { givenText } from "../messages/given.ts";
import { ownMember } from "../own.ts";

/** Stands in for it, as a node that holds nothing. */
export class NoProposal {
  readonly kind = "null";
  readonly start = 0;
  readonly end = 0;
  /** To stand behind the name of what was given. */
  readonly fault: string;

  constructor(given: unknown) {
    this.fault = faultOf(given) ?? "is not strict JSON";
  }
}

const nodeKinds: ReadonlySet<unknown> = new Set(["object", "array", "string", "number", "boolean", "null"]);

/** Undefined for text, for bytes, and for whatever passes for a node. Total. */
export function faultOf(given: unknown): string | undefined {
  try {
    if (typeof given === "string" || given instanceof Uint8Array) return undefined;
    if (nodeKinds.has(ownMember(given, "kind"))) return undefined;
    return `is neither text nor bytes, but ${givenText(given)}: pass the JSON text`;
  } catch {
    return "cannot be read";
  }
}
