/** The emitted tests in a stock OPA: formatted, strict, and passed; and failed where the policy is another. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { artefactFiles } from "../../schema/artefacts.ts";
import type { Envelope } from "../../schema/envelope.ts";
import { figure } from "../figure.ts";
import { compiled, exampleEnvelopes, generated } from "../vectors/envelopes.ts";
import { hasOpa, opa } from "./opa.ts";

const scratch = mkdtempSync(join(tmpdir(), "ambit-vectors-"));
afterAll(() => rmSync(scratch, { recursive: true }));

describe.skipIf(!hasOpa)("the vectors of an example", () => {
  test.each(exampleEnvelopes)("%s", (name, document) => {
    expect(passed(written(name, document))).toBeGreaterThan(10);
  });
});

describe.skipIf(!hasOpa)("the vectors of generated envelopes", () => {
  const { seed, built } = generated(25);

  test("pass as OPA's tests", { timeout: 30_000 + built.length * 3_000 }, () => {
    const counts = built.map(({ document }, index) => passed(written(`${seed}-${index}`, document)));
    const sum = counts.reduce((total, count) => total + count, 0);
    figure(
      `opa test: ${sum} tests of the vectors of ${built.length} generated envelopes, 0 failed (AMBIT_SEED=${seed})`,
    );
  });
});

test.skipIf(!hasOpa)("they fail where a limit is another, and say which", () => {
  const [name, document] = exampleEnvelopes.find(([name]) => name === "trading")!;
  const folder = written(`${name}-wrong`, document);
  const data = join(folder, artefactFiles.data);
  writeFileSync(data, readFileSync(data, "utf8").replace('"max":2,"min":1', '"max":3,"min":1'));
  const { status, text } = said(folder, "test", "bundle", artefactFiles.vectorsRego);
  expect(status).not.toBe(0);
  expect(text).toContain("test_effects_place_order_per_call_qty: FAIL");
  const query = "data.ambit_vectors_test.differing";
  const differing = said(folder, "eval", "-f", "raw", "-d", "bundle", "-d", artefactFiles.vectorsRego, query);
  expect(JSON.parse(differing.text)).toEqual([
    "effects/place_order/approval: nobody, qty min+1",
    "effects/place_order/per_call/qty: max+1",
  ]);
});

function written(name: string, document: Envelope): string {
  const folder = join(scratch, name);
  for (const [path, bytes] of compiled(document).artefacts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}

function passed(folder: string): number {
  const file = artefactFiles.vectorsRego;
  expect(said(folder, "fmt", "--fail", "--list", file)).toEqual({ status: 0, text: "" });
  expect(said(folder, "check", "--strict", "bundle", file)).toEqual({ status: 0, text: "" });
  const { status, text } = said(folder, "test", "bundle", file);
  expect(status, text.slice(0, 2000)).toBe(0);
  const [, count, all] = /^PASS: (\d+)\/(\d+)$/m.exec(text) ?? [];
  expect(count).toBe(all);
  return Number(count);
}

function said(cwd: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(opa, args, { cwd, encoding: "utf8", maxBuffer: 2 ** 28 });
  return { status, text: stdout + stderr };
}
