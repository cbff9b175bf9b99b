import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { exampleNames, judgeExample, openExample } from "../../examples/example.ts";
import { createHost } from "../../runtime/index.ts";
import { cedarWasm } from "../../runtime/node/index.ts";
import type { Manifest } from "../../schema/artefacts.ts";
import { type BoundKind, boundKindOf, boundKinds } from "../../schema/bounds.ts";
import type { Envelope, Field } from "../../schema/envelope.ts";

const wasm = await cedarWasm();
const faults: unknown[] = [];
const host = createHost({
  cedarWasm: wasm,
  engines: ["cedar", "rego", "reference"],
  onFault: (fault) => faults.push(fault),
});
const examples = await Promise.all((await exampleNames()).map(openExample));
const runs = examples.map((example) => ({ ...judgeExample(example, host), example }));

describe.each(runs.map((run) => ({ name: run.example.name, ...run })))("$name", ({ evaluator, judged, example }) => {
  test("every line has an id of its own and says what it wants", () => {
    const wants = judged.map(({ line }) => JSON.parse(line));
    expect(new Set(wants.map(({ id }) => id)).size).toBe(wants.length);
    for (const { want } of wants) expect(want).toEqual({ verdict: expect.any(String), violations: expect.any(Array) });
  });

  test("every verdict of Cedar, Rego and the reference is the one wanted", () => {
    expect(judged.flatMap(({ answer }) => answer.difference ?? [])).toEqual([]);
  });

  test("the wanted violations stand in the order of the table", () => {
    for (const { line, answer } of judged)
      expect(answer.verdict.violations.map(({ id }) => id)).toEqual(JSON.parse(line).want.violations);
  });

  test("every effect is reached, and allowed unless it can never be", () => {
    const { constant } = manifestOf(example.artefacts);
    for (const [effect, { forbidden }] of effectsOf(evaluator.envelope)) {
      const verdicts = judged
        .filter(({ answer }) => answer.verdict.effect === effect)
        .map(({ answer }) => answer.verdict.verdict);
      expect(verdicts.length, effect).toBeGreaterThan(0);
      const isDead = forbidden || (constant[effect]?.never.length ?? 0) > 0;
      expect(verdicts.includes("allow"), effect).toBe(!isDead);
    }
  });

  test("every bound is violated by a line, where any call can violate it", () => {
    const violated = new Set(judged.flatMap(({ answer }) => answer.verdict.violations.map(({ id }) => id)));
    expect(violableBounds(example.artefacts, evaluator.envelope).filter((id) => !violated.has(id))).toEqual([]);
  });
});

test("no engine fails on any line", () => expect(faults).toEqual([]));

test("together the examples violate every kind of bound", () => {
  const kinds = new Set(
    runs.flatMap(({ judged }) =>
      judged.flatMap(({ answer }) => answer.verdict.violations.map(({ id }) => boundKindOf(id)?.kind)),
    ),
  );
  expect(boundKinds.map(({ kind }): BoundKind => kind).filter((kind) => !kinds.has(kind))).toEqual([]);
});

test("together the examples use every field type and every aggregate", async () => {
  const schema = JSON.parse(await readFile(new URL("../../schema/envelope.schema.json", import.meta.url), "utf8"));
  const types: string[] = schema.$defs.Field.oneOf.map(
    ({ $ref }: { $ref: string }) => schema.$defs[$ref.split("/").at(-1)!].properties.type.const,
  );
  const fields: readonly Field[] = runs.flatMap(({ evaluator }) =>
    Object.values(evaluator.envelope.effects).flatMap(({ fields }) => Object.values(fields)),
  );
  expect(types.filter((type) => !fields.some((field) => field.type === type))).toEqual([]);
  const used = new Set<string>(fields.flatMap((field) => ("aggregate" in field ? field.aggregate : [])));
  expect(schema.$defs.Aggregate.enum.filter((aggregate: string) => !used.has(aggregate))).toEqual([]);
});

function manifestOf(artefacts: ReadonlyMap<string, Uint8Array>): Manifest {
  return JSON.parse(new TextDecoder().decode(artefacts.get("manifest.json")));
}

function effectsOf({ effects, forbidden }: Envelope): readonly (readonly [string, { forbidden: boolean }])[] {
  return Object.entries(effects).map(([name, { tags = [] }]) => [
    name,
    {
      forbidden: forbidden.some(
        (entry) => entry.effect === name || (entry.tag !== undefined && tags.includes(entry.tag)),
      ),
    },
  ]);
}

/**
 * The ids that the Cedar policies forbid by: every bound of every effect that is not known to hold when compiled. What
 * forbids an effect that the envelope does not have is left out: no tool reaches it, so no call can violate it.
 */
function violableBounds(artefacts: ReadonlyMap<string, Uint8Array>, envelope: Envelope): readonly string[] {
  const policies = new TextDecoder().decode(artefacts.get("policy.cedar"));
  const unreachable = envelope.forbidden.flatMap(({ effect }, index) =>
    effect === undefined || Object.hasOwn(envelope.effects, effect) ? [] : `forbidden/${index}`,
  );
  const ids = [...policies.matchAll(/@id\("([^"]+)"\)/g)]
    .map(([, id]) => id!)
    .filter((id) => boundKindOf(id) !== undefined && !unreachable.includes(id));
  expect(ids.length).toBeGreaterThan(Object.keys(envelope.effects).length * 3);
  return ids;
}
