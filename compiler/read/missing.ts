import { escapeToken, parsePointer } from "../../schema/json/pointer.ts";
import { isBlank, sheetPlaceOf } from "./blank.ts";
import { misspelt, misspeltBudget } from "./misspelt.ts";
import { type Problem, problem } from "./problem.ts";
import { resolve, type SchemaError } from "./schema.ts";
import type { TreeIndex } from "./tree.ts";
import { asHelp, describePlace } from "./words.ts";

/** A member that must be there. In objects whose members are free, one of the others may be its misspelling. */
export function missingMember(error: SchemaError, index: TreeIndex): Problem {
  const name = String(error.params.missingProperty);
  const slip = misspeltBudget(error, name, index);
  if (slip !== undefined) return misspelt(error.pointer, slip, name);
  const blank = blankOwner(error, name, index);
  if (blank !== undefined) return blank;
  const member = error.schema.properties?.[name];
  const description = member === undefined ? undefined : resolve(member).description;
  return missing(error.pointer, name, description === undefined ? undefined : asHelp(description));
}

/** A mandatory member is not there: a blank line of the sheet, or any other. */
export function missing(parent: string, name: string, help: string | undefined): Problem {
  const owner = parsePointer(parent);
  const tokens = [...owner, name];
  const pointer = `${parent}/${escapeToken(name)}`;
  const repair = { do: "require" as const, pointer: parent, name };
  const line = sheetPlaceOf(tokens);
  if (line !== undefined) return problem("sheet/unbounded", pointer, { ...line, detail: "it is missing" }, repair);
  const details = help === undefined ? {} : { help: `expected: ${help}` };
  return problem("key/missing", pointer, { name, place: describePlace(owner) }, repair, details);
}

/** `{}` where several members, or a list, were to be filled in: the whole of it is blank. */
function blankOwner({ pointer, tokens, schema }: SchemaError, name: string, index: TreeIndex): Problem | undefined {
  const owner = index.get(pointer)?.node;
  const line = sheetPlaceOf(tokens);
  if (owner === undefined || line === undefined || !isBlank(owner)) return undefined;
  if (schema.required?.length === 1 && sheetPlaceOf([...tokens, name]) !== undefined) return undefined;
  const params = { ...line, detail: "it is an empty object" };
  return problem("sheet/unbounded", pointer, params, { do: "remove", pointer });
}
