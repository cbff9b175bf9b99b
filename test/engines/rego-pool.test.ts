/** Many envelopes in one process: instances are filled, cleared and replaced, and no envelope is ever lost or mixed up. */
import { describe, expect, test } from "vitest";
import { EngineFault } from "../../runtime/engines/engine.ts";
import { parseAnswer } from "../../runtime/engines/rego/answer.ts";
import { regoEngine } from "../../runtime/engines/rego/engine.ts";
import { createPool, type Pool, type PoolLimits } from "../../runtime/engines/rego/pool.ts";
import type { NormalisedEnvelope } from "../../schema/normalised.ts";
import { envelopeWith, requestFor } from "./cedar-envelopes.ts";
import { documentOf, module, policyOf } from "./rego-host.ts";

/** Envelopes that differ in what they allow: number `n` takes an `x` up to n. */
function numbered(n: number): NormalisedEnvelope {
  const bounds = envelopeWith({
    perCall: [{ id: "effects/e/per_call/x", field: "x", shape: "number", min: 0, max: n }],
  });
  return { ...bounds, digest: `sha256:${String(n).padStart(64, "0")}` };
}

function enter(pool: Pool, n: number) {
  const envelope = numbered(n);
  const tenant = pool.enter(documentOf(envelope));
  const ask = (x: number) =>
    tenant.evaluate(JSON.stringify(requestFor({ x }, {}, { envelope: envelope.digest })), parseAnswer).verdict;
  return { judgesAsItsOwn: () => ask(n) === "allow" && ask(n + 1) === "deny", leave: tenant.leave };
}

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

describe.each<readonly [name: string, limits: PoolLimits]>([
  ["one small instance", { instanceBytes: 100_000, memoryBytes: 64 << 20, instances: 1 }],
  ["three small instances", { instanceBytes: 100_000, memoryBytes: 64 << 20, instances: 3 }],
  ["a new instance for each call", { instanceBytes: 1, memoryBytes: 1, instances: 2 }],
  ["room for all", { instanceBytes: 32 << 20, memoryBytes: 64 << 20, instances: 16 }],
])("%s", (_, limits) => {
  test("each envelope judges by its own bounds, wherever it sits", () => {
    const pool = createPool(module, limits);
    const tenants = numbers(60).map((n) => enter(pool, n));
    for (const step of [1, 7, 59]) {
      const order = numbers(60).map((n) => tenants[(n * step) % 60]);
      expect(order.every((tenant) => tenant?.judgesAsItsOwn())).toBe(true);
    }
  });

  test("those that stay are not disturbed by those that leave", () => {
    const pool = createPool(module, limits);
    const tenants = numbers(60).map((n) => enter(pool, n));
    expect(tenants.every((tenant) => tenant.judgesAsItsOwn())).toBe(true);
    const [stay, leave] = [tenants.filter((__, n) => n % 5 === 0), tenants.filter((__, n) => n % 5 !== 0)];
    for (const tenant of leave) tenant.leave();
    for (const tenant of leave) tenant.leave();
    expect(stay.every((tenant) => tenant.judgesAsItsOwn())).toBe(true);
  });
});

test("a huge request leaves no huge memory behind, and the next is judged", () => {
  const policy = regoEngine({ instanceBytes: 1 << 20, memoryBytes: 2 << 20, instances: 1 }).load(policyOf(numbered(5)));
  const request = requestFor({ x: 5, padding: "é".repeat(3 << 20) }, {}, { envelope: numbered(5).digest });
  for (let round = 0; round < 3; round += 1) expect(policy.judge(request).verdict).toBe("allow");
});

test("policies of one engine come and go", () => {
  const engine = regoEngine();
  const request = requestFor({ x: 1 }, {}, { envelope: numbered(1).digest });
  const [one, other] = [engine.load(policyOf(numbered(1))), engine.load(policyOf(numbered(2)))];
  expect([one.judge(request).verdict, other.judge(request).violations]).toEqual(["allow", ["envelope"]]);
  one.drop();
  one.drop();
  expect(() => one.judge(request)).toThrow(EngineFault);
  expect(other.judge(request).violations).toEqual(["envelope"]);
  other.drop();
  expect(engine.load(policyOf(numbered(1))).judge(request).verdict).toBe("allow");
});

test("memory stays flat however many envelopes are added and dropped", { timeout: 60_000 }, () => {
  const pool = createPool(module, { instanceBytes: 1 << 20, memoryBytes: 64 << 20, instances: 4 });
  const churn = () => {
    for (const n of numbers(2000)) {
      const tenant = enter(pool, n);
      if (n % 100 === 0) expect(tenant.judgesAsItsOwn()).toBe(true);
      else tenant.judgesAsItsOwn();
      tenant.leave();
    }
    return process.memoryUsage().external;
  };
  churn();
  const before = churn();
  expect(churn() - before).toBeLessThan(8 << 20);
});
