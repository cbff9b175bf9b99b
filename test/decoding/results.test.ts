import { describe, expect, test } from "vitest";
import { planResults } from "../../runtime/decode/results.ts";
import { parseJson } from "../../schema/json/parse.ts";
import { effect, envelope } from "./calls.ts";

const decode = planResults(
  envelope({
    e: effect({
      results: {
        order: { type: "string", from: "/order/id" },
        count: { type: "integer", from: "/count" },
        fee: { type: "decimal", from: "/fee", scale: 2 },
        host: { type: "host", from: "/host" },
        done: { type: "boolean", from: "/done" },
        items: { type: "set", from: "/items", of: "string" },
        each: { type: "integer", from: "/list/*", aggregate: "sum" },
        missing: { type: "string", from: "/missing", optional: true, default: "x" },
      },
    }),
  }),
  "e",
);

describe("a settled result", () => {
  test("gives canonical values", () => {
    const text = JSON.stringify({
      order: { id: "o-1" },
      count: 2,
      fee: "1.50",
      host: "E.com",
      items: ["a"],
      list: [1],
      done: true,
    });
    const want = { order: "o-1", count: 2, fee: 150, host: "e.com" };
    expect({ ...decode(text) }).toEqual(want);
    expect({ ...decode(new TextEncoder().encode(text)) }).toEqual(want);
  });

  test.each([
    { name: "no JSON", given: "o-1", want: {} },
    { name: "no object", given: "[1]", want: {} },
    { name: "duplicate keys", given: '{"count":1,"count":2}', want: {} },
    { name: "a bad value beside a good one", given: '{"count":"2","order":{"id":"o"}}', want: { order: "o" } },
    {
      name: "null, control characters, a scalar in the way",
      given: '{"count":null,"host":"a\\u0000","order":"o"}',
      want: {},
    },
    { name: "a number that a double does not hold", given: '{"fee":90071992547409.93}', want: {} },
  ])("adds nothing for what cannot be decoded: $name", ({ given, want }) => expect({ ...decode(given) }).toEqual(want));

  test("an effect without results, or unknown, adds nothing", () => {
    expect({ ...planResults(envelope({ e: effect({}) }), "e")("{}") }).toEqual({});
    expect({ ...planResults(envelope({}), "constructor")("{}") }).toEqual({});
  });

  test.each(['{"count":1,"count":2}', '{"order":{"id":"a","id":"b"},"count":1}', '{"host":"\\ud800","count":1}'])(
    "of a text that was refused gives nothing, by its node either: %s",
    (text) => {
      const { root } = parseJson(text);
      expect(root).toBeDefined();
      expect({ ...decode(text) }).toEqual({});
      if (root !== undefined) expect({ ...decode(root) }).toEqual({});
    },
  );
});
