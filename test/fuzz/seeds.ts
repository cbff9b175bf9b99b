/** What is mutated: the examples' envelopes and calls, and the corpora where they are at hand. */
import { exampleNames, openExample } from "../../examples/example.ts";
import { filesBelow, missing, textOf } from "../corpora/corpora.ts";

export interface Seeds {
  readonly envelopes: readonly string[];
  readonly proposals: readonly string[];
  /** Any other JSON, or what is almost JSON. */
  readonly documents: readonly string[];
}

export async function readSeeds(): Promise<Seeds> {
  const examples = await Promise.all((await exampleNames()).map(openExample));
  const utf8 = new TextDecoder();
  return {
    envelopes: examples.map(({ artefacts }) => utf8.decode(artefacts.get("envelope.json"))),
    proposals: examples.flatMap(({ lines }) => lines.map((line) => JSON.stringify(JSON.parse(line).proposal))),
    documents: [
      ...filesBelow("json-parsing", /^[niy]_.*\.json$/)
        .map(textOf)
        .filter(isShort),
      ...naughty(),
    ],
  };
}

function isShort(text: string): boolean {
  return text.length < 2000;
}

function naughty(): readonly string[] {
  if (missing) return ["{}"];
  const strings: readonly string[] = JSON.parse(textOf("naughty-strings/blns.json"));
  return strings.map((text) => JSON.stringify({ tool: text, args: { [text]: text } }));
}
