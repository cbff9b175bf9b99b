/** `cedar authorize`, request by request, and cedarpy answer as the reference does. AMBIT_CEDAR_RUNS says on how many. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { figure } from "../figure.ts";
import { hasCedar, saying } from "./cedar.ts";
import { differenceOf, type Question, questions, strengthOf } from "./questions.ts";

const runs = Number(process.env.AMBIT_CEDAR_RUNS ?? 200);
const python = process.env.AMBIT_CEDARPY;
const sideBySide = 3;

describe.skipIf(!hasCedar && python === undefined)("on generated requests", () => {
  const folder = mkdtempSync(join(tmpdir(), "ambit-authorize-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const { seed, envelopes } = questions(hasCedar || python !== undefined ? runs : 0);
  const all = envelopes.flatMap((each, index) => each.questions.map((question) => ({ question, index })));
  const entities = join(folder, "entities.json");
  writeFileSync(entities, "[]");
  for (const [index, { policies, schema }] of envelopes.entries()) {
    writeFileSync(join(folder, `${index}.cedar`), policies);
    writeFileSync(join(folder, `${index}.cedarschema`), schema);
  }
  const strength = `(${strengthOf(envelopes)}; AMBIT_SEED=${seed})`;

  test.skipIf(!hasCedar)("cedar authorize agrees with the reference", { timeout: 30_000 + runs * 300 }, async () => {
    const differences: string[] = [];
    const waiting = [...all.entries()];
    const worker = async () => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const [number, { question, index }] = next;
        const difference = await askedOn(question, index, number);
        if (difference !== undefined) differences.push(difference);
      }
    };
    await Promise.all(Array.from({ length: sideBySide }, worker));
    figure(`cedar authorize: ${differences.length} of ${all.length} requests differ from the reference ${strength}`);
    expect(differences.slice(0, 3)).toEqual([]);
  });

  async function askedOn(question: Question, index: number, number: number): Promise<string | undefined> {
    const file = join(folder, `request-${number}.json`);
    writeFileSync(file, question.request);
    const of = (extension: string) => join(folder, `${index}.${extension}`);
    const { status, text } = await saying(
      ...["authorize", "--verbose", "--request-json", file, "--entities", entities],
      ...["--policies", of("cedar"), "--schema", of("cedarschema")],
    );
    const answer =
      /^\s*(ALLOW|DENY)\s+note: (?:this decision was due to the following policies:\n([\s\S]*)|no policies applied to this request\s*)$/.exec(
        text,
      );
    if (answer === null || status !== (answer[1] === "ALLOW" ? 0 : 2)) return `${status}: ${text}: ${question.request}`;
    const reasons = (answer[2] ?? "").split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.slice(2)]));
    return differenceOf(question, answer[1] === "ALLOW", reasons);
  }

  test.skipIf(python === undefined)(
    "cedarpy agrees with the reference on the first 1,000",
    { timeout: 120_000 },
    () => {
      const asked = all.slice(0, 1000);
      const input = asked
        .map(({ question, index }) => `${JSON.stringify({ index, request: question.request })}\n`)
        .join("");
      const { stdout, stderr } = spawnSync(python ?? "", [join(import.meta.dirname, "cedarpy/ask.py"), folder], {
        input,
        encoding: "utf8",
        maxBuffer: 2 ** 28,
      });
      const answers = stdout.trimEnd().split("\n");
      expect(answers.length, stderr).toBe(asked.length);
      const differences = asked.flatMap(({ question }, number) => {
        const { decision, reasons, errors } = JSON.parse(answers[number]!);
        if (errors.length > 0 || !/^(Allow|Deny)$/.test(decision))
          return [`${decision}: ${errors}: ${question.request}`];
        return differenceOf(question, decision === "Allow", reasons) ?? [];
      });
      figure(
        `cedarpy: ${differences.length} of ${asked.length} requests differ from the reference ${strength}; it numbers policies as they stand instead of calling them by their @id`,
      );
      expect(differences.slice(0, 3)).toEqual([]);
    },
  );
});
