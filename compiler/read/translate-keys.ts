import type { JsonNode } from "../../schema/json/parse.ts";
import { escapeToken, parsePointer } from "../../schema/json/pointer.ts";
import { quoteList } from "../diagnostics/quote.ts";
import type { ReportDetails } from "../diagnostics/report.ts";
import { closest, looksLike, writtenOut } from "../diagnostics/suggest.ts";
import { isBlank, sheetPlaceOf } from "./blank.ts";
import { type Problem, problem } from "./problem.ts";
import { fieldMembers, fieldTypes, resolve, type SchemaError } from "./schema.ts";
import { replaceWith } from "./slips.ts";
import type { TreeIndex } from "./tree.ts";
import { asHelp, describeNode, describePlace } from "./words.ts";

/** A member that the schema does not know. */
export function unknownMember(error: SchemaError, index: TreeIndex): Problem {
  const name = String(error.params.additionalProperty);
  return unknown(error.pointer, name, Object.keys(error.schema.properties ?? {}), index);
}

function unknown(parent: string, name: string, known: readonly string[], index: TreeIndex): Problem {
  const pointer = `${parent}/${escapeToken(name)}`;
  const place = describePlace(parsePointer(parent));
  const free = known.filter((member) => !index.has(`${parent}/${escapeToken(member)}`));
  const meant = closest(name, free) ?? writtenOut(name, free);
  if (meant !== undefined) return misspelt(parent, name, meant);
  const help = known.length === 0 ? undefined : `the members here are ${quoteList(known)}`;
  const details: ReportDetails = { at: "key", ...(help === undefined ? {} : { help }) };
  const taken = closest(name, known);
  const params = { name, place, ...(taken === undefined ? {} : { meant: taken, taken: true }) };
  return problem("key/unknown", pointer, params, { do: "remove", pointer }, details);
}

function misspelt(parent: string, name: string, meant: string): Problem {
  const from = `${parent}/${escapeToken(name)}`;
  const place = describePlace(parsePointer(parent));
  const suggestion = [{ op: "move" as const, from, path: `${parent}/${escapeToken(meant)}` }];
  return problem(
    "key/unknown",
    from,
    { name, place, meant, disguised: looksLike(name, meant) },
    { do: "rename", pointer: from, to: meant },
    { at: "key", suggestion },
  );
}

/** A member that must be there. In objects whose members are free, one of the others may be its misspelling. */
export function missingMember(error: SchemaError, index: TreeIndex): Problem {
  const name = String(error.params.missingProperty);
  const slip = misspeltBudget(error, name, index);
  if (slip !== undefined) return misspelt(error.pointer, slip, name);
  const member = error.schema.properties?.[name];
  const description = member === undefined ? undefined : resolve(member).description;
  return missing(error.pointer, name, description === undefined ? undefined : asHelp(description), index);
}

/** A mandatory member is not there: a blank line of the sheet, or any other. */
export function missing(parent: string, name: string, help: string | undefined, index: TreeIndex): Problem {
  const tokens = [...parsePointer(parent), name];
  const pointer = `${parent}/${escapeToken(name)}`;
  const repair = { do: "require" as const, pointer: parent, name };
  const line = sheetPlaceOf(tokens);
  if (line !== undefined) {
    const detail =
      isEmpty(index.get(parent)?.node) && parent !== ""
        ? `${describePlace(tokens.slice(0, -1))} is empty`
        : "it is missing";
    return problem("sheet/unbounded", pointer, { ...line, detail }, repair);
  }
  // `{}` where a list was to be filled in: the whole of it is blank.
  const blank = isEmpty(index.get(parent)?.node) ? sheetPlaceOf(tokens.slice(0, -1)) : undefined;
  if (blank !== undefined) {
    const params = { ...blank, detail: "it is an empty object" };
    return problem("sheet/unbounded", parent, params, { do: "remove", pointer: parent });
  }
  const details = help === undefined ? {} : { help: `expected: ${help}` };
  return problem("key/missing", pointer, { name, place: describePlace(tokens.slice(0, -1)) }, repair, details);
}

/** `call` for `calls` in `session`, `action` for `actions` in `budgets`: free names there, but not ones that anything declares. */
function misspeltBudget({ pointer, tokens }: SchemaError, name: string, index: TreeIndex): string | undefined {
  const isSession = tokens.length === 3 && tokens[2] === "session";
  if (!isSession && pointer !== "/budgets") return undefined;
  const declared = isSession
    ? namesAt(index.get(`${pointer.slice(0, -"/session".length)}/fields`)?.node)
    : ["externalCalls", ...fedMeters(index)];
  return namesAt(index.get(pointer)?.node).find(
    (other) => !declared.includes(other) && closest(other, [name]) === name,
  );
}

function namesAt(node: JsonNode | undefined): readonly string[] {
  return node?.kind === "object" ? node.members.map((member) => member.name) : [];
}

function fedMeters(index: TreeIndex): readonly string[] {
  return namesAt(index.get("/effects")?.node).flatMap((effect) =>
    namesAt(index.get(`/effects/${escapeToken(effect)}/consumes`)?.node),
  );
}

const kinds: ReadonlyMap<string, string> = new Map([
  ["effects", "effect"],
  ["sets", "set"],
  ["budgets", "meter"],
  ["evidence", "evidence"],
  ["fields", "field"],
  ["results", "result"],
  ["consumes", "meter"],
]);

/** A member whose name does not fit. */
export function invalidName(error: SchemaError): Problem {
  const name = String(error.params.propertyName);
  const pointer = `${error.pointer}/${escapeToken(name)}`;
  const repair = { do: "remove" as const, pointer };
  const section = error.tokens.at(-1) ?? "";
  if (section === "where") return problem("value/not_a_pointer", pointer, { found: name }, repair, { at: "key" });
  return problem("name/invalid", pointer, { kind: kinds.get(section) ?? "member", name }, repair, { at: "key" });
}

/** The `type` of a field is missing or not one of the types. */
export function fieldType(error: SchemaError, index: TreeIndex): Problem {
  const pointer = `${error.pointer}/type`;
  const node = index.get(pointer)?.node;
  const admitted = fieldTypes;
  if (node === undefined) {
    const slip = namesAt(index.get(error.pointer)?.node).find(
      (name) => !fieldMembers.includes(name) && closest(name, ["type"]) === "type",
    );
    if (slip !== undefined) return misspelt(error.pointer, slip, "type");
    return missing(error.pointer, "type", `one of ${quoteList(admitted, "or")}`, index);
  }
  const repair = { do: "remove" as const, pointer: error.pointer };
  if (node.kind !== "string") {
    const found = describeNode(node);
    return problem("type/wrong_type", pointer, { expected: "the name of a field type", found }, repair);
  }
  const meant = closest(node.value, admitted);
  const params = { found: describeNode(node), admitted };
  if (meant === undefined) return problem("value/not_one_of", pointer, params, repair);
  return replaceWith("value/not_one_of", pointer, { ...params, meant }, meant, node);
}

function isEmpty(node: JsonNode | undefined): boolean {
  return node !== undefined && isBlank(node);
}
