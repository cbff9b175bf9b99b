/** `--registry FILE`: names beside those registered from the start (SPEC §2). */
import { readFile } from "node:fs/promises";
import { parseRegistry } from "../compiler/read/registry-file.ts";
import type { Registry } from "../schema/registry.ts";
import { UsageError } from "./io.ts";
import { readable } from "./open.ts";

/** @throws UsageError where the file cannot be read or is no registry */
export async function readRegistry(file: string | undefined): Promise<Registry | undefined> {
  if (file === undefined) return undefined;
  const reading = parseRegistry(await readable(file, () => readFile(file)));
  if (reading.ok) return reading.registry;
  const lines = reading.problems.map(({ line, column, message }) => `${file}:${line}:${column} ${message}`);
  throw new UsageError(lines.length === 1 ? (lines[0] ?? "") : `\`${file}\` is no registry:\n  ${lines.join("\n  ")}`);
}
