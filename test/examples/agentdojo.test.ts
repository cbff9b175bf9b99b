/** The attacks of AgentDojo's banking suite, as they stand in the corpus, against the envelope of the bank example. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openExample } from "../../examples/example.ts";
import { createHost, freshFacts } from "../../runtime/index.ts";
import { cedarWasm } from "../../runtime/node/index.ts";

const corpora = process.env.AMBIT_CORPORA;

test.skipIf(corpora === undefined)("every call of every injection task that changes anything is denied", async () => {
  const evaluator = createHost({ cedarWasm: await cedarWasm() }).load((await openExample("bank-payments")).artefacts);
  const now = Date.parse("2022-03-10T10:00:00Z");
  const lines = readFileSync(join(corpora!, "agentdojo/banking.injection_tasks.jsonl"), "utf8").trim().split("\n");
  const attacks = lines.flatMap((line) => JSON.parse(line).calls).filter((call) => call.mutates_env);
  expect(attacks.length).toBeGreaterThan(8);
  for (const { function: tool, args } of attacks) {
    const proposal = JSON.stringify({ tool, args });
    const { verdict } = evaluator.decide(proposal, ({ effect }) => freshFacts(evaluator.envelope, effect, now));
    expect(verdict, proposal).toBe("deny");
  }
});
