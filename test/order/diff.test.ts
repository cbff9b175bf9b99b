import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { PatchOperation } from "../../schema/diagnostic.ts";
import { run } from "../cli/run.ts";
import { envelopeText, put, remove, set } from "../reading/envelopes.ts";

const folder = mkdtempSync(join(tmpdir(), "ambit-diff-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, ...operations: readonly PatchOperation[]): string {
  const path = join(folder, name);
  writeFileSync(path, envelopeText(...operations));
  return path;
}

const base = file("base.json");

test.each<readonly [string, number, readonly PatchOperation[], readonly string[]]>([
  ["equal", 0, [set("/id", "env_other")], []],
  ["narrower", 0, [set("/effects/pay/perCall/amount/max", "99.99")], []],
  ["wider", 1, [set("/effects/pay/perCall/amount/max", "100.01")], ["effects/pay/per_call/amount"]],
  ["wider", 1, [put("/effects/pay/allow/payee/oneOf/-", "initech")], ["effects/pay/allow/payee"]],
  ["wider", 1, [set("/budgets/spend/max", "600.00")], ["budgets/spend"]],
  ["wider", 1, [set("/effects/pay/velocity/0/max", 3)], ["effects/pay/velocity/0"]],
  ["wider", 1, [set("/effects/pay/channel", "execute")], ["effects/pay/channel"]],
  [
    "incomparable",
    1,
    [set("/effects/pay/perCall/amount", { min: "1.00", max: "100.01" })],
    ["effects/pay/per_call/amount"],
  ],
  ["narrower", 0, [remove("/effects/list_payments")], []],
])("%s", async (relation, code, operations, bounds) => {
  const got = await run(["diff", base, file("new.json", ...operations), "--json"]);
  const said = JSON.parse(got.out);
  expect({ code: got.code, relation: said.relation }).toEqual({ code, relation });
  expect(said.widenings.length > 0).toBe(code === 1);
  expect(said.admitted.map(({ bound }: { bound: string }) => bound)).toEqual(expect.arrayContaining([...bounds]));
});

test("people read where it is wider, and a call that shows it", async () => {
  const got = await run(["diff", base, file("new.json", set("/effects/pay/perCall/amount/max", "100.01"))]);
  expect(got.out).toContain("/effects/pay/perCall/amount/max: a call may carry more");
  expect(got.out).toContain('pay {"amount":10001,"payee":"acme"}\n      at 2024-03-01T08:01:00Z\n');
  expect(got.out).toContain("2 approved: effects/pay/channel");
});

test("a product is what its operands make: a call that a cap on it denies is not shown", async () => {
  const trading = new URL("../../examples/trading/envelope.json", import.meta.url).pathname;
  const text = readFileSync(trading, "utf8");
  const admittedWith = async (old: string, now: string) => {
    const path = join(folder, "trading.json");
    writeFileSync(path, text.replace(old, now));
    return JSON.parse((await run(["diff", trading, path, "--json"])).out).admitted;
  };
  expect(await admittedWith('"qty": { "max": 40 }', '"qty": { "max": 60 }')).toMatchObject([
    { bound: "effects/place_order/session/qty", fields: { price: 1500000, qty: 1, notional: 1500000 } },
  ]);
  expect(await admittedWith('"min": 1, "max": 2', '"min": 1, "max": 4')).toEqual([]);
});

test("what does not read is not compared", async () => {
  const got = await run(["diff", base, file("broken.json", remove("/budgets"))]);
  expect(got.code).toBe(1);
  expect(got.err).toContain("budgets");
});
