/**
 * One bundle of generated envelopes in other hosts than our own: a stock OPA over REST, and regopy, a second implementation of
 * Rego, answer as the reference does. AMBIT_OPA_RUNS says on how many requests, AMBIT_SEED repeats a run.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gunzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readTar } from "../../policies/read-tar.ts";
import { inputOf } from "../../runtime/engines/rego/input.ts";
import { figure } from "../figure.ts";
import { differenceOf, type Generated, generate, type Question, strengthOf } from "./generated.ts";
import { hasOpa } from "./opa.ts";
import { type OpaServer, serveOpa } from "./server.ts";

const runs = Number(process.env.AMBIT_OPA_RUNS ?? 500);
const seed = Number(process.env.AMBIT_SEED ?? Math.floor(Math.random() * 2 ** 31));
const python = process.env.AMBIT_REGOPY;
const connections = 6;
const kindsOfBounds = 20;

describe.skipIf(!hasOpa)("on generated requests", () => {
  const folder = mkdtempSync(join(tmpdir(), "ambit-agreement-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  let generated: Generated;
  beforeAll(() => {
    generated = generate(runs, seed);
  }, 300_000);

  test(`a stock OPA agrees with the reference on ${runs}, over REST`, { timeout: 60_000 + runs * 20 }, async () => {
    const { archive, envelopes, questions } = generated;
    const bundle = join(folder, "bundle.tar.gz");
    writeFileSync(bundle, archive);
    const server = await serveOpa(["--log-level", "error", "--bundle", bundle]);
    const start = performance.now();
    const differences = await askOver(server, questions).finally(server.stop);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    figure(
      `OPA over REST: ${differences.length} of ${told(questions, envelopes)} differ from the reference; ${seconds} s`,
    );
    expect(differences.slice(0, 3), `AMBIT_SEED=${seed}`).toEqual([]);
    expectStrong(questions);
  });

  test.skipIf(python === undefined)(
    "regopy agrees with the reference on the first 1,000",
    { timeout: 300_000 },
    async () => {
      const questions = generated.questions.slice(0, 1000);
      for (const [path, bytes] of await readTar(gunzipSync(generated.archive))) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), bytes);
      }
      const judge = join(import.meta.dirname, "regopy/judge.py");
      const input = questions.map(({ request }) => `${inputOf(request)}\n`).join("");
      const { stdout, stderr } = spawnSync(python ?? "", [judge, folder], {
        input,
        encoding: "utf8",
        maxBuffer: 2 ** 28,
      });
      const answers = stdout.trimEnd().split("\n");
      expect(answers.length, stderr).toBe(questions.length);
      const differences = questions.flatMap((each, index) => differenceOf(each, JSON.parse(answers[index]!)) ?? []);
      figure(`regopy: ${differences.length} of ${told(questions, generated.envelopes)} differ from the reference`);
      expect(differences.slice(0, 3), `AMBIT_SEED=${seed}`).toEqual([]);
      expectStrong(questions);
    },
  );
});

function told(questions: readonly Question[], envelopes: number): string {
  const { verdicts, kinds } = strengthOf(questions);
  return (
    `${questions.length} requests to ${envelopes} envelopes in one bundle (${verdicts}; ${kinds} kinds of bounds violated; ` +
    `AMBIT_SEED=${seed})`
  );
}

function expectStrong(questions: readonly Question[]): void {
  expect(strengthOf(questions).kinds).toBeGreaterThanOrEqual(kindsOfBounds);
  for (const verdict of ["allow", "hold", "deny"])
    expect(questions.filter(({ want }) => want.verdict === verdict).length, verdict).toBeGreaterThan(
      questions.length / 100,
    );
}

/** Over a few connections that are kept open. */
async function askOver({ url }: OpaServer, questions: readonly Question[]): Promise<readonly string[]> {
  const waiting = questions.values();
  const differences: string[] = [];
  const connection = async () => {
    for (const question of waiting) {
      const body = `{"input":${inputOf(question.request)}}`;
      const response = await fetch(`${url}/v1/data/ambit/decision`, { method: "POST", body });
      const answer: { result?: unknown } = await response.json();
      const difference = response.ok ? differenceOf(question, answer.result) : `status ${response.status}`;
      if (difference !== undefined) differences.push(difference);
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  return differences;
}
