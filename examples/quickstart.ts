/** `npm run quickstart`: compiles every example and judges its tool calls in both engines; fails if a verdict is not the one wanted. */
import { styleText } from "node:util";
import { createHost, type FaultReport } from "../runtime/index.ts";
import { cedarWasm } from "../runtime/node/index.ts";
import type { Decision } from "../schema/verdict.ts";
import { type Example, exampleNames, type Judged, judgeExample, openExample } from "./example.ts";

const faults: FaultReport[] = [];
const host = createHost({ cedarWasm: await cedarWasm(), onFault: (report) => faults.push(report) });
const total = { allow: 0, hold: 0, deny: 0, different: 0 };

const names = await exampleNames();
console.log(
  `Ambit compiles ${names.length} envelopes to Cedar policies and an OPA bundle, then judges tool calls against them.`,
);
console.log("Both WebAssembly engines judge every call, and only a call that both allow may run.\n");

for (const name of names) show(await openExample(name));

console.log(
  `${total.allow + total.hold + total.deny} calls judged by Cedar and by Rego: ${total.allow} allowed, ${total.hold} held, ${total.deny} denied; ` +
    (total.different === 0 ? "every verdict as wanted." : `${total.different} NOT AS WANTED.`),
);
for (const { code, message } of faults) console.log(`${code}: ${message}`);
console.log(`
Where to look next:
  examples/trading/envelope.json        what such an envelope looks like
  examples/trading/proposals.jsonl      the calls, each with the verdict it must get
  npx ambit explain examples/trading/envelope.json     the same envelope in plain sentences
  npx ambit compile examples/trading/envelope.json -o out/trading     the Cedar policies and the OPA bundle, to read
  README.md                             a two-minute tour`);
if (total.different > 0 || faults.length > 0) process.exitCode = 1;

function show(example: Example): void {
  const { evaluator, judged } = judgeExample(example, host);
  const { envelope } = evaluator;
  const count = (verdict: Decision) => judged.filter(({ answer }) => answer.verdict.verdict === verdict).length;
  const counts = { allow: count("allow"), hold: count("hold"), deny: count("deny") };
  const different = judged.filter(({ answer }) => answer.difference !== undefined);
  for (const verdict of ["allow", "hold", "deny"] as const) total[verdict] += counts[verdict];
  total.different += different.length;

  console.log(styleText("bold", example.name));
  console.log(`  task      ${envelope.goal.summary}`);
  console.log(`  may only  ${Object.keys(envelope.effects).join(", ")}`);
  console.log(`  compiled  in ${Math.round(example.compileMilliseconds)} ms`);
  console.log(`  judged    ${counts.allow} allowed, ${counts.hold} held for a person, ${counts.deny} denied`);
  showDenial(judged);
  for (const { answer } of different) console.log(styleText("red", `  DIFFERS   ${answer.id}: ${answer.difference}`));
  console.log();
  evaluator.drop();
}

/** A denial whose agent argued, if there is one: its words change nothing. */
function showDenial(judged: readonly Judged[]): void {
  const denials = judged.filter(({ answer }) => answer.verdict.verdict === "deny");
  const denial = denials.find(({ line }) => reasoningOf(line) !== undefined) ?? denials[0];
  const reason = denial?.answer.verdict.violations[0];
  if (denial === undefined || reason === undefined) return;
  const argument = reasoningOf(denial.line);
  console.log(`  denied    ${denial.answer.id}`);
  if (argument !== undefined) console.log(`            the agent argued: "${argument}"`);
  console.log(`            ${reason.code}: ${reason.message}`);
}

function reasoningOf(line: string): string | undefined {
  const reasoning: unknown = JSON.parse(line).proposal.reasoning;
  return typeof reasoning === "string" ? reasoning : undefined;
}
