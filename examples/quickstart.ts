/** `npm run quickstart`: compiles every example, judges its tool calls in both engines, and fails if a verdict is not the one wanted. */
import { styleText } from "node:util";
import { createHost, type FaultReport } from "../runtime/index.ts";
import { cedarWasm } from "../runtime/node/index.ts";
import type { Decision } from "../schema/verdict.ts";
import { exampleNames, type Judged, judgeExample, openExample } from "./example.ts";

const faults: FaultReport[] = [];
const host = createHost({ cedarWasm: await cedarWasm(), onFault: (report) => faults.push(report) });
const all: Judged[] = [];

console.log(`An envelope says what one agent may do in one task. Ambit compiles it to Cedar policies and an OPA bundle and judges
every tool call in both engines, in WebAssembly, in this process. Only what both allow may run.
`);
for (const name of await exampleNames()) all.push(...(await show(name)));

const different = all.filter(({ answer }) => answer.difference !== undefined);
for (const { answer } of different) console.log(styleText("red", `not as wanted: ${answer.id} ${answer.difference}`));
for (const { code, message } of faults) console.log(styleText("red", `${code}: ${message}`));
const outcome = different.length === 0 ? "every verdict as wanted" : `${different.length} NOT AS WANTED`;
console.log(styleText("bold", `${all.length} calls judged by Cedar and by Rego: ${tally(all)}; ${outcome}.`));
console.log(`
Where to look next
  examples/trading/envelope.json                         what an envelope looks like
  examples/trading/proposals.jsonl                       its calls, each with the verdict it must get
  npx ambit explain examples/trading/envelope.json       the same envelope in plain sentences
  npx ambit compile examples/trading/envelope.json -o out/trading
                                                         its Cedar policies and its OPA bundle
  README.md                                              a two-minute tour`);
if (different.length > 0 || faults.length > 0) process.exitCode = 1;

async function show(name: string): Promise<readonly Judged[]> {
  const example = await openExample(name);
  const { evaluator, judged } = judgeExample(example, host);
  const { goal, effects } = evaluator.envelope;
  evaluator.drop();
  console.log(`${styleText("bold", name)}: ${goal.summary}`);
  console.log(`  may only  ${Object.keys(effects).join(", ")}`);
  console.log(`  compiled  in ${Math.round(example.compileMilliseconds)} ms`);
  console.log(`  judged    ${judged.length} calls: ${tally(judged)}`);
  showDenial(judged);
  console.log();
  return judged;
}

/** A denial whose agent argued, if there is one: its words change nothing. */
function showDenial(judged: readonly Judged[]): void {
  const denials = judged.filter(({ answer }) => answer.verdict.verdict === "deny");
  const denial = denials.find(({ line }) => reasoningOf(line) !== undefined) ?? denials[0];
  const reason = denial?.answer.verdict.violations[0];
  if (denial === undefined || reason === undefined) return;
  const argument = reasoningOf(denial.line);
  console.log(`  denied    ${JSON.parse(denial.answer.id)}`);
  if (argument !== undefined) console.log(`            the agent argued: "${argument}"`);
  console.log(`            the answer: ${reason.code}, ${cut(reason.message)}`);
}

function reasoningOf(line: string): string | undefined {
  const { reasoning } = JSON.parse(line).proposal;
  return typeof reasoning === "string" ? reasoning : undefined;
}

function tally(judged: readonly Judged[]): string {
  const count = (verdict: Decision) => judged.filter(({ answer }) => answer.verdict.verdict === verdict).length;
  return `${count("allow")} allowed, ${count("hold")} held for a person, ${count("deny")} denied`;
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length > 150 ? `${characters.slice(0, 149).join("")}…` : text;
}
