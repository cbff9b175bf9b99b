/** What Cedar's command line makes of the artefacts: parsed, strictly valid, formatted, and tested by the emitted vectors. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { artefactFiles } from "../../schema/artefacts.ts";
import type { Envelope } from "../../schema/envelope.ts";
import { figure } from "../figure.ts";
import { compiled, exampleEnvelopes, generated } from "../vectors/envelopes.ts";
import { hasCedar, said } from "./cedar.ts";

const scratch = mkdtempSync(join(tmpdir(), "ambit-cedar-"));
afterAll(() => rmSync(scratch, { recursive: true }));

describe.skipIf(!hasCedar)("the artefacts of an example", () => {
  test.each(exampleEnvelopes)("%s", (name, document) => {
    expect(checked(name, document)).toBeGreaterThan(50);
  });
});

describe.skipIf(!hasCedar)("the artefacts of generated envelopes", () => {
  const { seed, built } = generated(25);

  test("pass every check", { timeout: 30_000 + built.length * 3_000 }, () => {
    const tests = built.map(({ document }, index) => {
      try {
        return checked(`generated-${index}`, document);
      } catch (cause) {
        throw new Error(`AMBIT_SEED=${seed}, envelope ${index}: ${String(cause)}`);
      }
    });
    const sum = tests.reduce((total, count) => total + count, 0);
    figure(`cedar run-tests: ${sum} vectors of ${built.length} generated envelopes, 0 failed`);
  });
});

test.skipIf(!hasCedar)("a test that wants something else fails", () => {
  const [name, document] = exampleEnvelopes[0]!;
  const files = written(`${name}-wrong`, document);
  const tests = JSON.parse(readFileSync(files.tests, "utf8"));
  tests[0].reason = ["kill"];
  writeFileSync(files.tests, JSON.stringify(tests));
  expect(said("run-tests", ...files.both, "--tests", files.tests).status).toBe(1);
});

/** How many vectors there are. */
function checked(name: string, document: Envelope): number {
  const { both, policies, tests, count } = written(name, document);
  const valid = said("validate", "--deny-warnings", ...both);
  // Cedar warns of the look of some words, which are the envelope's own.
  const looksOdd = isAboutLooks.test(valid.text.replace(/[\s│]+/g, " "));
  if (!looksOdd) expect(valid).toEqual({ status: 0, text: expect.stringContaining("no errors or warnings") });
  expect(said("validate", ...both).status).toBe(0);
  expect(said("check-parse", ...both)).toMatchObject({ status: 0 });
  expect(said("format", "--check", "--policies", policies).status, said("format", "--policies", policies).text).toBe(0);
  // With a schema, `run-tests` takes such a warning for an error.
  const run = said("run-tests", ...(looksOdd ? ["--policies", policies] : both), "--tests", tests);
  expect(run.text.replace(/^ {2}test .* ok$\n/gm, "")).toContain(`results: ${count} passed, 0 failed`);
  expect(run.status).toBe(0);
  return count;
}

const isAboutLooks = /contains (?:mixed scripts|BIDI control characters)|General Security Profile for Identifiers/;

function written(name: string, document: Envelope) {
  const { artefacts, report } = compiled(document);
  const folder = join(scratch, name);
  mkdirSync(folder);
  const path = (file: string) => {
    writeFileSync(join(folder, file), artefacts.get(file) ?? "");
    return join(folder, file);
  };
  const [policies, schema, tests] = [
    path(artefactFiles.cedar),
    path(artefactFiles.cedarSchema),
    path(artefactFiles.vectorsCedar),
  ];
  return { policies, tests, both: ["--policies", policies, "--schema", schema], count: report.cedarTests };
}
