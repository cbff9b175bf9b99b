/** Nothing that the signed document says is left out of the sheet: whichever value is another one, the sheet is another one. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { applyPatch } from "../../compiler/diagnostics/patch.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import { renderSheet } from "../../compiler/targets/sheet/sheet.ts";
import type { Envelope } from "../../schema/envelope.ts";
import { escapeToken } from "../../schema/json/pointer.ts";

const text = readFileSync(new URL("everything.json", import.meta.url), "utf8");
const { envelope, diagnostics } = readEnvelope(text);
const sheetOf = (document: Envelope) => renderSheet(document, "sha256:0");

/** Nothing that anybody decides: where the schema is, the members that have one value only; and a product has no other type. */
const constant = /^\/\$schema$|^\/ambit$|\/empty$|\/notional\/type$/;

describe("the envelope that has everything", () => {
  test("is one that compiles", () => {
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("writes every member of the schema", () => {
    const schema = JSON.parse(readFileSync(new URL("../../schema/envelope.schema.json", import.meta.url), "utf8"));
    const written = new Set(JSON.stringify(JSON.parse(text)).match(/(?<=")[^"]+(?=":)/g));
    expect(membersIn(schema).filter((name) => !written.has(name))).toEqual([]);
  });
});

describe("another value makes another sheet", () => {
  const before = sheetOf(envelope!);
  test.each(leavesOf(JSON.parse(text), "").filter(([pointer]) => !constant.test(pointer)))("%s", (path, value) => {
    const changed = applyPatch(envelope, [{ op: "replace", path, value: otherThan(path, value) }]) as Envelope;
    expect(sheetOf(changed)).not.toBe(before);
  });
});

function leavesOf(value: unknown, pointer: string): readonly (readonly [pointer: string, value: unknown])[] {
  if (typeof value !== "object" || value === null) return [[pointer, value]];
  return Object.entries(value).flatMap(([name, below]) => leavesOf(below, `${pointer}/${escapeToken(name)}`));
}

const choices: readonly (readonly string[])[] = [
  ["base", "window"],
  ["propose", "execute"],
  ["none", "required"],
  ["manual_only", "new_envelope_required"],
  ["Europe/Berlin", "floating"],
];

function otherThan(pointer: string, value: unknown): unknown {
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  if (pointer.endsWith("/type")) return value === "host" ? "email" : "host";
  if (pointer.endsWith("/query") || pointer.endsWith("/fragment")) return undefined;
  const among = choices.find((each) => each.includes(String(value)));
  return among?.find((each) => each !== value) ?? `${value}0`;
}

/** The names of all members, wherever they stand. */
function membersIn(schema: unknown): readonly string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const own = "properties" in schema ? Object.keys(schema.properties ?? {}) : [];
  return [...new Set([...own, ...Object.values(schema).flatMap(membersIn)])];
}
