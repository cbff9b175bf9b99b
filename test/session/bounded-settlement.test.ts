/** What an executor reports may be as long as it likes: what a settlement records of it is short. */
import { describe, expect, test } from "vitest";
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import { caller, openGateway, pay } from "./gateway.ts";

async function redeemed() {
  const gateway = await openGateway();
  const { seq } = await gateway.session.propose(pay("1.00"), caller);
  const jti = gateway.session.state.reservations.get(seq ?? 0)?.jti ?? "";
  await gateway.session.redeem(seq ?? 0, jti);
  const settle = (report: object) => gateway.session.settle(seq ?? 0, jti, { outcome: "executed", ...report });
  const longest = async () => Math.max(...(await gateway.records()).map((record) => canonicalJson(record).length));
  const incidents = async () =>
    (await gateway.records()).flatMap(({ type, body }) => (type === "incident" ? [body] : []));
  return { ...gateway, settle, longest, incidents };
}

const much = "x".repeat(500_000);

describe("a settlement records", () => {
  test("of a large result its digest, and of what it holds the ids", async () => {
    const { settle, longest } = await redeemed();
    const result = { id: "p-1", page: much };
    const settled = await settle({ result });
    expect(settled).toMatchObject({
      outcome: "appended",
      record: {
        body: { outcome: "executed", results: { payment: "p-1" }, resultDigest: sha256(canonicalJson(result)) },
      },
    });
    expect(await longest()).toBeLessThan(5_000);
  });

  test.each([
    ["4,096 characters are an id", 4_096, 1],
    ["one more is none", 4_097, 0],
  ])("%s", async (_, length, produced) => {
    const { settle, session, incidents } = await redeemed();
    await settle({ result: { id: "x".repeat(length) } });
    expect(session.state.produced.size).toBe(produced);
    expect(await incidents()).toHaveLength(1 - produced);
  });

  test.each<readonly [what: string, member: string, report: object]>([
    ["a metric with a long name", "metrics/0", { metrics: [{ metric: "m".repeat(257), value: 1 }] }],
    ["a metric with a long value", "metrics/0", { metrics: [{ metric: "m", value: "1".repeat(257) }] }],
    [
      "a metric under another member",
      "metrics/1",
      {
        metrics: [
          { metric: "m", value: 1 },
          { name: "m", value: 1 },
        ],
      },
    ],
    ["metrics that are no list", "metrics", { metrics: "m" }],
    ["an amount of a bound with a long name", "amounts", { amounts: { [`effects/${much}/session/calls`]: 1 } }],
    ["a long receipt", "receipt", { receipt: "a".repeat(65_537) }],
    ["another outcome", "outcome", { outcome: "maybe" }],
  ])("%s as a report that cannot be read, and says where", async (_, member, report) => {
    const { settle, longest, incidents } = await redeemed();
    expect(await settle({ result: { id: "p-1" }, ...report })).toMatchObject({
      record: { body: { outcome: "unknown" } },
    });
    expect(await incidents()).toMatchObject([
      { code: "SETTLEMENT_REFUSED", message: expect.stringContaining(`its \`${member}\``), freezes: true },
    ]);
    expect(await longest()).toBeLessThan(5_000);
  });

  test("metrics as they are, up to their bounds", async () => {
    const { settle } = await redeemed();
    const metrics = [{ metric: "m".repeat(256), value: "1".repeat(256) }];
    expect(await settle({ result: { id: "p-1" }, metrics })).toMatchObject({ record: { body: { metrics } } });
  });
});

test.each(["", "a"])(
  "a late report is told whatever its amounts are called, cut in between or not: `%s`",
  async (first) => {
    const { settle, session, incidents } = await redeemed();
    await settle({ result: { id: "p-1" } });
    const names = Array.from({ length: 40 }, (_, i) => `${first}${"😀".repeat(100)}${i}`);
    const late = await settle({ amounts: Object.fromEntries(names.map((name) => [name, 1])) });
    expect(late).toMatchObject({ outcome: "refused" });
    expect(await incidents()).toMatchObject([{ code: "SETTLED_LATE", freezes: true }]);
    expect(session.state.phase).toBe("frozen");
  },
);
