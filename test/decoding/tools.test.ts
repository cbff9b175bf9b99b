import { describe, expect, test } from "vitest";
import { planDecoder } from "../../runtime/decode/decode.ts";
import type { Where } from "../../schema/envelope.ts";
import { effect, envelope } from "./calls.ts";

function reach(effects: Record<string, Where>, args: string): string {
  const decode = planDecoder(
    envelope(
      Object.fromEntries(
        Object.entries(effects).map(([name, where]) => [name, effect({ tools: [{ tool: "http", where }] })]),
      ),
    ),
  );
  const decoded = decode(`{"tool":"http","args":${args}}`);
  return decoded.ok ? decoded.call.effect : decoded.failures.map(({ id }) => id).join();
}

describe("discriminators", () => {
  const methods = { read: { "/m": ["GET", "HEAD"] }, write: { "/m": ["POST"] } };
  test.each([
    { args: '{"m":"DELETE"}', want: "" },
    { args: '{"m":"get"}', want: "" },
    { args: '{"m":"GET "}', want: "" },
    { args: '{"m":"ＧET"}', want: "" },
    { args: '{"m":["GET"]}', want: "" },
    { args: '{"m":null}', want: "" },
    { args: "{}", want: "" },
    { args: '{"m":"HEAD"}', want: "read" },
    { args: '{"m":"POST"}', want: "write" },
    { args: '{"m":"POST","x":1}', want: "decode/x" },
  ])("methods: $args reaches `$want`", ({ args, want }) => expect(reach(methods, args)).toBe(want));

  const typed = {
    one: { "/v": [1] },
    text: { "/v": ["1"] },
    yes: { "/v": [true] },
    none: { "/v": { empty: true } },
  } as const;
  test.each([
    { args: '{"v":1.0}', want: "" },
    { args: '{"v":1e0}', want: "" },
    { args: '{"v":"true"}', want: "" },
    { args: '{"v":false}', want: "" },
    { args: '{"v":0}', want: "" },
    { args: '{"v":" "}', want: "" },
    { args: '{"v":[null]}', want: "" },
    { args: '{"v":1}', want: "one" },
    { args: '{"v":"1"}', want: "text" },
    { args: '{"v":true}', want: "yes" },
    { args: "{}", want: "none" },
    { args: '{"v":null}', want: "none" },
    { args: '{"v":""}', want: "none" },
    { args: '{"v":[]}', want: "none" },
    { args: '{"v":{}}', want: "none" },
  ])("types: $args reaches `$want`", ({ args, want }) => {
    expect(reach(Object.fromEntries(Object.entries(typed).map(([name, where]) => [name, toWhere(where)])), args)).toBe(
      want,
    );
  });

  test("all of them must match", () => {
    const both = { both: { "/m": ["GET"], "/o/v": [2] } };
    expect(reach(both, '{"m":"GET"}')).toBe("");
    expect(reach(both, '{"m":"GET","o":2}')).toBe("");
    expect(reach(both, '{"m":"GET","o":{"v":2}}')).toBe("both");
  });

  test("two effects that claim one call are a failure, not a choice", () => {
    expect(reach({ a: { "/m": ["GET"] }, b: { "/m": ["GET"] } }, '{"m":"GET"}')).toBe("decode");
  });
});

describe("a tool that no effect reaches", () => {
  const decode = planDecoder(envelope({ e: effect({ tools: ["known"] }) }));
  test.each(["unknown", "", "Known", "known ", "__proto__", "constructor", "toString", "e"])("%j", (tool) => {
    const decoded = decode(JSON.stringify({ tool, args: { any: [{ thing: 1 }] } }));
    expect(decoded).toMatchObject({ ok: true, call: { effect: "", tool, fields: {}, args: { any: [{ thing: 1 }] } } });
  });
});

function toWhere({
  "/v": value,
}: {
  readonly "/v": { readonly empty: true } | readonly (string | number | boolean)[];
}): Where {
  return { "/v": "empty" in value ? { empty: true } : [...value] };
}
