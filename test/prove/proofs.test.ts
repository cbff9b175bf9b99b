/**
 * Every claim about every example is proven, and about AMBIT_PROOFS generated envelopes (30 where it is not set; AMBIT_SEED
 * takes others). Skipped where there are no tools.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { Settled } from "../../cli/prove/claim.ts";
import { compile } from "../../compiler/compile.ts";
import { exampleNames, openExample } from "../../examples/example.ts";
import type { Artefacts } from "../../schema/artefacts.ts";
import { buildEnvelope } from "../agreement/build/envelope.ts";
import { envelopePlan } from "../agreement/plan.ts";
import { run } from "../cli/run.ts";
import { isShown } from "../readme/blocks.ts";
import { proverOf } from "./provers.ts";
import { hasTools, tools } from "./tools.ts";

const root = join(import.meta.dirname, "../..");

const numRuns = Number(process.env.AMBIT_PROOFS ?? 30);
const seed = Number(process.env.AMBIT_SEED ?? 1);
const examples = hasTools ? await exampleNames() : [];
const total = { envelopes: 0, attempted: 0, passed: 0, milliseconds: 0 };

/** Settles every claim, prints time and sums, and gives back what failed: what is neither proven nor `expected`. */
async function failuresOf(
  name: string,
  artefacts: Artefacts,
  expected: (settled: Settled) => boolean = () => false,
): Promise<readonly Settled[]> {
  const start = performance.now();
  const prover = proverOf(artefacts);
  const settled = await prover.settle(() => true);
  prover.drop();
  const milliseconds = performance.now() - start;
  expect(settled.length).toBeGreaterThan(30);
  const failures = settled.filter((each) => each.outcome.kind !== "proven" && !expected(each));
  const passed = settled.length - failures.length;
  total.envelopes += 1;
  total.attempted += settled.length;
  total.passed += passed;
  total.milliseconds += milliseconds;
  console.log(`${name}: ${passed} of ${settled.length} claims, ${(milliseconds / 1000).toFixed(1)} s`);
  return failures;
}

/** What can never fire says so when it is compiled, and there is no call of it to be shown: found out, not unknown. */
const isVacuous = ({ claim, outcome }: Settled) => claim.kind === "not_vacuous" && outcome.kind === "refuted";

describe.skipIf(!hasTools)("proven", () => {
  afterAll(() => {
    const { envelopes, attempted, passed, milliseconds } = total;
    console.log(
      `figure: proofs: ${attempted} attempted, ${passed} passed, ${(milliseconds / 1000).toFixed(0)} s for ${envelopes} envelopes`,
    );
  });

  test.each(examples)("the example %s", { timeout: 300_000 }, async (name) => {
    expect(await failuresOf(name, (await openExample(name)).artefacts)).toEqual([]);
  });

  const envelopes = hasTools ? fc.sample(envelopePlan.map(buildEnvelope), { numRuns, seed }) : [];
  test.each(envelopes.map((built, index) => [index, built] as const))(
    "generated envelope %i",
    { timeout: 300_000 },
    async (index, { document }) => {
      const { artefacts, diagnostics } = compile(new TextEncoder().encode(JSON.stringify(document)));
      if (artefacts === undefined) throw new Error(JSON.stringify(diagnostics));
      const mayNeverFire = diagnostics.some(({ code }) => code === "fires/never_fires");
      const failures = await failuresOf(`generated ${index}`, artefacts, (each) => mayNeverFire && isVacuous(each));
      expect(failures, JSON.stringify(document)).toEqual([]);
    },
  );
});

describe.skipIf(!hasTools)("the README", () => {
  test("shows what is printed", { timeout: 300_000 }, async () => {
    const readme = readFileSync(join(root, "README.md"), "utf8");
    const shown = /\n\n((?: {4}.*\n)+)/.exec(readme.split("## Proven")[1] ?? "")?.[1]?.replace(/^ {4}/gm, "") ?? "";
    const args = ["prove", "examples/trading/envelope.json", "--cedar", tools.cedar, "--solver", tools.solver];
    const { code, out } = await run(args, { env: { PATH: process.env.PATH ?? "" } });
    expect(code).toBe(0);
    if (!isShown(`…\n${shown}`, out)) expect(out).toBe(shown);
  });
});
