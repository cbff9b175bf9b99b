/** Artefact folders to be damaged, with the verdicts they give while they are whole. */
import { compile } from "../../compiler/compile.ts";
import { exampleNames, judgeExample, openExample } from "../../examples/example.ts";
import { createHost, type Evaluator, freshFacts } from "../../runtime/index.ts";
import type { Artefacts } from "../../schema/artefacts.ts";
import type { HostileRequest } from "../../schema/request.ts";
import { callOf, envelopeOf, now } from "../bench/sample.ts";

export interface Folder {
  readonly name: string;
  readonly artefacts: Artefacts;
  /** Allowed, held and denied. */
  readonly probes: readonly HostileRequest[];
}

/** The host that looks least into a folder: its engine reads nothing but the source. */
export const host = createHost({ engines: ["reference"] });

const bounds = 13;

/** The sample of 13 bounds first, then the examples. */
export async function openFolders(): Promise<readonly [Folder, ...Folder[]]> {
  const examples = await Promise.all((await exampleNames()).map(openExample));
  const folders = examples.map((example) => {
    const requests = judgeExample(example, host).judged.flatMap(({ answer }) => answer.verdict.request ?? []);
    return { name: example.name, artefacts: example.artefacts, probes: requests };
  });
  return [sample(), ...folders];
}

function sample(): Folder {
  const { artefacts } = compile(envelopeOf(bounds));
  if (artefacts === undefined) throw new Error("the sample does not compile");
  const evaluator = host.load(artefacts);
  const facts = freshFacts(evaluator.envelope, "pay", now);
  const requests = [1, 100, 101].flatMap((amount) => evaluator.decide(callOf(bounds, amount), facts).request ?? []);
  return { name: `${bounds} bounds`, artefacts, probes: requests };
}

export function verdictsOf({ probes }: Folder, evaluator: Evaluator): string {
  return JSON.stringify(probes.map((request) => evaluator.judge(request)));
}
