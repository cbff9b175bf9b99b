import { describe, expect, test } from "vitest";
import type { FaultReport } from "../../runtime/fault.ts";
import { createHost } from "../../runtime/load.ts";
import { freshFacts } from "../../runtime/session/fresh.ts";
import type { Envelope } from "../../schema/envelope.ts";
import { allows, denies, engineThat, faults } from "./fakes.ts";
import { call, envelope, handMade, now } from "./hand-made.ts";

const facts = freshFacts(envelope, "count", now);

function hostWith(cedar: () => unknown, rego: () => unknown, source = envelope) {
  const reports: FaultReport[] = [];
  const host = createHost({
    engines: [engineThat("cedar", cedar), engineThat("rego", rego)],
    onFault: (report) => reports.push(report),
  });
  return { evaluator: host.load(handMade(source)), reports };
}

describe.each(Object.entries(faults))("an engine that %s", (_, fault) => {
  test.each([
    ["beside one that allows", () => hostWith(allows, fault)],
    ["before one that allows", () => hostWith(fault, allows)],
    ["beside one that fails the same way", () => hostWith(fault, fault)],
  ])("%s: deny, engine failure, one report", (_, host) => {
    const { evaluator, reports } = host();
    const verdict = evaluator.decide(call(1), facts);
    expect(verdict).toMatchObject({
      verdict: "deny",
      code: "ENGINE_FAILURE",
      primary: "engine",
      violations: [{ id: "engine", code: "ENGINE_FAILURE", pointer: "" }],
      effect: "count",
      fields: { by: 1 },
    });
    expect(reports).toMatchObject([{ code: "ENGINE_FAILURE", request: { tool: "counter.add" } }]);
    expect(reports[0]?.outcomes).toHaveLength(2);
  });
});

describe("engines that disagree", () => {
  const asking: Envelope = {
    ...envelope,
    effects: { count: { ...envelope.effects.count!, approval: { keys: 1, roles: ["boss"] } } },
  };
  const holds = () => ({ verdict: "hold", violations: ["effects/count/approval"] });
  const deniesOtherwise = () => ({ verdict: "deny", violations: ["phase"] });
  const deniesMore = () => ({ verdict: "deny", violations: ["kill", "phase"] });
  test.each([
    ["allow and deny", allows, denies],
    ["deny and allow", denies, allows],
    ["allow and hold", allows, holds],
    ["hold and deny", holds, denies],
    ["deny for different reasons", denies, deniesOtherwise],
    ["deny for one reason and for two", denies, deniesMore],
    ["deny for two reasons and for one", deniesMore, denies],
    ["deny and deny for nothing in common", deniesMore, deniesOtherwise],
  ])("%s: deny, disagreement, one report with both answers", (_, cedar, rego) => {
    const { evaluator, reports } = hostWith(cedar, rego, asking);
    expect(evaluator.decide(call(1), facts)).toMatchObject({
      verdict: "deny",
      code: "ENGINE_DISAGREEMENT",
      violations: [{ id: "engine", code: "ENGINE_DISAGREEMENT", pointer: "" }],
      engines: ["cedar", "rego"],
    });
    expect(reports).toMatchObject([
      { code: "ENGINE_DISAGREEMENT", outcomes: [{ answer: cedar() }, { answer: rego() }] },
    ]);
  });

  test("the order of violations is no disagreement", () => {
    const { evaluator, reports } = hostWith(deniesMore, () => ({ verdict: "deny", violations: ["phase", "kill"] }));
    expect(evaluator.decide(call(1), facts).violations.map(({ id }) => id)).toEqual(["kill", "phase"]);
    expect(reports).toEqual([]);
  });
});

describe("a subscriber", () => {
  const evaluatorWith = (onFault: () => unknown) =>
    createHost({ engines: [engineThat("cedar", allows), engineThat("rego", denies)], onFault }).load(handMade());

  test("that throws changes nothing", () => {
    const evaluator = evaluatorWith(() => {
      throw new Error("disk full");
    });
    expect(evaluator.decide(call(1), facts)).toMatchObject({ verdict: "deny", code: "ENGINE_DISAGREEMENT" });
  });

  test("that fails later changes nothing, and does not end the process", async () => {
    const evaluator = evaluatorWith(() => Promise.reject(new Error("offline")));
    expect(evaluator.decide(call(1), facts)).toMatchObject({ verdict: "deny", code: "ENGINE_DISAGREEMENT" });
    await new Promise((resolve) => setImmediate(resolve));
  });

  test("hears nothing of honest verdicts", () => {
    const { evaluator, reports } = hostWith(denies, denies);
    evaluator.decide(call(1), facts);
    evaluator.decide("no call", facts);
    expect(reports).toEqual([]);
  });
});

describe("an engine that is not believed starts anew", () => {
  function renewals(cedar: () => unknown, rego: () => unknown) {
    const renewed = { cedar: 0, rego: 0 };
    const engines = [
      engineThat("cedar", cedar, () => void renewed.cedar++),
      engineThat("rego", rego, () => void renewed.rego++),
    ];
    createHost({ engines }).load(handMade()).decide(call(1), facts);
    return renewed;
  }
  const traps = () => {
    throw new Error("trap");
  };
  test.each([
    ["one that answers nonsense, not the other", allows, () => "allow", { cedar: 0, rego: 1 }],
    ["one that throws, not the other", traps, allows, { cedar: 1, rego: 0 }],
    ["both, where they disagree: either may be wrong", allows, denies, { cedar: 1, rego: 1 }],
    ["none, where they agree", denies, denies, { cedar: 0, rego: 0 }],
  ])("%s", (_, cedar, rego, want) => {
    expect(renewals(cedar, rego)).toEqual(want);
  });

  test("or cannot: the verdict is deny all the same, and the others start anew", () => {
    let renewed = 0;
    const engines = [engineThat("cedar", allows, traps), engineThat("rego", denies, () => void renewed++)];
    const evaluator = createHost({ engines }).load(handMade());
    expect(evaluator.decide(call(1), facts)).toMatchObject({ verdict: "deny", code: "ENGINE_DISAGREEMENT" });
    expect(renewed).toBe(1);
  });
});

describe("asking again from within", () => {
  test("a subscriber gets an honest verdict, and the first verdict stays", () => {
    let healthy = false;
    let heard: unknown;
    const answer = () => (healthy ? allows() : undefined);
    const evaluator = createHost({
      engines: [engineThat("cedar", allows), engineThat("rego", answer)],
      onFault: () => {
        healthy = true;
        heard = evaluator.decide(call(1), facts).verdict;
      },
    }).load(handMade());
    expect(evaluator.decide(call(1), facts)).toMatchObject({ verdict: "deny", code: "ENGINE_FAILURE" });
    expect(heard).toBe("allow");
  });

  test("facts that are gathered by a decision of their own are judged by themselves", () => {
    const evaluator = createHost({ engines: ["reference"] }).load(handMade());
    const verdict = evaluator.decide(call(1), () => {
      expect(evaluator.decide(call(4), facts).verdict).toBe("deny");
      return facts;
    });
    expect(verdict.verdict).toBe("allow");
  });
});

test("after a fault the next honest answer counts again", () => {
  let healthy = false;
  const { evaluator } = hostWith(allows, () => (healthy ? allows() : undefined));
  expect(evaluator.decide(call(1), facts).verdict).toBe("deny");
  healthy = true;
  expect(evaluator.decide(call(1), facts).verdict).toBe("allow");
});

test("one engine of two that answers is never enough; the verdict names it", () => {
  const { evaluator } = hostWith(allows, () => undefined);
  expect(evaluator.decide(call(1), facts)).toMatchObject({ verdict: "deny", engines: ["cedar"] });
});

describe("facts", () => {
  test("that cannot be gathered: deny, store unavailable, one report", () => {
    const { evaluator, reports } = hostWith(allows, allows);
    const verdict = evaluator.decide(call(1), () => {
      throw new Error("connection lost");
    });
    expect(verdict).toMatchObject({
      verdict: "deny",
      violations: [{ id: "store", code: "STORE_UNAVAILABLE", pointer: "", message: "connection lost" }],
      engines: [],
      effect: null,
    });
    expect(reports).toMatchObject([{ code: "STORE_UNAVAILABLE", request: null }]);
  });

  test("are not gathered for a call that cannot be decoded", () => {
    const { evaluator } = hostWith(allows, allows);
    let asked = false;
    const verdict = evaluator.decide(call("one"), () => {
      asked = true;
      return facts;
    });
    expect(verdict).toMatchObject({ verdict: "deny", primary: "decode/by", effect: null, fields: null, engines: [] });
    expect(asked).toBe(false);
  });

  test.each([
    ["nothing", {}],
    ["a principal that is a number", { ...facts, principal: 7 }],
    ["a state that is no object", { ...facts, state: 7 }],
    ["no state", { now }],
  ])("of %s: the bounds that need them are violated", (_, given) => {
    const evaluator = createHost({ engines: ["reference"] }).load(handMade());
    expect(evaluator.decide(call(1), given)).toMatchObject({ verdict: "deny", engines: ["reference"] });
  });
});
