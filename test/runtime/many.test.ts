import { expect, test } from "vitest";
import { compile } from "../../compiler/compile.ts";
import type { FaultReport } from "../../runtime/fault.ts";
import { createHost } from "../../runtime/load.ts";
import { cedarWasm } from "../../runtime/node/cedar-wasm.ts";
import { freshFacts } from "../../runtime/session/fresh.ts";
import { call, envelope, now } from "./hand-made.ts";

const reports: FaultReport[] = [];
const host = createHost({ cedarWasm: await cedarWasm(), onFault: (report) => reports.push(report) });

/** The envelope that allows `max` at once, in both engines. */
function load(max: number) {
  const source = {
    ...envelope,
    id: `env_${max}`,
    effects: { count: { ...envelope.effects.count!, perCall: { by: { max } } } },
  };
  const { artefacts, diagnostics } = compile(new TextEncoder().encode(JSON.stringify(source)));
  if (artefacts === undefined) throw new Error(JSON.stringify(diagnostics));
  return host.load(artefacts);
}

const facts = freshFacts(envelope, "count", now);

test("many envelopes in one host keep their own limits, whatever is dropped and added beside them", () => {
  const loaded = new Map(Array.from({ length: 40 }, (_, max) => [max, load(max)]));
  for (let round = 0; round < 4; round++) {
    for (const max of [...loaded.keys()].filter((key) => key % 4 === round)) {
      loaded.get(max)?.drop();
      loaded.set(max, load(max));
    }
    for (const [max, evaluator] of loaded) {
      expect(evaluator.decide(call(max), facts)).toMatchObject({ verdict: "allow", engines: ["cedar", "rego"] });
      expect(evaluator.decide(call(max + 1), facts)).toMatchObject({ primary: "effects/count/per_call/by" });
    }
  }
  expect(reports).toEqual([]);
});

test("an evaluator that was dropped denies in both engines, and the others go on", () => {
  const [kept, gone] = [load(1), load(2)];
  gone.drop();
  expect(gone.decide(call(1), facts)).toMatchObject({ verdict: "deny", code: "ENGINE_FAILURE" });
  expect(kept.decide(call(1), facts).verdict).toBe("allow");
});

test("the same artefacts loaded twice are two evaluators: dropping one leaves the other", () => {
  const [first, second] = [load(3), load(3)];
  first.drop();
  expect(second.decide(call(3), facts).verdict).toBe("allow");
  expect(second.decide(call(4), facts).verdict).toBe("deny");
});
