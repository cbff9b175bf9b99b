/** Whatever goes wrong in the policy is a fault, never an answer, and the next call starts on a fresh instance. */
import { describe, expect, test } from "vitest";
import { EngineFault } from "../../runtime/engines/engine.ts";
import { regoEngine } from "../../runtime/engines/rego/engine.ts";
import { createPool } from "../../runtime/engines/rego/pool.ts";
import { artefactFiles } from "../../schema/artefacts.ts";
import type { HostileRequest } from "../../schema/request.ts";
import { envelopeWith, requestFor } from "./cedar-envelopes.ts";
import { type FakePolicy, fakePolicy } from "./fake-policy.ts";
import { documentOf, module, policyOf, wasm } from "./rego-host.ts";

const envelope = envelopeWith({
  perCall: [{ id: "effects/e/per_call/x", field: "x", shape: "number", min: 0, max: 5 }],
});
const allowed = requestFor({ x: 1 });
const utf8 = new TextEncoder();

const fake = (policy: FakePolicy) =>
  regoEngine().load(policyOf(envelope, new Map([[artefactFiles.wasm, fakePolicy(policy)]])));

const result = (value: unknown) => JSON.stringify([{ result: value }]);

describe("an answer that cannot be trusted is a fault", () => {
  test.each<readonly [name: string, answer: string | undefined]>([
    ["a trap", undefined],
    ["nothing", ""],
    ["no JSON", "allow"],
    ["half an answer", result({ verdict: "allow", violations: [] }).slice(0, -1)],
    ["an undefined result", "[]"],
    ["two results", `[${Array(2).fill('{"result":{"verdict":"allow","violations":[]}}')}]`],
    ["a result by another name", '[{"results":{"verdict":"allow","violations":[]}}]'],
    ["no verdict", result({ violations: [] })],
    ["a verdict of no kind", result({ verdict: "Allow", violations: [] })],
    ["a verdict that is true", result({ verdict: true, violations: [] })],
    ["no violations", result({ verdict: "allow" })],
    ["violations by name", result({ verdict: "deny", violations: { kill: true } })],
    ["a violation that is no text", result({ verdict: "deny", violations: [1] })],
    ["one bound twice", result({ verdict: "deny", violations: ["kill", "kill"] })],
    ["an allow with a violation", result({ verdict: "allow", violations: ["kill"] })],
    ["a deny without one", result({ verdict: "deny", violations: [] })],
    ["a hold without one", result({ verdict: "hold", violations: [] })],
    ["an inherited verdict", result({ __proto__: { verdict: "allow", violations: [] } })],
  ])("%s", (_, answer) => {
    const policy = fake(answer === undefined ? {} : { answer });
    expect(() => policy.judge(allowed)).toThrow(EngineFault);
    expect(() => policy.judge(allowed)).toThrow(EngineFault);
  });

  test("the assembled policies are sound but for their answers", () => {
    expect(fake({ answer: result({ verdict: "allow", violations: [] }) }).judge(allowed).verdict).toBe("allow");
  });
});

describe("an instance that has thrown", () => {
  const document = documentOf(envelope);
  const input = JSON.stringify(allowed);
  const abort = '{"x":"\\ud800"}';

  test("is replaced, for every envelope in it", () => {
    const pool = createPool(module);
    const [one, other] = [pool.enter(document), pool.enter(document)];
    const answer = one.evaluate(input, (text) => text);
    for (let round = 0; round < 1500; round += 1) {
      expect(() => one.evaluate(abort, (text) => text)).toThrow(/^`policy.wasm` aborted: /);
      if (round % 100 === 0) expect(other.evaluate(input, (text) => text)).toBe(answer);
    }
    expect(one.evaluate(input, (text) => text)).toBe(answer);
  });

  test("is replaced where its answer could not be read", () => {
    const tenant = createPool(module).enter(document);
    const fail = () => {
      throw new TypeError("unreadable");
    };
    expect(() => tenant.evaluate(input, fail)).toThrow(EngineFault);
    expect(tenant.evaluate(input, (text) => text)).toContain("allow");
  });

  test("nothing but faults comes out, whatever the request is", () => {
    const policy = regoEngine().load(policyOf(envelope));
    const circle: Record<string, unknown> = { ...allowed };
    circle.fields = circle;
    const unwritable: readonly HostileRequest[] = [
      circle,
      { ...allowed, now: 1n },
      { ...allowed, toJSON: () => undefined },
    ];
    for (const request of unwritable) expect(() => policy.judge(request)).toThrow(EngineFault);
    expect(policy.judge(allowed).verdict).toBe("allow");
  });
});

describe("a module that is no policy of ours is refused when it is loaded", () => {
  test.each<readonly [name: string, policy: FakePolicy, sentence: RegExp]>([
    [
      "built-ins left to the host",
      { builtins: '{"time.now_ns":0,"http.send":1}' },
      /built-ins to its host: time\.now_ns/,
    ],
    ["another ABI", { abi: [1, 2] }, /has OPA's ABI 1\.2, not 1\.3/],
    ["another entrypoint", { entrypoints: '{"other/decision":0}' }, /no entrypoint ambit\/decision/],
    ["an inherited entrypoint", { entrypoints: '{"__proto__":{"ambit/decision":0}}' }, /no entrypoint ambit\/decision/],
    ["no table of entrypoints", { entrypoints: "null" }, /no table/],
    ["entrypoints that are no JSON", { entrypoints: "{" }, /JSON/],
    ["another import", { imports: "fetch" }, /it imports env\.fetch:function/],
    ["a missing function", { lacks: "opa_eval" }, /exports no opa_eval/],
  ])("%s", (_, policy, sentence) => {
    expect(() => fake(policy)).toThrow(EngineFault);
    expect(() => fake(policy)).toThrow(sentence);
  });

  test.each(["", "not wasm", "\0asm\x02\0\0\0"])("bytes that are no module: %j", (bytes) => {
    const policy = policyOf(envelope, new Map([[artefactFiles.wasm, utf8.encode(bytes)]]));
    expect(() => regoEngine().load(policy)).toThrow(/^`policy.wasm` is no WebAssembly module$/);
  });
});

describe("artefacts other than the manifest names are refused by the name of the file", () => {
  const policy = policyOf(envelope);
  const replaced = (path: string, bytes: Uint8Array) => ({
    ...policy,
    artefacts: new Map([...policy.artefacts, [path, bytes]]),
  });

  test.each([0, 8, 1000, wasm.length - 1])("byte %i of policy.wasm changed", (offset) => {
    const bytes = Uint8Array.from(wasm);
    bytes[offset] = (bytes[offset] ?? 0) ^ 1;
    expect(() => regoEngine().load(replaced(artefactFiles.wasm, bytes))).toThrow(/^`policy.wasm` is not the file/);
  });

  test.each([
    ["another envelope", documentOf(envelopeWith({}))],
    ["no envelope", "{}"],
    ["no object", "null"],
  ])("data with %s", (_, data) => {
    expect(() => regoEngine().load(replaced(artefactFiles.data, utf8.encode(data)))).toThrow(
      /^`bundle\/data.json` is not the file/,
    );
  });

  test.each([artefactFiles.wasm, artefactFiles.data])("%s is missing", (path) => {
    const artefacts = new Map([...policy.artefacts].filter(([name]) => name !== path));
    expect(() => regoEngine().load({ ...policy, artefacts })).toThrow(`\`${path}\` is missing`);
  });

  test("data that is no JSON", () => {
    expect(() => regoEngine().load(replaced(artefactFiles.data, utf8.encode("{")))).toThrow(/is not JSON$/);
  });
});
