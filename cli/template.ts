/** Templates where envelopes are expected, and `--template FILE`, which envelopes are compared with. */
import { readFile } from "node:fs/promises";
import { isSaidTemplate, readTemplate } from "../compiler/read/template.ts";
import type { Registry } from "../schema/registry.ts";
import type { Template } from "../schema/template.ts";
import { printFindings } from "./findings.ts";
import { type Io, UsageError } from "./io.ts";
import { readable } from "./open.ts";

/**
 * @returns undefined where it has errors, which are printed
 * @throws UsageError where the file cannot be read or is no template
 */
export async function readTemplateFile(
  file: string,
  registry: Registry | undefined,
  io: Io,
): Promise<Template | undefined> {
  const source = await readable(file, () => readFile(file));
  if (!isSaidTemplate(source)) throw new UsageError(`\`${file}\` is no template: \`"kind": "template"\` was expected`);
  const { template, diagnostics } = readTemplate(source, registry === undefined ? {} : { registry });
  if (template === undefined) await printFindings(file, diagnostics, io);
  return template;
}
