/** The blocks of policies/README.md. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const page = readFileSync(join(import.meta.dirname, "../../policies/README.md"), "utf8");

/** The block of a language that has a text in it. @throws Error where there is none */
export function recipe(language: string, about: string): string {
  const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
  const found = blocks.find(([, name, text]) => name === language && text?.includes(about))?.[2];
  if (found === undefined) throw new Error(`policies/README.md has no ${language} block about ${about}`);
  return found;
}
