/** Whatever goes wrong in Cedar is a fault, never an answer, and the next call starts on a fresh instance. */
import { describe, expect, test } from "vitest";
import { cedarEngine, cedarEngineOver } from "../../runtime/engines/cedar/engine.ts";
import { type CedarInstance, instantiateCedar } from "../../runtime/engines/cedar/instance.ts";
import { cedarWasmDigest, importModule, importNames, requireImports } from "../../runtime/engines/cedar/module.ts";
import { CedarPool } from "../../runtime/engines/cedar/pool.ts";
import { EngineFault, type Policy } from "../../runtime/engines/engine.ts";
import { cedarWasm } from "../../runtime/node/cedar-wasm.ts";
import { sha256 } from "../../schema/json/canonical.ts";
import { envelopeWith, requestFor } from "./cedar-envelopes.ts";
import { module, policyOf, poolOf } from "./cedar-host.ts";

const envelope = envelopeWith({
  perCall: [{ id: "effects/e/per_call/x", field: "x", shape: "number", min: 0, max: 5 }],
});
const allowed = requestFor({ x: 1 });
const denied = requestFor({ x: 9 });

const success = (
  decision: string,
  reason: readonly string[],
  errors: readonly unknown[] = [],
  warnings: readonly unknown[] = [],
) => JSON.stringify({ type: "success", response: { decision, diagnostics: { reason, errors } }, warnings });

/** An engine whose instances misbehave while `fault` says how, and the number of instances it has made. */
function faulty() {
  const state: { made: number; answer: ((text: string) => unknown) | undefined } = { made: 0, answer: undefined };
  const pool = new CedarPool(() => {
    state.made += 1;
    const instance = instantiateCedar(module);
    const statefulIsAuthorized = (call: string) =>
      state.answer === undefined ? instance.statefulIsAuthorized(call) : state.answer(call);
    return { ...instance, statefulIsAuthorized } satisfies CedarInstance;
  });
  return { state, policy: cedarEngineOver(pool).load(policyOf(envelope)) };
}

const trap = () => {
  throw new WebAssembly.RuntimeError("unreachable");
};

describe("an answer that cannot be trusted is a fault", () => {
  test.each<readonly [name: string, answer: (call: string) => unknown]>([
    ["a trap", trap],
    [
      "a thrown string",
      () => {
        throw "x";
      },
    ],
    ["nothing", () => undefined],
    ["no JSON", () => "allow"],
    ["half an answer", () => success("allow", ["permit/e"]).slice(0, -1)],
    ["a failure", () => '{"type":"failure","errors":[],"warnings":[]}'],
    ["a decision of another name", () => success("Allow", ["permit/e"])],
    ["an allow with an error", () => success("allow", ["permit/e"], [{ policyId: "permit/e", error: {} }])],
    ["an allow with a warning", () => success("allow", ["permit/e"], [], [{}])],
    ["an allow by nothing", () => success("allow", [])],
    ["an allow by another policy", () => success("allow", ["permit/f"])],
    ["an allow by two policies", () => success("allow", ["permit/e", "permit/e"])],
    ["a deny with an error", () => success("deny", [], [{ policyId: "permit/e", error: {} }])],
    ["a deny by the permit", () => success("deny", ["permit/e"])],
    ["a deny for which nothing forbids", () => success("deny", [])],
    [
      "a reason that is no text",
      () => '{"type":"success","response":{"decision":"deny","diagnostics":{"reason":[1],"errors":[]}},"warnings":[]}',
    ],
    ["an object in place of its text", () => JSON.parse(success("allow", ["permit/e"]))],
  ])("%s", (_, answer) => {
    const { state, policy } = faulty();
    state.answer = answer;
    expect(() => policy.judge(allowed)).toThrow(EngineFault);
    state.answer = undefined;
    const before = state.made;
    expect(policy.judge(allowed)).toEqual({ verdict: "allow", violations: [] });
    expect(policy.judge(denied).violations).toEqual(["effects/e/per_call/x"]);
    expect(state.made).toBe(before + 1);
  });

  test.each([
    ["an allow", success("allow", ["permit/e"])],
    ["a bound that is not forbidden there", success("deny", ["effects/f/per_call/x"])],
    ["one bound twice", success("deny", ["kill", "kill"])],
    ["no bound", success("deny", [])],
  ])("when the reasons are asked: %s", (_, reasons) => {
    const { state, policy } = faulty();
    state.answer = (call) => (call.includes("/forbid/") ? reasons : success("deny", []));
    expect(() => policy.judge(denied)).toThrow(EngineFault);
  });
});

test("what Cedar itself throws is a fault, and nothing stays behind", () => {
  const { state, policy } = faulty();
  for (let round = 1; round <= 20; round += 1) {
    state.answer = () => instantiateCedar(module).statefulIsAuthorized('{"context":');
    expect(() => policy.judge(allowed)).toThrow(EngineFault);
    state.answer = undefined;
    expect(policy.judge(allowed).verdict).toBe("allow");
  }
});

test("an instance for which there is no memory is a fault, and the next one is right", () => {
  let refused = true;
  const pool = new CedarPool(() => {
    if (refused) throw new RangeError("Cannot allocate Wasm memory for new instance");
    return instantiateCedar(module);
  });
  const engine = cedarEngineOver(pool);
  expect(() => engine.load(policyOf(envelope))).toThrow(EngineFault);
  refused = false;
  const policy = engine.load(policyOf(envelope));
  expect(policy.judge(allowed).verdict).toBe("allow");
  refused = true;
  policy.renew();
  expect(() => policy.judge(allowed)).toThrow(EngineFault);
  refused = false;
  expect(policy.judge(denied).violations).toEqual(["effects/e/per_call/x"]);
});

test("an instance whose answer was not believed is replaced", () => {
  const { state, policy } = faulty();
  expect(policy.judge(allowed).verdict).toBe("allow");
  const before = state.made;
  policy.renew();
  policy.renew();
  expect(policy.judge(allowed).verdict).toBe("allow");
  expect(state.made).toBe(before + 1);
});

test("a dropped policy judges nothing", () => {
  const { policy } = faulty();
  policy.drop();
  policy.drop();
  expect(() => policy.judge(allowed)).toThrow(EngineFault);
});

describe("the module", () => {
  test("is the pinned one", async () => {
    expect(sha256(await cedarWasm())).toBe(cedarWasmDigest);
    expect(
      cedarEngine(await cedarWasm())
        .load(policyOf(envelope))
        .judge(allowed).verdict,
    ).toBe("allow");
  });

  test.each([0, 1000, 4_000_000])("one changed byte at %i is refused in a sentence", async (offset) => {
    const bytes = new Uint8Array(await cedarWasm());
    bytes[offset] = (bytes[offset] ?? 0) ^ 1;
    expect(() => cedarEngine(bytes)).toThrow(/^the Cedar module is not that of @cedar-policy\/cedar-wasm 4\.13\.0/);
    expect(() => cedarEngine(new Uint8Array())).toThrow(EngineFault);
  });

  test("with other imports is refused in a sentence", () => {
    const known = WebAssembly.Module.imports(module);
    expect(() => requireImports(known)).not.toThrow();
    expect(() => requireImports(known.slice(1))).toThrow(EngineFault);
    expect(() => requireImports([...known, { module: "env", name: "abort", kind: "function" }])).toThrow(
      /asks its host/,
    );
    expect(known).toContainEqual({ module: importModule, name: importNames.parse, kind: "function" });
  });
});

describe("artefacts that are not those of the envelope are refused", () => {
  const engine = cedarEngineOver(poolOf());
  const policy = policyOf(envelope);
  const changed = (path: string, change: (text: string) => string): Policy => {
    const bytes = new TextEncoder().encode(change(new TextDecoder().decode(policy.artefacts.get(path))));
    const files = { ...policy.manifest.files, [path]: sha256(bytes) };
    return { manifest: { ...policy.manifest, files }, artefacts: new Map([...policy.artefacts, [path, bytes]]) };
  };
  const without = (path: string): Policy => ({
    ...policy,
    artefacts: new Map([...policy.artefacts].filter(([name]) => name !== path)),
  });

  test.each<readonly [name: string, policy: Policy, message: RegExp]>([
    ["no policies", without("policy.cedar"), /`policy\.cedar` is missing/],
    ["no schema", without("schema.cedarschema"), /`schema\.cedarschema` is missing/],
    [
      "a digest of other bytes",
      { ...changed("policy.cedar", (text) => `${text}\n`), manifest: policy.manifest },
      /`policy\.cedar` is not the file/,
    ],
    [
      "policies of another form",
      changed("policy.cedar", (text) => text.replace("forbid (", "forbid(")),
      /not of the form/,
    ],
    [
      "policies of another envelope",
      changed("policy.cedar", (text) => text.replaceAll("sha256:a", "sha256:b")),
      /another envelope/,
    ],
    ["no schema in the file", changed("schema.cedarschema", () => "{"), /did not read the schema/],
    [
      "a schema of another form",
      changed("schema.cedarschema", (text) => text.replace("now?: Long", "now?: __cedar::ipaddr")),
      /not of the form/,
    ],
  ])("%s", (_, refused, message) => {
    expect(() => engine.load(refused)).toThrow(message);
    expect(() => engine.load(refused)).toThrow(EngineFault);
  });

  test("a policy that Cedar cannot read is a fault each time it is asked", () => {
    const broken = engine.load(changed("policy.cedar", (text) => text.replace("principal ==", "principal =")));
    expect(() => broken.judge(allowed)).toThrow(EngineFault);
    expect(() => broken.judge(allowed)).toThrow(/did not read the policies/);
    expect(engine.load(policy).judge(allowed).verdict).toBe("allow");
  });
});
