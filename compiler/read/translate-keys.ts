import { escapeToken, parsePointer } from "../../schema/json/pointer.ts";
import { quoteList } from "../diagnostics/quote.ts";
import type { ReportDetails } from "../diagnostics/report.ts";
import { closest, oneLetterOff, writtenOut } from "../diagnostics/suggest.ts";
import { closestWord, isOtherWord } from "./lexicon.ts";
import { missing } from "./missing.ts";
import { misspelt, namesAt } from "./misspelt.ts";
import { type Problem, problem } from "./problem.ts";
import { fieldMembers, fieldTypes, type SchemaError } from "./schema.ts";
import { replaceWith } from "./slips.ts";
import type { TreeIndex } from "./tree.ts";
import { describeNode, describePlace } from "./words.ts";

/** A member that the schema does not know. */
export function unknownMember(error: SchemaError, index: TreeIndex): Problem {
  const name = String(error.params.additionalProperty);
  const parent = error.pointer;
  const known = Object.keys(error.schema.properties ?? {});
  const needed = error.schema.required ?? [];
  const pointer = `${parent}/${escapeToken(name)}`;
  const place = describePlace(parsePointer(parent));
  const isFree = (member: string) => !index.has(`${parent}/${escapeToken(member)}`);
  const free = known.filter(isFree);
  const meant = closest(name, free) ?? writtenOut(name, free) ?? oneLetterOff(name, needed.filter(isFree));
  if (meant !== undefined && !isOtherWord(name, meant)) return misspelt(parent, name, meant);
  const help = known.length === 0 ? undefined : `the members here are ${quoteList(known)}`;
  const details: ReportDetails = { at: "key", ...(help === undefined ? {} : { help }) };
  const taken = closest(name, known);
  const params = { name, place, ...(taken === undefined ? {} : { meant: taken, taken: true }) };
  return problem("key/unknown", pointer, params, { do: "ignore", pointer }, details);
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
    return missing(error.pointer, "type", `one of ${quoteList(admitted, "or")}`);
  }
  const repair = { do: "remove" as const, pointer: error.pointer };
  if (node.kind !== "string") {
    const found = describeNode(node);
    return problem("type/wrong_type", pointer, { expected: "the name of a field type", found }, repair);
  }
  const meant = closestWord(node.value, admitted);
  const params = { found: describeNode(node), admitted };
  if (meant === undefined) return problem("value/not_one_of", pointer, params, repair);
  return replaceWith("value/not_one_of", pointer, { ...params, meant }, meant, node);
}
