import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type Run, run } from "./run.ts";

const desk = new URL("./desk.json", import.meta.url).pathname;
/** Thursday 10:00 in New York, within the envelope's time. */
const clock = Date.parse("2024-02-15T15:00:00Z");

type Given = Readonly<Record<string, unknown>>;

const pay = (args: Given = {}) => ({ tool: "desk.pay", args: { amount: "10.00", payee: "ACME", ...args } });
const draft = { tool: "desk.draft", args: { pages: 1 } };
const send = { tool: "desk.send", args: { doc: "d-1" } };
const sendable = {
  produced: { "draft/doc": ["d-1"] },
  last: { draft: clock },
  approvals: { "effects/send/channel": 2 },
};

const evaluate = (lines: readonly unknown[], ...options: readonly string[]): Promise<Run> =>
  run(["eval", desk, "--json", ...options], {
    stdin: lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"),
    now: clock,
  });

const parse = ({ out }: Run) =>
  out
    .trimEnd()
    .split("\n")
    .map((line): Record<string, unknown> & { violations: { id: string; message: string }[] } => JSON.parse(line));

const idsOf = (answer: { violations: { id: string }[] } | undefined) => answer?.violations.map(({ id }) => id);

interface Row {
  readonly given: unknown;
  /** The ids of all violated bounds, `[]` for an allow. */
  readonly want: readonly string[];
}

async function expectRows(rows: Readonly<Record<string, Row>>): Promise<void> {
  const names = Object.keys(rows);
  const answers = parse(await evaluate(Object.values(rows).map(({ given }) => given)));
  const got = Object.fromEntries(names.map((name, index) => [name, idsOf(answers[index])]));
  expect(got).toEqual(Object.fromEntries(names.map((name) => [name, rows[name]?.want])));
}

describe("a faulty line is one plain `decode` and stops nothing", () => {
  const faulty = (given: unknown): Row => ({ given, want: ["decode"] });
  test("of the line itself", () =>
    expectRows({
      "no JSON": faulty("{"),
      "an empty line": faulty(""),
      "a list": faulty([]),
      "a string": faulty('"x"'),
      "a number": faulty("7"),
      null: faulty("null"),
      "two values": faulty('{"proposal":{}} {}'),
      "a comment": faulty(`/* */ ${JSON.stringify({ proposal: draft })}`),
      "a duplicate key": faulty('{"proposal":{"tool":"desk.draft","args":{"pages":1,"pages":1}}}'),
      "a lone surrogate": faulty('{"proposal":{"tool":"desk.draft","args":{"pages":"\\ud800"}}}'),
      "a byte order mark": faulty(`\ufeff${JSON.stringify({ proposal: draft })}`),
      "an unknown member": faulty({ proposal: draft, facts: {} }),
      "an unknown member from Object.prototype": faulty(
        '{"proposal":{"tool":"desk.draft","args":{"pages":1}},"toString":1}',
      ),
      "a member called __proto__": faulty('{"proposal":{"tool":"desk.draft","args":{"pages":1}},"__proto__":{}}'),
      "a misspelt member": faulty({ proposal: draft, State: {} }),
      "no proposal": faulty({ id: "x" }),
      "a proposal that is null": faulty({ proposal: null }),
      "a proposal that is a string": faulty({ proposal: "desk.draft" }),
      "the next line is judged": { given: { proposal: draft }, want: [] },
    }));

  test("of a proposal larger than 1 MiB as it stands, blanks included", () => {
    const sized = (bytes: number) => {
      const start = '{"tool": "desk.nothing", "args": {"note": "é';
      return `{"proposal":${start}${"x".repeat(bytes - start.length - 1 - 3)}"}}}`;
    };
    return expectRows({
      "1 MiB and a byte": faulty(sized(1_048_577)),
      "1 MiB": { given: sized(1_048_576), want: ["granted"] },
    });
  });

  test("of `now`", () =>
    expectRows({
      "no RFC 3339": faulty({ proposal: draft, now: "yesterday" }),
      "a date only": faulty({ proposal: draft, now: "2024-02-15" }),
      "without offset": faulty({ proposal: draft, now: "2024-02-15T15:00:00" }),
      empty: faulty({ proposal: draft, now: "" }),
      "a fraction": faulty({ proposal: draft, now: clock + 0.5 }),
      "a number out of range": faulty(`{"proposal":${JSON.stringify(draft)},"now":1e400}`),
      null: faulty({ proposal: draft, now: null }),
      true: faulty({ proposal: draft, now: true }),
      "a list": faulty({ proposal: draft, now: [] }),
      "RFC 3339 with an offset is right": { given: { proposal: draft, now: "2024-02-15T16:00:00+01:00" }, want: [] },
      "epoch milliseconds are right": { given: { proposal: draft, now: clock }, want: [] },
      "a time before the envelope's": {
        given: { proposal: draft, now: "2024-02-15T08:59:59.999Z" },
        want: ["validity/not_before"],
      },
      "a time before 1970": { given: { proposal: draft, now: -1 }, want: ["validity/not_before"] },
    }));

  test("of `state`", () =>
    expectRows({
      null: faulty({ proposal: draft, state: null }),
      "a list": faulty({ proposal: draft, state: [] }),
      "a string": faulty({ proposal: draft, state: "active" }),
      "an unknown member": faulty({ proposal: draft, state: { dead: true } }),
      "an unknown member that is null": faulty({ proposal: draft, state: { dead: null } }),
      "an unknown meter": faulty({ proposal: draft, state: { meters: { "budgets/money": 1 } } }),
      "an unknown meter that is null": faulty({ proposal: draft, state: { meters: { "budgets/money": null } } }),
      "a meter of a field without session limit": faulty({
        proposal: draft,
        state: { meters: { "effects/draft/session/pages": 1 } },
      }),
      "an unknown velocity": faulty({ proposal: draft, state: { velocity: { "effects/draft/velocity/1": 1 } } }),
      "an unknown evidence": faulty({ proposal: draft, state: { evidence: { identity: clock } } }),
      "an unknown effect": faulty({ proposal: draft, state: { last: { sign: clock } } }),
      "an unknown result": faulty({ proposal: draft, state: { produced: { "draft/page": [] } } }),
      "an unknown zone": faulty({ proposal: draft, state: { local: { "Europe/Berlin": {} } } }),
      "an unknown member of a local time": faulty({
        proposal: draft,
        state: { local: { "America/New_York": { hour: 9 } } },
      }),
      "approval of an effect without one": faulty({
        proposal: draft,
        state: { approvals: { "effects/draft/approval": 1 } },
      }),
      "approval of a channel that executes": faulty({
        proposal: draft,
        state: { approvals: { "effects/pay/channel": 2 } },
      }),
      "a name from Object.prototype": faulty({ proposal: draft, state: { last: { constructor: 1 } } }),
      "ids of other effects are known": {
        given: {
          proposal: draft,
          state: {
            meters: { "effects/pay/session/amount": 1, "budgets/spend": 1 },
            velocity: { "effects/pay/velocity/0": 1 },
            approvals: { "effects/pay/approval": 1, "effects/send/channel": 2 },
            last: { send: clock },
            produced: { "draft/doc": [] },
            local: { "America/New_York": { day: "thu", minute: 1 } },
            evidence: { perimeter: clock },
          },
        },
        want: [],
      },
    }));

  test("also where the call could not be decoded either", () =>
    expectRows({ both: faulty({ proposal: { tool: "desk.draft", args: { pages: "x" } }, now: "never" }) }));
});

describe("calls that cannot be decoded answer with their own ids, also in a killed session", () => {
  test("rows", () =>
    expectRows({
      "a field of another type": {
        given: { proposal: pay({ amount: true }), state: { killed: true } },
        want: ["decode/amount"],
      },
      "an argument that nothing claims": { given: { proposal: pay({ note: "x" }) }, want: ["decode/note"] },
      "two of them": { given: { proposal: pay({ amount: "1.001", x: 1 }) }, want: ["decode/amount", "decode/x"] },
    }));

  test("effect and fields are null, no engine was asked", async () => {
    const [answer] = parse(await evaluate([{ id: 1, proposal: pay({ amount: true }) }]));
    expect(answer).toMatchObject({
      id: 1,
      verdict: "deny",
      code: "DECODE_FAILED",
      primary: "decode/amount",
      effect: null,
      fields: null,
      engines: [],
    });
    expect(answer?.violations).toMatchObject([{ pointer: "/args/amount" }]);
  });
});

describe("state", () => {
  test("members given replace those of a fresh session, maps entry by entry", () =>
    expectRows({
      fresh: { given: { proposal: pay() }, want: [] },
      "a budget nearly used": {
        given: { proposal: pay(), state: { meters: { "budgets/spend": 49_001 } } },
        want: ["budgets/spend"],
      },
      "exactly used": { given: { proposal: pay(), state: { meters: { "budgets/spend": 49_000 } } }, want: [] },
      phase: { given: { proposal: pay(), state: { phase: "frozen" } }, want: ["phase"] },
      killed: { given: { proposal: pay(), state: { killed: true } }, want: ["kill"] },
      halted: { given: { proposal: pay(), state: { halted: true } }, want: ["halt"] },
      "activated too long ago": {
        given: { proposal: pay(), state: { activatedAt: clock - 7_200_000 } },
        want: ["validity/duration"],
      },
      velocity: {
        given: { proposal: pay(), state: { velocity: { "effects/pay/velocity/0": 5 } } },
        want: ["effects/pay/velocity/0"],
      },
      "a local time out of hours": {
        given: { proposal: pay(), state: { local: { "America/New_York": { day: "thu", minute: 720 } } } },
        want: ["effects/pay/schedule"],
      },
      "old evidence": {
        given: { proposal: pay(), state: { evidence: { perimeter: clock - 300_001 } } },
        want: ["evidence/perimeter"],
      },
    }));

  test("null makes a member or an entry absent, so what needs it is violated", () =>
    expectRows({
      "a member": { given: { proposal: pay(), state: { phase: null } }, want: ["phase"] },
      "an entry": { given: { proposal: pay(), state: { meters: { "budgets/spend": null } } }, want: ["budgets/spend"] },
      "a map": {
        given: { proposal: pay(), state: { velocity: null, local: null, evidence: null } },
        want: ["evidence/perimeter", "effects/pay/velocity/0", "effects/pay/schedule"],
      },
      "a sequence number that nothing needs": { given: { proposal: pay(), state: { seq: null } }, want: [] },
    }));

  test("a mistyped value is a violated bound, not a fault", () =>
    expectRows({
      "a flag": { given: { proposal: pay(), state: { killed: "no" } }, want: ["kill"] },
      "a meter": { given: { proposal: pay(), state: { meters: { "budgets/spend": "0" } } }, want: ["budgets/spend"] },
      "a meter out of range": {
        given: `{"proposal":${JSON.stringify(pay())},"state":{"meters":{"budgets/spend":1e400}}}`,
        want: ["budgets/spend"],
      },
      "a local time": {
        given: { proposal: pay(), state: { local: { "America/New_York": 7 } } },
        want: ["effects/pay/schedule"],
      },
    }));

  describe("a number that no double holds is no integer, whatever it would be rounded to", () => {
    const given = (state: string, proposal: unknown = pay()) => ({
      given: `{"proposal":${JSON.stringify(proposal)},"state":${state}}`,
    });
    const rows: Readonly<Record<string, Row>> = {
      "below zero, rounded to it": { ...given('{"meters":{"budgets/spend":-1e-400}}'), want: ["budgets/spend"] },
      "rounded up": {
        ...given('{"meters":{"budgets/spend":0.99999999999999999999}}'),
        want: ["budgets/spend"],
      },
      "rounded down": {
        ...given('{"velocity":{"effects/pay/velocity/0":4.0000000000000000001}}'),
        want: ["effects/pay/velocity/0"],
      },
      "a time": { ...given(`{"activatedAt":${clock - 1}.0000000001}`), want: ["validity/duration"] },
      "evidence, in another notation": {
        ...given(`{"evidence":{"perimeter":${clock}0000000000001e-13}}`),
        want: ["evidence/perimeter"],
      },
      "a local time": {
        ...given('{"local":{"America/New_York":{"day":"thu","minute":600.00000000000000001}}}'),
        want: ["effects/pay/schedule"],
      },
      approvals: {
        ...given('{"approvals":{"effects/pay/approval":4503599627370496.5}}', pay({ amount: "50.00" })),
        want: ["effects/pay/approval"],
      },
      "exact, in another notation": {
        ...given(`{"meters":{"budgets/spend":0.0},"velocity":{"effects/pay/velocity/0":4e0}}`),
        want: [],
      },
    };
    test("in both engines", () => expectRows(rows));

    test("in the reference", async () => {
      const answers = parse(
        await evaluate(
          Object.values(rows).map(({ given }) => given),
          "--engine",
          "reference",
        ),
      );
      expect(answers.map(idsOf)).toEqual(Object.values(rows).map(({ want }) => want));
    });

    test("and is shown as none in the request", async () => {
      const { given: line } = given('{"meters":{"budgets/spend":-1e-400}}');
      const [answer] = parse(await evaluate([line], "--request"));
      expect(answer?.request).toMatchObject({ state: { meters: { "budgets/spend": null } } });
    });
  });

  test("a mistyped map counts as empty", () =>
    expectRows({
      "a number": { given: { proposal: pay(), state: { velocity: 7 } }, want: ["effects/pay/velocity/0"] },
      "a list": { given: { proposal: pay(), state: { evidence: [] } }, want: ["evidence/perimeter"] },
    }));

  test("a local time is replaced whole", () =>
    expectRows({
      "day alone": {
        given: { proposal: pay(), state: { local: { "America/New_York": { day: "thu" } } } },
        want: ["effects/pay/schedule"],
      },
    }));

  test("of a fresh session: nothing produced, nothing succeeded, no approvals", () =>
    expectRows({
      send: {
        given: { proposal: send, justification: "the customer asked" },
        want: ["effects/send/allow/doc", "effects/send/after/0", "effects/send/channel"],
      },
      "with all of it": { given: { proposal: send, justification: "the customer asked", state: sendable }, want: [] },
    }));
});

describe("principal", () => {
  test("is the envelope's by default; any other, of any type, violates `principal`", () =>
    expectRows({
      default: { given: { proposal: draft }, want: [] },
      same: { given: { proposal: draft, principal: "agent:desk" }, want: [] },
      other: { given: { proposal: draft, principal: "agent:other" }, want: ["principal"] },
      empty: { given: { proposal: draft, principal: "" }, want: ["principal"] },
      null: { given: { proposal: draft, principal: null }, want: ["principal"] },
      number: { given: { proposal: draft, principal: 7 }, want: ["principal"] },
      object: { given: { proposal: draft, principal: { value: "agent:desk" } }, want: ["principal"] },
    }));
});

describe("justification", () => {
  const missing = ["effects/send/justification"];
  test("is the line's, and blank is nothing but White_Space and Cf", () =>
    expectRows({
      given: { given: { proposal: send, state: sendable, justification: "." }, want: [] },
      absent: { given: { proposal: send, state: sendable }, want: missing },
      "the proposal's own does not count": {
        given: { proposal: { ...send, justification: "please" }, state: sendable },
        want: missing,
      },
      empty: { given: { proposal: send, state: sendable, justification: "" }, want: missing },
      spaces: { given: { proposal: send, state: sendable, justification: " \t\u00a0\u3000" }, want: missing },
      invisible: { given: { proposal: send, state: sendable, justification: "\u200b\u2060\ufeff" }, want: missing },
      null: { given: { proposal: send, state: sendable, justification: null }, want: missing },
      number: { given: { proposal: send, state: sendable, justification: 7 }, want: missing },
      true: { given: { proposal: send, state: sendable, justification: true }, want: missing },
    }));
});

describe("hold", () => {
  test("only where people alone can help; over-cap is never hold", async () => {
    const lines = [
      { proposal: pay({ amount: "50.00" }) },
      { proposal: pay({ amount: "100.01" }) },
      { proposal: pay({ amount: "50.00" }), state: { approvals: { "effects/pay/approval": 1 } } },
    ];
    const answers = parse(await evaluate(lines));
    expect(answers.map(({ verdict, primary }) => [verdict, primary])).toEqual([
      ["hold", "effects/pay/approval"],
      ["deny", "effects/pay/per_call/amount"],
      ["allow", null],
    ]);
  });
});

describe("output", () => {
  test("one line per input line, in order, members in the documented order", async () => {
    const { out } = await evaluate([
      { id: "17", proposal: pay({ amount: "100.01" }), state: { approvals: { "effects/pay/approval": 1 } } },
    ]);
    expect(out).toBe(
      `${JSON.stringify({
        id: "17",
        verdict: "deny",
        code: "CAP_EXCEEDED",
        primary: "effects/pay/per_call/amount",
        violations: [
          {
            id: "effects/pay/per_call/amount",
            code: "CAP_EXCEEDED",
            pointer: "/effects/pay/perCall/amount",
            message: "`amount` is 100.01 USD; a call may carry 0 to 100.00 USD",
          },
        ],
        effect: "pay",
        fields: { amount: 10_001, payee: "ACME" },
        engines: ["cedar", "rego"],
      })}\n`,
    );
  });

  test("an allow", async () => {
    const [answer] = parse(await evaluate([{ proposal: draft }]));
    expect(answer).toEqual({
      id: null,
      verdict: "allow",
      code: null,
      primary: null,
      violations: [],
      effect: "draft",
      fields: { pages: 1 },
      engines: ["cedar", "rego"],
    });
  });

  test("ids of any type are repeated as they stand; a line that is no JSON has none", async () => {
    const { out } = await evaluate([
      '{"id":12345678901234567890,"proposal":{}}',
      '{"id":{"a":[1]},"proposal":{}}',
      '{"id":"x","proposal":{},"proposal":{}}',
      '{"id":"x"',
      '{"id":"x","facts":1}',
      '{"id":{\r"a"\t:1},"proposal":{}}',
    ]);
    expect(
      out
        .trimEnd()
        .split("\n")
        .map((line) => line.slice(0, line.indexOf(',"verdict"'))),
    ).toEqual([
      '{"id":12345678901234567890',
      '{"id":{"a":[1]}',
      '{"id":"x"',
      '{"id":null',
      '{"id":"x"',
      '{"id":{ "a" :1}',
    ]);
  });

  test("a line that is refused keeps its id and what it wants only where both are plain to read", async () => {
    const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
    const denied = '"want":{"verdict":"deny"}';
    const rows: Readonly<Record<string, string>> = {
      [`{"id":12345678901234567890,${denied},"now":1,"now":2}`]: "12345678901234567890",
      [`{"id":"x",${denied},"proposal":{"id":"\\ud800"}}`]: '"x"',
      [`{"id":"x",${denied},"proposal":{"id":1,"id":2}}`]: '"x"',
      [`{"id":"deep",${denied},"proposal":["]\\\\\\"]",${nested(2000)},${nested(1200)},{"a":[]}]}`]: '"deep"',
      [`{"id":"deep",${denied},"proposal":${nested(2000)},"id":"x"}`]: "null",
      [`{"id":"deep",${denied},"proposal":${nested(1500)}]}`]: "null",
      [`{"id":${nested(2000)},${denied}}`]: "null",
      [`{"id":"x","id":"y",${denied}}`]: "null",
      [`{"id":"x","\\u0069d":"x",${denied}}`]: "null",
      [`{"id":{"a":1,"a":2},${denied}}`]: "null",
      [`{"id":"\\ud800",${denied}}`]: "null",
    };
    const { out, err } = await evaluate(Object.keys(rows));
    const ids = out.split("\n").map((line) => line.slice('{"id":'.length, line.indexOf(',"verdict"')));
    expect(ids.slice(0, -1)).toEqual(Object.values(rows));
    expect(err).not.toContain("want");
    const twice = await evaluate([`{${denied},"want":{"verdict":"allow"}}`]);
    expect(twice).toMatchObject({ code: 1, err: expect.stringContaining("`want` is not of the form") });
  });

  test.each(["cedar", "rego", "reference"])("--engine %s answers alone, with the same violations", async (engine) => {
    const line = { proposal: pay({ amount: "100.01", payee: "Evil" }), now: "2024-02-15T18:00:00Z" };
    const [alone] = parse(await evaluate([line], "--engine", engine));
    const [both] = parse(await evaluate([line]));
    expect(alone).toEqual({ ...both, engines: [engine] });
  });

  test("--request adds the document that the engines saw, null where there is none", async () => {
    const answers = parse(
      await evaluate([{ proposal: draft, state: { meters: { "budgets/actions": 3 } } }, "{"], "--request"),
    );
    expect(answers[0]?.request).toEqual({
      envelope: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      principal: "agent:desk",
      effect: "draft",
      tool: "desk.draft",
      fields: { pages: 1 },
      justified: false,
      now: clock,
      state: {
        seq: 0,
        phase: "active",
        killed: false,
        halted: false,
        activatedAt: clock,
        meters: { "effects/draft/session/calls": 0, "budgets/actions": 3 },
        velocity: { "effects/draft/velocity/0": 0 },
        local: {},
        approvals: {},
        last: {},
        produced: {},
        evidence: { perimeter: clock },
      },
    });
    expect(answers[1]).toHaveProperty("request", null);
  });

  test("lines end in CRLF or LF, the last one in nothing", async () => {
    const line = JSON.stringify({ proposal: draft });
    const { out } = await run(["eval", desk, "--json"], { stdin: `${line}\r\n${line}\n${line}`, now: clock });
    expect(out.trimEnd().split("\n")).toHaveLength(3);
  });

  test("bytes that are no UTF-8 are a faulty line", async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"id":"'),
      Buffer.from([0xff]),
      Buffer.from('"}\n'),
      Buffer.from(JSON.stringify({ proposal: draft })),
    ]);
    const answers = parse(await run(["eval", desk, "--json"], { stdin: bytes, now: clock }));
    expect(answers.map(idsOf)).toEqual([["decode"], []]);
    expect(answers[0]).toHaveProperty("id", null);
  });
});

test("whatever the lines hold, each gets one verdict line, in order", async () => {
  const value = fc.jsonValue({ maxDepth: 4 });
  const line = fc.oneof(
    fc.string().map((text) => text.replaceAll("\n", " ")),
    value.map((json) => JSON.stringify(json)),
    fc
      .record(
        { proposal: value, principal: value, now: value, justification: value, state: value, want: value },
        { requiredKeys: [] },
      )
      .map((json) => JSON.stringify(json)),
    fc
      .dictionary(fc.constantFrom("meters", "velocity", "local", "last", "evidence", "phase", "killed"), value)
      .map((state) => JSON.stringify({ proposal: pay(), state })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 20 }), async (lines) => {
      const { out, err } = await evaluate([...lines, { id: "last", proposal: draft }], "--engine", "reference");
      const answers = out.trimEnd().split("\n");
      expect(answers).toHaveLength(lines.length + 1);
      for (const answer of answers) expect(JSON.parse(answer)).toHaveProperty("verdict");
      expect(JSON.parse(answers.at(-1)!)).toMatchObject({ id: "last", verdict: "allow" });
      expect(err).not.toContain("internal");
    }),
    { numRuns: 40 },
  );
});

describe("want and exit status", () => {
  const denied = pay({ payee: "Evil" });
  const id = "effects/pay/allow/payee";
  test.each<[string, Given, 0 | 1]>([
    ["an allow", { proposal: draft }, 0],
    ["a deny", { proposal: denied }, 1],
    ["a hold", { proposal: pay({ amount: "50.00" }) }, 1],
    ["a deny that was wanted", { proposal: denied, want: { verdict: "deny" } }, 0],
    [
      "a deny with the violations that were wanted",
      { proposal: denied, want: { verdict: "deny", violations: [id] } },
      0,
    ],
    ["a deny with others", { proposal: denied, want: { verdict: "deny", violations: ["kill"] } }, 1],
    ["a deny with fewer", { proposal: denied, want: { verdict: "deny", violations: [] } }, 1],
    ["an allow where a deny was wanted", { proposal: draft, want: { verdict: "deny" } }, 1],
    ["a hold that was wanted", { proposal: pay({ amount: "50.00" }), want: { verdict: "hold" } }, 0],
    ["a want that is no want", { proposal: draft, want: "allow" }, 1],
    ["a want with unknown members", { proposal: draft, want: { verdict: "allow", code: null } }, 1],
    [
      "a faulty line that was wanted",
      { proposal: draft, now: "never", want: { verdict: "deny", violations: ["decode"] } },
      0,
    ],
  ])("%s", async (_, line, code) => {
    expect((await evaluate([line])).code).toBe(code);
  });

  test("violations are wanted in any order", async () => {
    const want = { verdict: "deny", violations: [id, "kill"] };
    expect((await evaluate([{ proposal: denied, state: { killed: true }, want }])).code).toBe(0);
  });

  test("one difference among many lines is told, with its line", async () => {
    const { code, err } = await evaluate([
      { proposal: draft },
      { proposal: draft, want: { verdict: "deny" } },
      { proposal: draft },
    ]);
    expect(code).toBe(1);
    expect(err).toBe("line 2: wanted deny, got allow\n");
  });

  test("an empty list of violations is told as such, and no list is not", async () => {
    const { err } = await evaluate([
      { proposal: denied, want: { verdict: "deny", violations: [] } },
      { proposal: denied, want: { verdict: "allow" } },
    ]);
    expect(err).toBe(`line 1: wanted deny (no violations), got deny (${id})\nline 2: wanted allow, got deny (${id})\n`);
  });
});

describe("input", () => {
  const folder = mkdtempSync(join(tmpdir(), "ambit-eval-"));
  const file = join(folder, "lines.jsonl");
  const line = JSON.stringify({ proposal: draft });
  beforeAll(() => writeFileSync(file, `${line}\n${line}\n`));

  test("--input reads a file", async () => {
    const { out, code } = await run(["eval", desk, "--json", "--input", file], { now: clock });
    expect([out.split("\n").length, code]).toEqual([3, 0]);
  });

  test("no lines, no verdicts", async () => {
    expect(await run(["eval", desk, "--json"])).toEqual({ code: 0, out: "", err: "" });
  });

  test.each([
    ["an input that is not there", ["eval", desk, "--input", join(folder, "none.jsonl")], "none.jsonl"],
    ["an input that is a folder", ["eval", desk, "--input", folder], folder],
    ["an envelope that is not there", ["eval", join(folder, "none.json")], "none.json"],
    ["an engine that is none", ["eval", desk, "--engine", "opa"], "opa"],
    ["an unknown option", ["eval", desk, "--inptu", file], "--inptu"],
    ["no envelope", ["eval"], "missing required argument"],
    ["a folder without artefacts", ["eval", folder], "manifest.json"],
  ])("%s: exit 2 and a sentence", async (_, args, word) => {
    const { code, out, err } = await run(args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(word);
  });

  test("an envelope with errors: exit 1, its diagnostics, no verdicts", async () => {
    const broken = join(folder, "broken.json");
    writeFileSync(broken, '{"ambit":"1"}');
    const { code, out, err } = await run(["eval", broken, "--json"], { stdin: line });
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain(`${broken}:1:1`);
  });
});

describe("human output", () => {
  const lines = [
    { id: "ok", proposal: draft },
    { id: "ev\u001b[2Jil", proposal: pay({ payee: "Evil" }) },
  ]
    .map((l) => JSON.stringify(l))
    .join("\n");

  test("a line for each verdict, its reasons, a summary", async () => {
    const { out } = await run(["eval", desk], { stdin: lines, now: clock });
    expect(out).toContain("✓ allow ok  draft pages=1\n");
    expect(out).toContain(
      "SCOPE_VIOLATION effects/pay/allow/payee  `payee` is `Evil`; must be one of `ACME`, `Globex`",
    );
    expect(out).toContain("2 lines: 1 allowed, 0 held, 1 denied (cedar and rego must agree on each)\n");
  });

  test("colours on a terminal only, and not with NO_COLOR", async () => {
    const sgr = "\u001b[";
    expect((await run(["eval", desk], { stdin: lines, now: clock })).out).not.toContain(sgr);
    expect((await run(["eval", desk], { stdin: lines, now: clock, isTerminal: true })).out).toContain(sgr);
    const quiet = await run(["eval", desk], { stdin: lines, now: clock, isTerminal: true, env: { NO_COLOR: "1" } });
    expect(quiet.out).not.toContain(sgr);
  });

  test("names that the agent gives to arguments cannot drive the terminal, in an id as little as in a difference", async () => {
    const line = {
      proposal: { tool: "desk.pay", args: { "\u001b]0;x\u0007\u009b2J\u202e": 1 } },
      want: { verdict: "allow" },
    };
    const stdin = `${JSON.stringify(line)}\n`;
    for (const options of [[], ["--json"]]) {
      const { out, err } = await run(["eval", desk, "--engine", "reference", ...options], { stdin, now: clock });
      const shown = options.length === 0 ? out + err : err;
      expect(shown).toContain("decode/\\u{1b}]0;x\\u{7}\\u{9b}2J\\u{202e}");
      expect(shown).not.toMatch(/[\u0007\u001b\u009b\u202e]/);
    }
  });

  test("a file's name cannot drive the terminal", async () => {
    const { code, err } = await run(["eval", "no\u001b[2Jsuch.json"]);
    expect(code).toBe(2);
    expect(err).toContain("no\\u{1b}[2Jsuch.json");
    expect(err).not.toContain("\u001b");
  });

  test("ids and values cannot drive the terminal", async () => {
    const { out } = await run(["eval", desk], { stdin: lines, now: clock });
    expect(out).toContain("ev\\u{1b}[2Jil");
  });
});
