import { EngineFault } from "../engine.ts";

/** How `JSON.stringify` writes half of a surrogate pair begins; U+D7xx is written as it is. */
const surrogate = "\\ud";

/**
 * The request as JSON text: OPA reads malformed text as no input at all, so it is given only what was serialised here. Text with
 * a lone surrogate has no UTF-8 form and is of no type that a bound asks for: such a string is null, such a member left out.
 */
export function inputOf(request: object): string {
  try {
    const text = JSON.stringify(request);
    return text.includes(surrogate) ? JSON.stringify(wellFormed(JSON.parse(text))) : text;
  } catch (cause) {
    throw new EngineFault("the request cannot be written as JSON", { cause });
  }
}

function wellFormed(value: unknown): unknown {
  if (typeof value === "string") return value.isWellFormed() ? value : null;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(wellFormed);
  const members = Object.entries(value).filter(([name]) => name.isWellFormed());
  return Object.fromEntries(members.map(([name, member]) => [name, wellFormed(member)]));
}
