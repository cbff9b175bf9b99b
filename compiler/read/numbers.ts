import type { JsonNode } from "../../schema/json/parse.ts";
import { formatPointer } from "../../schema/json/pointer.ts";
import type { Report } from "../diagnostics/report.ts";
import { meantInteger, plainInteger } from "./numerals.ts";

/**
 * Every JSON number of an envelope is an integer in plain digits (SPEC §2: `2.0`, `1e3` are errors, decimals are strings).
 *
 * @param covered whether the value at a pointer is reported already
 */
export function checkNumerals(root: JsonNode, report: Report, covered: (pointer: string) => boolean): void {
  visit(root, [], (text, pointer) => {
    if (!plainInteger(text) && !covered(pointer)) reportNumeral(text, pointer, report);
  });
}

/** What is wrong with a number that is no integer in plain digits. */
export function reportNumeral(text: string, pointer: string, report: Report): void {
  if (/^-?\d+$/.test(text) && Number(text) !== 0) {
    report("num/out_of_range", pointer, { text, limit: "integers reach to 9007199254740991 either way" });
    return;
  }
  const meant = meantInteger(text);
  if (meant === undefined) {
    report("num/not_an_integer", pointer, { text });
    return;
  }
  const suggestion = [{ op: "replace" as const, path: pointer, value: Number(meant) }];
  report("num/not_an_integer", pointer, { text, meant }, { suggestion });
}

function visit(node: JsonNode, tokens: readonly (string | number)[], see: (text: string, pointer: string) => void) {
  if (node.kind === "number") see(node.text, formatPointer(tokens));
  if (node.kind === "array") for (const [i, element] of node.elements.entries()) visit(element, [...tokens, i], see);
  if (node.kind === "object") for (const { name, value } of node.members) visit(value, [...tokens, name], see);
}
