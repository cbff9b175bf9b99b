/** Mutated inputs at every door: nothing throws, nothing faults, and what is said of them fits together. */
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { compile } from "../../compiler/index.ts";
import { exampleNames, openExample } from "../../examples/example.ts";
import { createHost, type Evaluator, type FaultReport, freshFacts, type Host } from "../../runtime/index.ts";
import { cedarWasm } from "../../runtime/node/index.ts";
import { canonicalJson } from "../../schema/json/canonical.ts";
import type { HostileRequest } from "../../schema/request.ts";
import { mutants } from "./mutate.ts";
import { fuzz, timeout } from "./run.ts";
import { readSeeds, type Seeds } from "./seeds.ts";

const now = Date.parse("2025-05-05T10:00:00Z");

describe("fuzzing", () => {
  let seeds: Seeds;
  let host: Host;
  let evaluators: readonly Evaluator[];
  const faults: FaultReport[] = [];

  beforeAll(async () => {
    seeds = await readSeeds();
    const engines = ["cedar", "rego", "reference"] as const;
    host = createHost({ engines, cedarWasm: await cedarWasm(), onFault: (report) => faults.push(report) });
    evaluators = await Promise.all(
      (await exampleNames()).map(async (name) => host.load((await openExample(name)).artefacts)),
    );
  });

  test("envelopes: an error, or artefacts that both engines load", { timeout }, () => {
    fuzz(
      "envelope reader",
      fc.oneof({ weight: 9, arbitrary: mutants(seeds.envelopes) }, { weight: 1, arbitrary: mutants(seeds.documents) }),
      (bytes) => {
        const { diagnostics, artefacts } = compile(bytes);
        const errors = diagnostics.filter(({ severity }) => severity === "error");
        expect(artefacts === undefined).toBe(errors.length > 0);
        for (const { line, column } of diagnostics) expect(Math.min(line, column)).toBeGreaterThan(0);
        if (artefacts !== undefined) host.load(artefacts).drop();
        return artefacts !== undefined;
      },
    );
  });

  test("proposals: failures, or a call that decodes to itself", { timeout }, () => {
    fuzz(
      "proposal decoder",
      fc.oneof({ weight: 9, arbitrary: mutants(seeds.proposals) }, { weight: 1, arbitrary: mutants(seeds.documents) }),
      (bytes) => {
        let through = false;
        for (const evaluator of evaluators) {
          const decoded = evaluator.decode(bytes);
          if (!decoded.ok) {
            expect(decoded.failures.length).toBeGreaterThan(0);
            continue;
          }
          const { tool, args, fields, effect } = decoded.call;
          through ||= effect !== "";
          const again = evaluator.decode(JSON.stringify({ tool, args }));
          expect(again.ok && canonicalJson([again.call.effect, again.call.fields, again.call.args])).toBe(
            canonicalJson([effect, fields, args]),
          );
        }
        return through;
      },
    );
  });

  test("requests: one verdict of all engines", { timeout }, () => {
    const requests = evaluators.flatMap((evaluator, index) =>
      seeds.proposals.flatMap((proposal) => {
        const { request } = evaluator.decide(proposal, ({ effect }) => freshFacts(evaluator.envelope, effect, now));
        return request === null || request.effect === "" ? [] : [{ index, text: JSON.stringify(request) }];
      }),
    );
    const texts = evaluators.map((_, index) => requests.filter((one) => one.index === index).map(({ text }) => text));
    const input = fc.nat(evaluators.length - 1).chain((index) => fc.tuple(fc.constant(index), mutants(texts[index]!)));
    const utf8 = new TextDecoder();
    faults.length = 0;
    fuzz("requests to Cedar, Rego and the reference", input, ([index, bytes]) => {
      const request = parsed(utf8.decode(bytes));
      if (request === undefined) return false;
      const { verdict } = evaluators[index]!.judge(request);
      expect(faults.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
      expect(["allow", "hold", "deny"]).toContain(verdict);
      return true;
    });
  });
});

function parsed(text: string): HostileRequest | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
