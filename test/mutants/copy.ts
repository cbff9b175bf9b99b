/** A copy of the sources in which one thing at a time is broken; the checkout itself is never touched. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Mutant, mutate } from "./mutant.ts";

const root = join(import.meta.dirname, "../..");
const copied = ["cli", "compiler", "examples", "policies", "runtime", "schema", "test"];
const configuration = ["package.json", "tsconfig.json", "tsconfig.build.json"];
/** What a build of the Rego library writes. */
const built = ["policies/policy.wasm", "policies/policy.lock.json"];

export interface Copy {
  readonly folder: string;
  /** @throws Error where the list no longer fits the source */
  apply(mutant: Mutant): void;
  /** Back to what the checkout holds. */
  restore(mutant: Mutant): void;
  remove(): void;
}

export function makeCopy(): Copy {
  const folder = mkdtempSync(join(tmpdir(), "ambit-mutants-"));
  const reset = (file: string) => cpSync(join(root, file), join(folder, file), { recursive: true });
  [...copied, ...configuration].forEach(reset);
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return {
    folder,
    apply: (mutant) => writeFileSync(join(folder, mutant.file), mutate(sourceOf(mutant), mutant)),
    restore: ({ file }) => [file, ...built].forEach(reset),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

export function sourceOf({ file }: Mutant): string {
  return readFileSync(join(root, file), "utf8");
}
