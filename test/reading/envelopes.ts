import { exampleEnvelope } from "../../compiler/diagnostics/example.ts";
import { applyPatch } from "../../compiler/diagnostics/patch.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import type { Diagnostic, PatchOperation } from "../../schema/diagnostic.ts";

/** The text of an envelope that is right but for the operations. */
export function envelopeText(...operations: readonly PatchOperation[]): string {
  return JSON.stringify(applyPatch(exampleEnvelope, operations), null, 2);
}

export function put(path: string, value: unknown): PatchOperation {
  return { op: "add", path, value };
}

/** Like `put`, where the place is there already; in a list it replaces. */
export function set(path: string, value: unknown): PatchOperation {
  return { op: "replace", path, value };
}

export function remove(path: string): PatchOperation {
  return { op: "remove", path };
}

export function move(from: string, path: string): PatchOperation {
  return { op: "move", from, path };
}

/** What is found in the envelope, but for what the one without changes is worth. */
export function diagnose(...operations: readonly PatchOperation[]): readonly Diagnostic[] {
  return withoutOwnNote(readEnvelope(envelopeText(...operations)).diagnostics);
}

/** The flags of the example ask for two keys, whatever is changed. */
export function withoutOwnNote(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(({ code, pointer }) => code !== "fires/two_keys" || pointer !== "/capabilities");
}

/** `code pointer`, errors and warnings alike, in the order reported. */
export function summary(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ code, pointer }) => `${code} ${pointer}`);
}
