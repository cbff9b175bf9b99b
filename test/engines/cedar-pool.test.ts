/** Many envelopes in one process: instances are filled, replaced and thrown away, and nothing that is still in use is lost. */
import { describe, expect, test } from "vitest";
import { cedarEngineOver } from "../../runtime/engines/cedar/engine.ts";
import { type CedarInstance, instantiateCedar } from "../../runtime/engines/cedar/instance.ts";
import { CedarPool, type PolicySet } from "../../runtime/engines/cedar/pool.ts";
import { sha256 } from "../../schema/json/canonical.ts";
import { digest, envelopeWith, requestFor } from "./cedar-envelopes.ts";
import { module, policyOf, poolOf } from "./cedar-host.ts";

/** Instances in which each policy set takes one byte, and where each call names the instance that answered. */
function counted(limits: { instanceBytes: number; totalBytes: number }) {
  let made = 0;
  const prepared: string[] = [];
  const pool = new CedarPool((): CedarInstance => {
    made += 1;
    const name = made;
    const ids = new Set<string>();
    return {
      preparsePolicySet: (id) => {
        ids.add(id);
        prepared.push(`${name}:${id}`);
        return '{"type":"success"}';
      },
      statefulIsAuthorized: (id) => (ids.has(id) ? name : "not prepared"),
      schemaToJson: () => "{}",
      memoryBytes: () => ids.size,
    };
  }, limits);
  const ask = (set: PolicySet) => pool.ask(set, (instance) => instance.statefulIsAuthorized(set.id));
  return { pool, ask, prepared };
}

const set = (id: string): PolicySet => ({ id, policies: () => new Map() });

describe("a pool", () => {
  test("prepares a policy set once", () => {
    const { ask, prepared } = counted({ instanceBytes: 10, totalBytes: 100 });
    const a = set("a");
    expect([ask(a), ask(a), ask(set("a"))]).toEqual([1, 1, 1]);
    expect(prepared).toEqual(["1:a"]);
  });

  test("leaves what is in use where it is when an instance is full", () => {
    const { ask, prepared } = counted({ instanceBytes: 2, totalBytes: 100 });
    const sets = ["a", "b", "c", "d", "e"].map(set);
    expect(sets.map(ask)).toEqual([1, 1, 2, 2, 3]);
    expect(sets.map(ask)).toEqual([1, 1, 2, 2, 3]);
    expect(prepared).toHaveLength(5);
  });

  test("throws an instance away once most of it has been given up, and moves the rest when it is asked for", () => {
    const { pool, ask } = counted({ instanceBytes: 3, totalBytes: 100 });
    const [a, b, c, d] = ["a", "b", "c", "d"].map(set) as [PolicySet, PolicySet, PolicySet, PolicySet];
    expect([a, b, c, d].map(ask)).toEqual([1, 1, 1, 2]);
    pool.release(a);
    expect(pool.memoryBytes).toBe(4);
    pool.release(b);
    expect(pool.memoryBytes).toBe(1);
    expect(ask(c)).toBe(2);
  });

  test("gives up what was least recently used when there is too much", () => {
    const { pool, ask } = counted({ instanceBytes: 2, totalBytes: 6 });
    const [a, b, c, d, e, f, g] = ["a", "b", "c", "d", "e", "f", "g"].map(set) as [
      PolicySet,
      PolicySet,
      PolicySet,
      PolicySet,
      PolicySet,
      PolicySet,
      PolicySet,
    ];
    expect([a, b, c, d, e, f].map(ask)).toEqual([1, 1, 2, 2, 3, 3]);
    expect(ask(a)).toBe(1);
    expect(ask(g)).toBe(4);
    expect(pool.memoryBytes).toBeLessThanOrEqual(6);
    expect([ask(a), ask(c)]).toEqual([1, 4]);
  });

  test("stays flat however many are added and dropped", () => {
    const { pool, ask } = counted({ instanceBytes: 10, totalBytes: 40 });
    const kept = set("kept");
    for (let index = 0; index < 1000; index += 1) {
      const one = set(`set ${index}`);
      ask(one);
      pool.release(one);
      if (index % 50 === 0) expect(ask(kept)).toBeTypeOf("number");
      expect(pool.memoryBytes).toBeLessThanOrEqual(20);
    }
  });
});

/** The same policies for other envelopes. */
function policiesOf(count: number) {
  const envelope = envelopeWith({
    perCall: [{ id: "effects/e/per_call/x", field: "x", shape: "number", min: 0, max: 5 }],
  });
  const { manifest, artefacts } = policyOf(envelope);
  const text = new TextDecoder().decode(artefacts.get("policy.cedar"));
  return Array.from({ length: count }, (_, index) => {
    const name = `sha256:${String(index).padStart(64, "0")}`;
    const bytes = new TextEncoder().encode(text.replaceAll(digest, name));
    return {
      manifest: { ...manifest, envelope: name, files: { ...manifest.files, "policy.cedar": sha256(bytes) } },
      artefacts: new Map([...artefacts, ["policy.cedar", bytes]]),
    };
  });
}

test("many envelopes are judged in turn, each by its own policies", () => {
  const pool = poolOf({ instanceBytes: 4 * 2 ** 20, totalBytes: 16 * 2 ** 20 });
  const engine = cedarEngineOver(pool);
  const loaded = policiesOf(300).map((policy) => ({ envelope: policy.manifest.envelope, policy: engine.load(policy) }));
  for (let round = 0; round < 2; round += 1) {
    for (const { envelope, policy } of loaded) {
      expect(policy.judge(requestFor({ x: 5 }, {}, { envelope })).verdict).toBe("allow");
      expect(policy.judge(requestFor({ x: 6 }, {}, { envelope })).violations).toEqual(["effects/e/per_call/x"]);
      expect(policy.judge(requestFor({ x: 5 })).violations).toEqual(["envelope"]);
    }
  }
  expect(pool.memoryBytes).toBeLessThanOrEqual(20 * 2 ** 20);
});

test("envelopes that are dropped leave no memory behind", () => {
  let made = 0;
  const pool = new CedarPool(
    () => {
      made += 1;
      return instantiateCedar(module);
    },
    { instanceBytes: 4 * 2 ** 20, totalBytes: 16 * 2 ** 20 },
  );
  const engine = cedarEngineOver(pool);
  for (const policy of policiesOf(500)) {
    const loaded = engine.load(policy);
    expect(loaded.judge(requestFor({ x: 5 }, {}, { envelope: policy.manifest.envelope })).verdict).toBe("allow");
    loaded.drop();
    expect(pool.memoryBytes).toBeLessThanOrEqual(8 * 2 ** 20);
  }
  expect(made).toBeGreaterThan(2);
});
