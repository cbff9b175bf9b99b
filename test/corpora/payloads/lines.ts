import { filesBelow, linesOf } from "../corpora.ts";

/** Every line of a folder's word lists, and every word with a slash or a dot in its prose; placeholders filled in. */
export function payloadsIn(folder: string): readonly string[] {
  const found = new Set<string>();
  for (const file of filesBelow(`payloads/${folder}`, /\.(txt|md)$/))
    for (const line of linesOf(file)) {
      found.add(line.replaceAll("{FILE}", "etc/passwd"));
      if (file.endsWith(".md")) for (const word of line.split(/[\s"'`<>()|]+/)) if (/[/.]/.test(word)) found.add(word);
    }
  return [...found];
}
