/** Calls that are wrong in very many places: the answer stays small, and is found soon. */
import { describe, expect, test } from "vitest";
import { planDecoder } from "../../runtime/decode/decode.ts";
import { nameProposal } from "../../runtime/proposal-hash.ts";
import { effect, envelope, outcome } from "./calls.ts";

const decode = planDecoder(
  envelope({
    e: effect({
      fields: {
        total: { type: "decimal", scale: 2, from: "/payments/*/amount", aggregate: "sum" },
        names: { type: "set", of: "string", from: "/names/*/name", optional: true, default: [], limit: 5_000 },
      },
      ignored: ["/note"],
    }),
  }),
);
const calling = (args: string) => `{"tool":"t","args":${args}}`;
const repeated = (text: string, count: number) => `[${Array.from({ length: count }, () => text).join(",")}]`;
const undeclared = (count: number) => Array.from({ length: count }, (_, i) => `"k${i}":1`).join(",");

const answers: Record<string, (count: number) => string> = {
  "elements without the member": (count) => `{"payments":${repeated("{}", count)},"names":[]}`,
  "elements of another type": (count) => `{"payments":${repeated('{"amount":true}', count)},"names":[]}`,
  "elements of a set": (count) => `{"payments":[],"names":${repeated('{"name":1}', count)}}`,
  "undeclared arguments": (count) => `{"payments":[],"names":[],${undeclared(count)}}`,
  "numbers that no double holds": (count) => `{"payments":[],"names":[],"note":${repeated("1e400", count)}}`,
};

describe.each(Object.entries(answers))("%s", (_, args) => {
  test("are named one by one, up to 1,000 of them", () => {
    const decoded = decode(calling(args(1_000)));
    expect(decoded.ok ? [] : decoded.failures).toHaveLength(1_000);
  });

  test("are one failure of the whole where there are more", () => {
    expect(decode(calling(args(1_001)))).toEqual({
      ok: false,
      failures: [
        {
          id: "decode",
          code: "DECODE_FAILED",
          pointer: "",
          message: "more than 1000 arguments are wrong, or their names are too long together",
        },
      ],
    });
  });
});

test("names that are long together are one failure of the whole", () => {
  const deep = (length: number, count: number) =>
    decode(calling(`{"payments":[],"names":[],"note":{"${"k".repeat(length)}":${repeated("1e400", count)}}}`));
  expect(outcome(deep(100, 900))).toHaveLength(900);
  expect(outcome(deep(100_000, 1))).toEqual([`decode/note/${"k".repeat(100_000)}/0`]);
  expect(outcome(deep(100_000, 2))).toEqual(["decode"]);
});

test("a message quotes 80 characters of a name and of a value", () => {
  const long = "v".repeat(100_000);
  const decoded = decode(calling(`{"payments":[{"amount":"${long}"}],"names":[],"${long}":1}`));
  for (const { message } of decoded.ok ? [] : decoded.failures) expect(message.length).toBeLessThan(400);
  expect(outcome(decoded)).toEqual(["decode/payments/0/amount", `decode/${long}`]);
});

test("a call with too many wrong numbers keeps its id", () => {
  const text = `{"tool":"t","args":{"note":${repeated("-0", 1_001)}},"id":"a"}`;
  expect(nameProposal(text)).toEqual({ hash: undefined, id: "a" });
});
