import type { JsonNode } from "../../schema/json/parse.ts";
import type { SheetLine } from "../diagnostics/sheet.ts";

/** The line of the fill-in sheet that a value belongs to. */
export interface SheetPlace {
  readonly line: SheetLine;
  readonly effect?: string;
  readonly field?: string;
}

/** Whether nothing is written: null, an empty string, list or object. */
export function isBlank(node: JsonNode): boolean {
  switch (node.kind) {
    case "null":
      return true;
    case "string":
      return node.value.trim() === "";
    case "array":
      return node.elements.length === 0;
    case "object":
      return node.members.length === 0;
    default:
      return false;
  }
}

/** The line of the sheet that stays blank when the value at these tokens is; undefined for what is no line of it. */
export function sheetPlaceOf(tokens: readonly string[]): SheetPlace | undefined {
  const [top, second, ...rest] = tokens;
  if (top === "effects" && second !== undefined) return effectLine(second, rest);
  if (top === "budgets") return budgetLine(tokens);
  if (top === "killSwitch") return { line: "killSwitch.signal" };
  if (top === "defaults" && second === "velocity") return velocityLine({}, rest);
  return undefined;
}

function effectLine(effect: string, tokens: readonly string[]): SheetPlace | undefined {
  const [line, name, member] = tokens;
  if (tokens.length > 3) return undefined;
  const named = name === undefined ? {} : { field: name };
  switch (line) {
    case "tools":
      return member === undefined ? { line, effect } : undefined;
    case "fields":
      return name === undefined ? { line, effect } : undefined;
    case "perCall":
    case "session":
      return member === undefined || member === "max" ? { line, effect, ...named } : undefined;
    case "allow":
      return { line, effect, ...named };
    case "rows":
      return member === undefined || member === "oneOf" || member === "fields" ? { line, effect } : undefined;
    case "velocity":
      return velocityLine({ effect }, name === undefined ? [] : [name]);
    default:
      return undefined;
  }
}

function budgetLine([, meter, member]: readonly string[]): SheetPlace | undefined {
  if (member !== undefined && member !== "max") return undefined;
  return meter === undefined ? { line: "budgets" } : { line: "budgets", field: meter };
}

function velocityLine(owner: { readonly effect?: string }, rest: readonly string[]): SheetPlace | undefined {
  return rest.length < 3 ? { line: "velocity", ...owner } : undefined;
}
