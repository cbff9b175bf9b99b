/** The import graph of the sources, as TypeScript files write it. */
import { readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { globSync } from "tinyglobby";

export const root = join(import.meta.dirname, "../..");

export interface Import {
  /** A path from the root for a source file, else the specifier as written. */
  readonly target: string;
  readonly isType: boolean;
}

const statement = /(?:^|\n)\s*(import|export)\s+(type\s)?([^"';]*?\bfrom\s*)?"([^"]+)"|\bimport\("([^"]+)"\)/g;

export function sourceFiles(...folders: readonly string[]): readonly string[] {
  return globSync(
    folders.map((folder) => `${folder}/**/*.{ts,mjs,js}`),
    { cwd: root, ignore: ["**/*.d.ts"] },
  ).sort();
}

export function sourceOf(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

export function importsOf(file: string): readonly Import[] {
  return [...sourceOf(file).matchAll(statement)].map(([, , type, names, plain, dynamic]) => {
    const specifier = plain ?? dynamic!;
    const onlyTypes = names !== undefined && /^\{\s*(type\s+\w+(\s+as\s+\w+)?\s*,?\s*)+\}\s*from\s*$/.test(names);
    return { target: resolve(file, specifier), isType: type !== undefined || onlyTypes };
  });
}

/** The files that are loaded when `entry` is: value imports, followed. */
export function loadedBy(entry: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    if (!file.endsWith(".ts")) return;
    for (const { target, isType } of importsOf(file)) if (!isType) visit(target);
  };
  visit(entry);
  return seen;
}

function resolve(file: string, specifier: string): string {
  if (!specifier.startsWith(".")) return specifier;
  return relative(root, join(root, dirname(file), specifier))
    .split(sep)
    .join("/");
}
