import type { PatchOperation } from "../../schema/diagnostic.ts";
import type { Example } from "./entry.ts";
import { exampleEnvelope, exampleTemplate } from "./example.ts";
import { applyPatch } from "./patch.ts";

/** The document that an entry's example stands for. */
export function exampleSource(example: Example): string | Uint8Array {
  if ("text" in example) return example.text;
  if ("bytes" in example) return Uint8Array.from(example.bytes);
  if ("template" in example) return JSON.stringify(applyPatch(exampleTemplate, example.template), null, 2);
  if ("put" in example) return JSON.stringify(exampleEnvelope, null, 2).replace(example.find, () => example.put);
  return JSON.stringify(applyPatch(exampleEnvelope, example), null, 2);
}

/** The example in one line, for people: what is done to an envelope that is right otherwise. */
export function describeExample(example: Example): string {
  if ("text" in example) return cut(example.text);
  if ("bytes" in example) return `bytes ${example.bytes.map((byte) => byte.toString(16)).join(" ")}`;
  if ("put" in example) return cut(example.put);
  if ("template" in example) return `of a template: ${describeOperations(example.template)}`;
  return describeOperations(example);
}

function describeOperations(operations: readonly PatchOperation[]): string {
  return operations
    .map((operation) => {
      if (operation.op === "remove") return `${operation.path} removed`;
      if (operation.op === "move")
        return `${operation.from} named ${operation.path.slice(operation.path.lastIndexOf("/") + 1)}`;
      return cut(`${operation.path}: ${JSON.stringify(operation.value)}`);
    })
    .join("; ");
}

const longest = 160;

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
