import { describe, expect, test } from "vitest";
import { planDecoder } from "../../runtime/decode/decode.ts";
import { OnceRead, readProposal } from "../../runtime/decode/proposal.ts";
import { type JsonNode, nodeOf, parseJson } from "../../schema/json/parse.ts";
import { effect, envelope, outcome } from "./calls.ts";

const decode = planDecoder(
  envelope({ e: effect({ fields: { q: { type: "integer", from: "/q" } }, ignored: ["/note"] }) }),
);
const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;

test.each([
  { name: "an argument", text: '{"tool":"t","args":{"q":1,"q":2}}' },
  { name: "a member of what is ignored", text: '{"tool":"t","args":{"q":1,"note":[{"a":1,"a":2}]}}' },
  { name: "the tool", text: '{"tool":"t","tool":"u","args":{"q":1}}' },
])("the node of a text that was refused, with $name twice, is refused again", ({ text }) => {
  const { root } = parseJson(text);
  expect(root).toBeDefined();
  if (root !== undefined) expect(outcome(decode(root))).toEqual(["decode"]);
});

test("what was read within other limits is read again within one's own", () => {
  const [wide, narrow] = [{ maxDepth: 300 }, { maxDepth: 100 }];
  const read = new OnceRead(`{"tool":"t","args":{"note":${nested(200)}}}`, wide);
  expect(
    [read.outcome, readProposal(read, wide), readProposal(read, narrow), decode(read)].map(({ ok }) => ok),
  ).toEqual([true, true, false, false]);
});

test("the node of a text that was refused for half of a surrogate pair is refused again", () => {
  for (const text of [
    '{"tool":"t","args":{"q":1,"note":"\\ud800"}}',
    '{"tool":"t","args":{"q":1,"note":{"\\ud800":1}}}',
  ]) {
    const { root } = parseJson(text);
    expect(root).toBeDefined();
    if (root !== undefined) expect(outcome(decode(root))).toEqual(["decode"]);
  }
});

test("an id has 256 characters at most", () => {
  const named = (length: number) => decode(`{"tool":"t","args":{"q":1},"id":"${"i".repeat(length)}"}`);
  expect(named(256)).toMatchObject({ ok: true, call: { id: "i".repeat(256) } });
  expect(named(257)).toMatchObject({
    failures: [{ id: "decode", message: "the `id` of the proposal is longer than 256 characters" }],
  });
});

describe("a node made by hand", () => {
  const nowhere = { start: 0, end: 0 };
  const string = (value: string): JsonNode => ({ kind: "string", value, ...nowhere });
  const number = (text: string): JsonNode => ({ kind: "number", text, ...nowhere });
  const member = (name: string, value: JsonNode) => ({ name, nameStart: 0, nameEnd: 0, value });
  const object = (members: { readonly [name: string]: JsonNode }): JsonNode => ({
    kind: "object",
    members: Object.entries(members).map(([name, value]) => member(name, value)),
    ...nowhere,
  });
  const calling = (args: JsonNode) => object({ tool: string("t"), args });

  test.each([" 1", "1e", "01", "0x1", "NaN", "Infinity", "", "1_0", "1\n"])("with the number %j is refused", (text) => {
    expect(outcome(decode(calling(object({ q: number("1"), note: number(text) }))))).toEqual(["decode"]);
  });

  test("that holds itself is refused", () => {
    const elements: JsonNode[] = [];
    const cycle: JsonNode = { kind: "array", elements, ...nowhere };
    elements.push(cycle, cycle);
    expect(outcome(decode(calling(object({ q: number("1"), note: cycle }))))).toEqual(["decode"]);
  });

  test("that reads otherwise each time is judged as it is executed", () => {
    for (let turn = 1; turn < 12; turn++) {
      let reads = 0;
      const fickle: JsonNode = {
        kind: "number",
        get text() {
          return ++reads < turn ? "1" : "99";
        },
        ...nowhere,
      };
      const decoded = decode(calling(object({ q: fickle })));
      expect(decoded.ok && decoded.call.args).toEqual(decoded.ok && { ...decoded.call.fields });
    }
  });

  test("that is changed between two calls is judged as it is now, however many members it has", () => {
    const notes = Array.from({ length: 20 }, (_, i) => `n${i}`);
    const wide = planDecoder(
      envelope({
        e: effect({ fields: { q: { type: "integer", from: "/q" } }, ignored: notes.map((name) => `/${name}`) }),
      }),
    );
    const members = [member("q", number("1")), ...notes.map((name) => member(name, number("1")))];
    const proposal = calling({ kind: "object", members, ...nowhere });
    expect(outcome(wide(proposal))).toEqual({ q: 1 });
    members[0] = member("q", number("99"));
    expect(outcome(wide(proposal))).toEqual({ q: 99 });
  });
});

describe("plain `decode`, alone", () => {
  test.each([
    { name: "no JSON", given: "{" },
    { name: "nothing", given: "" },
    { name: "an array", given: "[]" },
    { name: "null", given: "null" },
    { name: "no args", given: '{"tool":"t"}' },
    { name: "args null", given: '{"tool":"t","args":null}' },
    { name: "args an array", given: '{"tool":"t","args":[]}' },
    { name: "args as a string of JSON", given: '{"tool":"t","args":"{\\"q\\":1}"}' },
    { name: "no tool", given: '{"args":{"q":"x"}}' },
    { name: "a tool that is no string", given: '{"tool":["t"],"args":{"q":"x"}}' },
    { name: "an id that is no string", given: '{"tool":"t","args":{"q":1},"id":7}' },
    { name: "an id that is null", given: '{"tool":"t","args":{"q":1},"id":null}' },
    { name: "a duplicate tool", given: '{"tool":"x","tool":"t","args":{"q":1}}' },
    { name: "a duplicate argument", given: '{"tool":"t","args":{"q":1,"\\u0071":2}}' },
    { name: "a duplicate key deep in what is ignored", given: '{"tool":"t","args":{"q":1,"note":[{"a":1,"a":1}]}}' },
    { name: "a duplicate key in the narrative", given: '{"tool":"t","args":{"q":1},"reasoning":{"a":1,"a":1}}' },
    { name: "a lone surrogate in the narrative", given: '{"tool":"t","args":{"q":1},"reasoning":"\\ud800"}' },
    { name: "a lone surrogate in what is ignored", given: '{"tool":"t","args":{"q":1,"note":"\\ud800"}}' },
    { name: "args of 65 levels", given: `{"tool":"t","args":{"q":1,"note":${nested(64)}}}` },
    { name: "more than 1 MiB", given: `{"tool":"t","args":{"q":1},"reasoning":"${"x".repeat(1_048_576)}"}` },
    { name: "a byte order mark", given: '\ufeff{"tool":"t","args":{"q":1}}' },
  ])("$name", ({ given }) => {
    for (const proposal of [given, new TextEncoder().encode(given)]) {
      const decoded = decode(proposal);
      expect(outcome(decoded)).toEqual(["decode"]);
      expect(decoded.ok ? [] : decoded.failures[0]).toMatchObject({ code: "DECODE_FAILED", pointer: "" });
    }
  });

  test("bytes that are not UTF-8", () =>
    expect(outcome(decode(new Uint8Array([0x7b, 0xff, 0x7d])))).toEqual(["decode"]));

  test("a value that is no proposal at all, against the types", () => {
    const untyped: (proposal: unknown) => unknown = (proposal) => Reflect.apply(decode, undefined, [proposal]);
    for (const given of [
      null,
      undefined,
      7,
      {},
      [],
      { kind: "object" },
      { kind: "object", members: [null] },
      () => 1,
    ]) {
      expect(untyped(given)).toMatchObject({ ok: false, failures: [{ id: "decode" }] });
    }
  });

  test("limits that are no limits end where nothing goes deeper", () => {
    for (const maxDepth of [1_000, 5_000, Number.NaN, Number.POSITIVE_INFINITY]) {
      const loose = planDecoder(envelope({ e: effect({ ignored: ["/n"] }) }), { maxDepth });
      expect(outcome(loose(`{"tool":"t","args":{"n":${nested(998)}}}`))).toEqual({});
      expect(outcome(loose(`{"tool":"t","args":{"n":${nested(999)}}}`))).toEqual(["decode"]);
    }
  });

  test("limits are configurable", () => {
    const strict = planDecoder(envelope({ e: effect({ ignored: ["/n"] }) }), { maxDepth: 2, maxBytes: 40 });
    expect(outcome(strict('{"tool":"t","args":{"n":[]}}'))).toEqual({});
    expect(outcome(strict('{"tool":"t","args":{"n":[[]]}}'))).toEqual(["decode"]);
    expect(outcome(strict('{"tool":"t","args":{"n":[]},"reason":"xx"}'))).toEqual(["decode"]);
  });
});

describe("a proposal is read", () => {
  test("args of exactly 64 levels", () => {
    expect(outcome(decode(`{"tool":"t","args":{"q":1,"note":${nested(63)}}}`))).toEqual({ q: 1 });
  });

  test("with its id, whatever the narrative", () => {
    const decoded = decode(
      '{"reasoning":{"allow":true},"id":"p-1","effect":"other","tool":"t","args":{"q":1},"fields":{"q":9}}',
    );
    expect(decoded).toMatchObject({ ok: true, call: { effect: "e", tool: "t", id: "p-1", fields: { q: 1 } } });
  });

  test("from text, bytes and nodes alike", () => {
    const value = { tool: "t", args: { q: 1, note: "é😀" } };
    const text = JSON.stringify(value);
    const node = nodeOf(value);
    const answers = [text, new TextEncoder().encode(text), ...(node === undefined ? [] : [node])].map(decode);
    expect(answers).toHaveLength(3);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  test("a node is held to the same limits", () => {
    const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);
    const proposal = (note: unknown): JsonNode =>
      nodeOf({ tool: "t", args: { q: 1, note } }) ?? { kind: "null", start: 0, end: 0 };
    expect(outcome(decode(proposal(deep(63))))).toEqual({ q: 1 });
    expect(outcome(decode(proposal(deep(64))))).toEqual(["decode"]);
    expect(outcome(decode(proposal("é".repeat(524_289))))).toEqual(["decode"]);
    expect(outcome(decode(proposal("x".repeat(1_000_000))))).toEqual({ q: 1 });
    const reason = (note: unknown) => {
      const decoded = decode(proposal(note));
      return decoded.ok ? undefined : decoded.failures[0]?.message;
    };
    expect(reason(deep(64))).toBe("the proposal is nested deeper than 65 levels");
    for (const [maxBytes, levels] of [
      [Number.POSITIVE_INFINITY, 64],
      [Number.NaN, 1],
    ] as const) {
      const loose = planDecoder(envelope({ e: effect({ ignored: ["/q", "/note"] }) }), { maxBytes });
      expect(outcome(loose(proposal(deep(levels))))).toEqual(["decode"]);
    }
    expect(reason("é".repeat(524_289))).toBe("the proposal is larger than 1048576 bytes");
  });

  test("of exactly 1 MiB, as text and as a node", () => {
    const sized = (bytes: number) => {
      const start = `{"tool":"t","args":{"q":1,"note":[[1],{},"é","`;
      return `${start}${"x".repeat(bytes - start.length - 5)}"]}}`;
    };
    for (const [bytes, want] of [
      [1_048_576, { q: 1 }],
      [1_048_577, ["decode"]],
    ] as const) {
      const text = sized(bytes);
      expect(new TextEncoder().encode(text).byteLength).toBe(bytes);
      expect(outcome(decode(text))).toEqual(want);
      const node = nodeOf(JSON.parse(text));
      expect(node === undefined ? undefined : outcome(decode(node))).toEqual(want);
    }
  });
});
