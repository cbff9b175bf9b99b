/** Artefacts, facts and requests that others hold too, and change, or that read otherwise each time: one reading counts. */
import { describe, expect, test } from "vitest";
import { compile } from "../../compiler/compile.ts";
import { createHost } from "../../runtime/load.ts";
import { cedarWasm } from "../../runtime/node/cedar-wasm.ts";
import { freshFacts } from "../../runtime/session/fresh.ts";
import { type Artefacts, artefactFiles } from "../../schema/artefacts.ts";
import { allows, denies, engineThat } from "./fakes.ts";
import { call, envelope, handMade, now } from "./hand-made.ts";

const wasm = await cedarWasm();
const source = new TextEncoder().encode(JSON.stringify(envelope));
const { artefacts } = compile(source);
const compiled = (): Map<string, Uint8Array> =>
  new Map(Array.from(artefacts ?? [], ([file, bytes]) => [file, Uint8Array.from(bytes)]));
const facts = freshFacts(envelope, "count", now);
const load = (given: Artefacts) => createHost({ cedarWasm: wasm }).load(given);

describe("artefacts", () => {
  test.each([artefactFiles.cedar, artefactFiles.data, artefactFiles.source])(
    "%s rewritten in place after the load: the limits are those that were verified, in every evaluator",
    (file) => {
      for (const engine of ["cedar", "rego", "reference"] as const) {
        const host = createHost({ engines: [engine], ...(engine === "cedar" ? { cedarWasm: wasm } : {}) });
        const given = compiled();
        const evaluator = host.load(given);
        const bytes = given.get(file) ?? new Uint8Array();
        const wider = new TextDecoder().decode(bytes).replace(/(<= |> |"max": ?)3\b/g, "$19");
        expect(new TextEncoder().encodeInto(wider, bytes).read).toBe(wider.length);
        expect(evaluator.decide(call(9), facts)).toMatchObject({ primary: "effects/count/per_call/by" });
        expect(host.load(compiled()).decide(call(9), facts)).toMatchObject({ verdict: "deny" });
      }
    },
  );

  test("a map that answers otherwise after it was verified changes nothing", () => {
    const wider = { ...envelope, effects: { count: { ...envelope.effects.count, perCall: { by: { max: 9 } } } } };
    for (let turn = 0; turn < 6; turn++) {
      class Fickle extends Map<string, Uint8Array> {
        reads = 0;
        override get(file: string) {
          if (file !== artefactFiles.source || this.reads++ < turn) return super.get(file);
          return new TextEncoder().encode(JSON.stringify(wider));
        }
      }
      const evaluator = createHost({ engines: ["reference"] }).load(new Fickle(handMade()));
      expect(evaluator.decide(call(9), facts)).toMatchObject({ primary: "effects/count/per_call/by" });
    }
  });

  test("that are no bytes are refused", () => {
    const text = "permit (principal, action, resource);";
    const given = new Map([...handMade(), [artefactFiles.cedar, text as never]]);
    expect(() => createHost({ engines: ["reference"] }).load(given)).toThrow("`policy.cedar` is not given as bytes");
  });
});

describe("facts", () => {
  test("are read once: all engines and the verdict have the same", () => {
    let reads = 0;
    const meters = {
      ...facts.state.meters,
      get "budgets/actions"() {
        return reads++ === 0 ? 0 : 10;
      },
    };
    const verdict = load(compiled()).decide(call(1), { ...facts, state: { ...facts.state, meters } });
    expect(verdict).toMatchObject({ verdict: "allow", request: { state: { meters: { "budgets/actions": 0 } } } });
    expect(reads).toBe(1);
  });

  test("changed after the verdict leave its request as it was judged", () => {
    const state = { ...facts.state, meters: { ...facts.state.meters } };
    const { request } = load(compiled()).decide(call(1), { ...facts, state });
    const judged = JSON.stringify(request);
    Object.assign(state, { killed: true });
    Object.assign(state.meters, { "budgets/actions": 10 });
    expect(JSON.stringify(request)).toBe(judged);
  });

  test("that would write themselves otherwise are judged as they are", () => {
    const state = { ...facts.state, killed: true, toJSON: () => facts.state };
    expect(load(compiled()).decide(call(1), { ...facts, state })).toMatchObject({ code: "KILLED" });
  });

  test("that every object inherits are none", () => {
    const evaluator = load(compiled());
    const { principal, now, state } = facts;
    const { killed: _, ...others } = state;
    const inherited = { principal, killed: false };
    for (const name of Object.keys(inherited)) expect(name in Object.prototype).toBe(false);
    try {
      for (const [name, value] of Object.entries(inherited))
        Object.defineProperty(Object.prototype, name, { value, configurable: true, enumerable: true, writable: true });
      expect(evaluator.decide(call(1), { now, state })).toMatchObject({ primary: "principal" });
      expect(evaluator.decide(call(1), { principal, now, state: others })).toMatchObject({ primary: "kill" });
    } finally {
      for (const name of Object.keys(inherited)) Reflect.deleteProperty(Object.prototype, name);
    }
  });

  test.each([
    ["a field", (decoded: object) => Object.assign(Reflect.get(decoded, "fields"), { by: 1 })],
    ["the effect", (decoded: object) => Object.assign(decoded, { effect: "other" })],
    ["the tool", (decoded: object) => Object.assign(decoded, { tool: "other" })],
  ])("gathered by a function that changes %s of the call are none: what was decoded is judged", (_, change) => {
    const verdict = load(compiled()).decide(call(9), (decoded) => {
      change(decoded);
      return facts;
    });
    expect(verdict).toMatchObject({ verdict: "deny", code: "STORE_UNAVAILABLE" });
  });

  test("that come as a promise, even one that fails: deny, and the process goes on", async () => {
    for (const gather of [() => Promise.resolve(facts), () => Promise.reject(new Error("offline"))]) {
      const verdict = load(compiled()).decide(call(1), gather as never);
      expect(verdict).toMatchObject({ verdict: "deny", code: "STORE_UNAVAILABLE" });
      await new Promise((resolve) => setImmediate(resolve));
    }
  });

  test("with a reading that drops the evaluator: deny", () => {
    for (const engine of ["cedar", "rego", "reference"] as const) {
      const host = createHost({ engines: [engine], ...(engine === "cedar" ? { cedarWasm: wasm } : {}) });
      const evaluator = host.load(compiled());
      const state = {
        ...facts.state,
        get killed() {
          evaluator.drop();
          return false;
        },
      };
      expect(evaluator.decide(call(1), { ...facts, state })).toMatchObject({ code: "ENGINE_FAILURE" });
    }
  });
});

test("a request that reads otherwise each time is read once", () => {
  const evaluator = load(compiled());
  const { request } = evaluator.decide(call(1), facts);
  let reads = 0;
  const fickle = {
    ...request,
    get fields() {
      return { by: reads++ === 0 ? 9 : 1 };
    },
  };
  expect(evaluator.judge(fickle)).toMatchObject({ primary: "effects/count/per_call/by", fields: { by: 9 } });
  expect(reads).toBe(1);
});

test("a subscriber's promise of any make that fails later does not end the process", async () => {
  // biome-ignore lint/suspicious/noThenProperty: another library's promise is what this is about
  const foreign = { then: (_: unknown, fail: (why: Error) => void) => fail(new Error("offline")) };
  const evaluator = createHost({
    engines: [engineThat("cedar", allows), engineThat("rego", denies)],
    onFault: () => foreign,
  }).load(handMade());
  expect(evaluator.decide(call(1), facts)).toMatchObject({ code: "ENGINE_DISAGREEMENT" });
  await new Promise((resolve) => setImmediate(resolve));
});
