import { describe, expect, test } from "vitest";
import type { Bound, NormalisedEffect, NormalisedEnvelope, Operator, Shape } from "../../schema/normalised.ts";
import { envelopeOf, envelopeWith, requestFor, texts } from "./cedar-envelopes.ts";
import { load } from "./cedar-host.ts";

type Row = readonly [name: string, request: unknown, violated: readonly string[]];

function judges(title: string, envelope: NormalisedEnvelope, rows: readonly Row[]): void {
  describe(title, () => {
    const policy = load(envelope);
    test.each(rows)("%s", (_, request, violated) => {
      const answer = policy.judge(request as ReturnType<typeof requestFor>);
      expect(answer.violations.toSorted()).toEqual([...violated].sort());
      expect(answer.verdict === "allow").toBe(violated.length === 0);
    });
  });
}

const plain = envelopeWith({});

judges("rows of the session", plain, [
  ["a killed session", requestFor({}, { killed: true }), ["kill"]],
  ["killed is missing", requestFor({}, { killed: undefined }), ["kill"]],
  ["killed is the number 0", requestFor({}, { killed: 0 }), ["kill"]],
  ["a halted session", requestFor({}, { halted: true }), ["halt"]],
  ["halted is null", requestFor({}, { halted: null }), ["halt"]],
  ["a frozen session", requestFor({}, { phase: "frozen" }), ["phase"]],
  ["phase is a list", requestFor({}, { phase: ["active"] }), ["phase"]],
  ["no state at all", { ...requestFor(), state: undefined }, ["halt", "kill", "phase", "validity/duration"]],
  ["one millisecond early", requestFor({}, { activatedAt: 900_000 }, { now: 999_999 }), ["validity/not_before"]],
  ["at notBefore", requestFor({}, { activatedAt: 900_000 }, { now: 1_000_000 }), []],
  ["at expiresAt", requestFor({}, { activatedAt: 1_900_000 }, { now: 2_000_000 }), ["validity/expires_at"]],
  ["just before expiresAt", requestFor({}, { activatedAt: 1_900_000 }, { now: 1_999_999 }), []],
  ["at the end of the duration", requestFor({}, {}, { now: 1_600_000 }), ["validity/duration"]],
  ["just before the end of the duration", requestFor({}, {}, { now: 1_599_999 }), []],
  ["activated in the future", requestFor({}, { activatedAt: 1_200_001 }), ["validity/duration"]],
  ["activated at this moment", requestFor({}, { activatedAt: 1_200_000 }), []],
  [
    "now is text",
    requestFor({}, {}, { now: "1200000" }),
    ["validity/duration", "validity/expires_at", "validity/not_before"],
  ],
  [
    "now is as far off as numbers go",
    requestFor({}, {}, { now: -(2 ** 53 - 1) }),
    ["validity/duration", "validity/not_before"],
  ],
  ["another principal", requestFor({}, {}, { principal: "agent:s8" }), ["principal"]],
  ["the principal is null", requestFor({}, {}, { principal: null }), ["principal"]],
  ["another tool", requestFor({}, {}, { tool: "u" }), ["granted"]],
  ["no tool", requestFor({}, {}, { tool: undefined }), ["granted"]],
  ["an effect of no envelope", requestFor({}, {}, { effect: "f" }), ["granted"]],
  ["no effect", requestFor({}, {}, { effect: "" }), ["granted"]],
  ["another envelope", requestFor({}, { killed: true }, { envelope: "sha256:b" }), ["envelope"]],
  ["nothing wrong", requestFor(), []],
]);

judges(
  "where the effect is not granted, only the rows down to it are judged",
  envelopeWith({
    requires: [{ id: "effects/e/requires/F", holds: false }],
    velocity: [{ id: "effects/e/velocity/0", max: 1 }],
  }),
  [
    ["granted", requestFor(), ["effects/e/requires/F", "effects/e/velocity/0"]],
    ["not granted", requestFor({}, { killed: true }, { tool: "u" }), ["granted", "kill"]],
  ],
);

judges(
  "evidence",
  envelopeOf(
    { e: { tools: { t: true }, bounds: {} }, f: { tools: { t: true }, bounds: {} } },
    {
      evidence: [
        { id: "evidence/identity", name: "identity", maxAge: 100, effects: { f: true } },
        { id: "evidence/perimeter", name: "perimeter", maxAge: 300 },
      ],
    },
  ),
  [
    ["too old", requestFor({}, { evidence: { perimeter: 1_199_699 } }), ["evidence/perimeter"]],
    ["just young enough", requestFor({}, { evidence: { perimeter: 1_199_700 } }), []],
    ["in the future", requestFor({}, { evidence: { perimeter: 1_200_001 } }), ["evidence/perimeter"]],
    ["at the smallest number", requestFor({}, { evidence: { perimeter: -(2 ** 53 - 1) } }), ["evidence/perimeter"]],
    ["below the smallest number", requestFor({}, { evidence: { perimeter: -(2 ** 53) } }), ["evidence/perimeter"]],
    ["the map is null", requestFor({}, { evidence: null }), ["evidence/perimeter"]],
    [
      "asked of the effects it names",
      requestFor({}, { evidence: { perimeter: 1_200_000 } }, { effect: "f" }),
      ["evidence/identity"],
    ],
  ],
);

judges(
  "forbidden",
  envelopeOf(
    { e: { tools: { t: true, u: true }, bounds: {} }, f: { tools: { t: true }, bounds: {} } },
    {
      forbidden: [
        { id: "forbidden/0", effects: { withdraw: true } },
        { id: "forbidden/1", tool: "u" },
        { id: "forbidden/2", effects: { f: true } },
        { id: "forbidden/3", effects: {} },
      ],
    },
  ),
  [
    ["a forged effect", requestFor({}, {}, { effect: "withdraw" }), ["forbidden/0", "granted"]],
    ["a forbidden tool", requestFor({}, {}, { tool: "u" }), ["forbidden/1"]],
    [
      "a forbidden tool that no effect reaches",
      requestFor({}, {}, { effect: "", tool: "u" }),
      ["forbidden/1", "granted"],
    ],
    ["a forbidden effect of the envelope", requestFor({}, {}, { effect: "f" }), ["forbidden/2"]],
    ["a tool that is no text", requestFor({}, {}, { tool: 1 }), ["forbidden/1", "granted"]],
    [
      "an effect that is no text",
      requestFor({}, {}, { effect: null }),
      ["forbidden/0", "forbidden/2", "forbidden/3", "granted"],
    ],
    ["none of them", requestFor(), []],
  ],
);

judges(
  "requires and mode",
  envelopeWith({ requires: [{ id: "effects/e/requires/F", holds: true }], mode: [{ id: "mode", holds: false }] }),
  [["what never holds is violated", requestFor(), ["mode"]]],
);

const field = (shape: Shape, ...operators: readonly Operator[]): NormalisedEffect["bounds"] => ({
  allow: [{ id: "effects/e/allow/x", field: "x", shape, operators }],
});
const violated = ["effects/e/allow/x"];

judges(
  "allow: text",
  envelopeWith(field("text", { op: "oneOf", values: texts("a", "b") }, { op: "noneOf", values: texts("b") })),
  [
    ["listed", requestFor({ x: "a" }), []],
    ["listed, and denied", requestFor({ x: "b" }), violated],
    ["not listed", requestFor({ x: "c" }), violated],
    ["missing", requestFor(), violated],
    ["a list", requestFor({ x: ["a"] }), violated],
    [
      "a record that looks like an entity",
      requestFor({ x: { __entity: { type: "Ambit::Agent", id: "a" } } }),
      violated,
    ],
  ],
);

judges(
  "allow: a deny list alone still asks for the value",
  envelopeWith(field("text", { op: "noneOf", values: texts("b") })),
  [
    ["denied", requestFor({ x: "b" }), violated],
    ["missing", requestFor(), violated],
    ["mistyped", requestFor({ x: 1 }), violated],
    ["else", requestFor({ x: "" }), []],
  ],
);

judges("allow: an empty list", envelopeWith(field("text", { op: "noneOf", values: texts() })), [
  ["nothing is denied", requestFor({ x: "b" }), []],
  ["missing", requestFor(), violated],
]);

judges("allow: nothing is listed", envelopeWith(field("text", { op: "oneOf", values: texts() })), [
  ["nothing is allowed", requestFor({ x: "b" }), violated],
]);

judges("allow: number", envelopeWith(field("number", { op: "oneOf", values: { numbers: [2, -1] } })), [
  ["listed", requestFor({ x: -1 }), []],
  ["not listed", requestFor({ x: 1 }), violated],
  ["a fraction", requestFor({ x: 2.5 }), violated],
  ["beyond 2^53", requestFor({ x: 2 ** 53 }), violated],
  ["text", requestFor({ x: "2" }), violated],
  ["not a number", requestFor({ x: Number.NaN }), violated],
]);

judges("allow: boolean", envelopeWith(field("boolean", { op: "equals", value: true })), [
  ["equal", requestFor({ x: true }), []],
  ["not equal", requestFor({ x: false }), violated],
  ["text", requestFor({ x: "true" }), violated],
]);

judges(
  "allow: name",
  envelopeWith(
    field(
      "name",
      { op: "under", values: texts("example.com") },
      { op: "noneUnder", values: texts("evil.example.com") },
    ),
  ),
  [
    ["itself", requestFor({ x: { value: "example.com", under: ["example.com", "com"] } }), []],
    ["below", requestFor({ x: { value: "a.example.com", under: ["a.example.com", "example.com", "com"] } }), []],
    ["a look-alike", requestFor({ x: { value: "evilexample.com", under: ["evilexample.com", "com"] } }), violated],
    [
      "below what is denied",
      requestFor({ x: { value: "evil.example.com", under: ["evil.example.com", "example.com"] } }),
      violated,
    ],
    ["without a value", requestFor({ x: { under: ["example.com"] } }), violated],
    ["an ancestor that is no text", requestFor({ x: { value: "example.com", under: ["example.com", 1] } }), violated],
    ["ancestors in no list", requestFor({ x: { value: "example.com", under: "example.com" } }), violated],
  ],
);

judges("allow: name by value", envelopeWith(field("name", { op: "oneOf", values: texts("b.c") })), [
  ["listed", requestFor({ x: { value: "b.c", under: ["b.c", "c"] } }), []],
  ["only its ancestor is listed", requestFor({ x: { value: "a.b.c", under: ["a.b.c", "b.c", "c"] } }), violated],
  ["without ancestors", requestFor({ x: { value: "b.c" } }), violated],
]);

judges(
  "allow: set",
  envelopeWith(
    field(
      "textSet",
      { op: "subsetOf", values: texts("a", "b") },
      { op: "disjointFrom", values: texts("b") },
      { op: "minItems", value: 1 },
      { op: "maxItems", value: 2 },
    ),
  ),
  [
    ["within", requestFor({ x: { count: 1, items: ["a"] } }), []],
    ["one is not listed", requestFor({ x: { count: 2, items: ["a", "c"] } }), violated],
    ["one is denied", requestFor({ x: { count: 2, items: ["a", "b"] } }), violated],
    ["empty", requestFor({ x: { count: 0, items: [] } }), violated],
    ["too many, as counted", requestFor({ x: { count: 3, items: ["a"] } }), violated],
    ["a count below zero", requestFor({ x: { count: -1, items: ["a"] } }), violated],
    ["one item is no text", requestFor({ x: { count: 2, items: ["a", 1] } }), violated],
    ["no count", requestFor({ x: { items: ["a"] } }), violated],
    ["a list", requestFor({ x: ["a"] }), violated],
  ],
);

judges("allow: set of numbers", envelopeWith(field("numberSet", { op: "subsetOf", values: { numbers: [1, 2] } })), [
  ["within", requestFor({ x: { count: 2, items: [1, 2] } }), []],
  ["one is not listed", requestFor({ x: { count: 1, items: [3] } }), violated],
  ["empty, where that is admitted", requestFor({ x: { count: 0, items: [] } }), []],
  ["a number as text", requestFor({ x: { count: 1, items: ["1"] } }), violated],
]);

const hosts = (count: unknown, ...under: readonly unknown[]) => ({ count, items: ["h"], under });

judges("allow: set of names, all under", envelopeWith(field("nameSet", { op: "under", values: texts("b.c") })), [
  ["all", requestFor({ x: hosts(2, ["a.b.c", "b.c"], ["b.c"]) }), []],
  ["not all", requestFor({ x: hosts(2, ["b.c"], ["d"]) }), violated],
  ["only as many as counted", requestFor({ x: hosts(1, ["b.c"], ["d"]) }), []],
  ["fewer lists than counted", requestFor({ x: hosts(2, ["b.c"]) }), violated],
  ["32 of them", requestFor({ x: hosts(32, ...Array<unknown>(32).fill(["b.c"])) }), []],
  ["33 of them", requestFor({ x: hosts(33, ...Array<unknown>(33).fill(["b.c"])) }), violated],
  ["a list with a number", requestFor({ x: hosts(1, ["b.c"], [1]) }), violated],
  ["lists in an object", requestFor({ x: { count: 1, items: ["h"], under: { "0": ["b.c"] } } }), violated],
  ["none, where that is admitted", requestFor({ x: hosts(0) }), []],
]);

judges(
  "allow: set of names, none under",
  envelopeWith(field("nameSet", { op: "noneUnder", values: texts("b.c") }, { op: "maxItems", value: 2 })),
  [
    ["none", requestFor({ x: hosts(1, ["a.c", "c"]) }), []],
    ["one", requestFor({ x: hosts(2, ["a.c"], ["b.c"]) }), violated],
    ["one beyond the count", requestFor({ x: hosts(1, ["a.c"], ["b.c"]) }), violated],
    ["no lists", requestFor({ x: { count: 1, items: ["h"] } }), violated],
    ["too many", requestFor({ x: hosts(3, ["a"], ["a"], ["a"]) }), violated],
  ],
);

judges("allow: producedBy", envelopeWith(field("text", { op: "producedBy", fact: "e/order", element: "text" })), [
  ["produced", requestFor({ x: "o-1" }, { produced: { "e/order": ["o-1", "o-2"] } }), []],
  ["not produced", requestFor({ x: "o-3" }, { produced: { "e/order": ["o-1"] } }), violated],
  ["nothing produced", requestFor({ x: "o-3" }), violated],
  ["one result of another type", requestFor({ x: "o-1" }, { produced: { "e/order": ["o-1", 2] } }), violated],
]);

judges(
  "allow: every element produced",
  envelopeWith(field("numberSet", { op: "producedBy", fact: "e/n", element: "number" })),
  [
    ["produced", requestFor({ x: { count: 2, items: [1, 2] } }, { produced: { "e/n": [1, 2, 3] } }), []],
    ["one was not", requestFor({ x: { count: 2, items: [1, 4] } }, { produced: { "e/n": [1, 2, 3] } }), violated],
  ],
);

judges(
  "rows",
  envelopeWith({ rows: [{ id: "effects/e/rows/0", field: "rows/0", oneOf: { '["a",1]': true, '["b\\"",2]': true } }] }),
  [
    ["a row", requestFor({ "rows/0": '["b\\"",2]' }), []],
    ["no row", requestFor({ "rows/0": '["a",2]' }), ["effects/e/rows/0"]],
    ["missing", requestFor(), ["effects/e/rows/0"]],
    ["a tuple", requestFor({ "rows/0": ["a", 1] }), ["effects/e/rows/0"]],
  ],
);

const relation = (op: Bound<"relations">["op"], shape: Shape) =>
  envelopeWith({ relations: [{ id: "effects/e/relations/0", left: "a", op, right: "b", shape }] });

judges("relations: <", relation("<", "number"), [
  ["less", requestFor({ a: 1, b: 2 }), []],
  ["equal", requestFor({ a: 2, b: 2 }), ["effects/e/relations/0"]],
  ["one is missing", requestFor({ a: 1 }), ["effects/e/relations/0"]],
]);
judges("relations: <=", relation("<=", "number"), [
  ["equal", requestFor({ a: 2, b: 2 }), []],
  ["more", requestFor({ a: 3, b: 2 }), ["effects/e/relations/0"]],
]);
judges("relations: != on names", relation("!=", "name"), [
  ["other values", requestFor({ a: { value: "x", under: [] }, b: { value: "y", under: [] } }), []],
  [
    "the same value",
    requestFor({ a: { value: "x", under: ["x"] }, b: { value: "x", under: [] } }),
    ["effects/e/relations/0"],
  ],
  ["one is no name", requestFor({ a: { value: "x", under: ["x"] }, b: "y" }), ["effects/e/relations/0"]],
]);
judges("relations: == on sets", relation("==", "textSet"), [
  ["the same items", requestFor({ a: { count: 2, items: ["x", "y"] }, b: { count: 2, items: ["y", "x"] } }), []],
  [
    "other items",
    requestFor({ a: { count: 1, items: ["x"] }, b: { count: 1, items: ["y"] } }),
    ["effects/e/relations/0"],
  ],
  [
    "a count below zero",
    requestFor({ a: { count: -1, items: [] }, b: { count: 0, items: [] } }),
    ["effects/e/relations/0"],
  ],
]);

const perCall = (shape: Shape, min: number, max: number) =>
  envelopeWith({ perCall: [{ id: "effects/e/per_call/x", field: "x", shape, min, max }] });

judges("per call", perCall("number", 1, 2), [
  ["one below the least", requestFor({ x: 0 }), ["effects/e/per_call/x"]],
  ["the least", requestFor({ x: 1 }), []],
  ["the most", requestFor({ x: 2 }), []],
  ["one over", requestFor({ x: 3 }), ["effects/e/per_call/x"]],
  ["missing", requestFor(), ["effects/e/per_call/x"]],
  ["infinite", requestFor({ x: Number.POSITIVE_INFINITY }), ["effects/e/per_call/x"]],
]);
judges("per call, each", perCall("range", 0, 5), [
  ["within", requestFor({ x: { min: 0, max: 5 } }), []],
  ["the smallest is too small", requestFor({ x: { min: -1, max: 5 } }), ["effects/e/per_call/x"]],
  ["the largest is too large", requestFor({ x: { min: 0, max: 6 } }), ["effects/e/per_call/x"]],
  ["no largest", requestFor({ x: { min: 0 } }), ["effects/e/per_call/x"]],
]);
judges("per call, at the ends of numbers", perCall("number", -(2 ** 53 - 1), 2 ** 53 - 1), [
  ["the smallest number", requestFor({ x: -(2 ** 53 - 1) }), []],
  ["the largest number", requestFor({ x: 2 ** 53 - 1 }), []],
  ["negative zero is zero", requestFor({ x: -0 }), []],
]);

const used = (amount: unknown) => ({ meters: { "budgets/spend": amount } });

judges("a meter fed by a field", envelopeWith({ budget: [{ id: "budgets/spend", max: 100, cost: { field: "x" } }] }), [
  ["up to the cap", requestFor({ x: 40 }, used(60)), []],
  ["one over", requestFor({ x: 41 }, used(60)), ["budgets/spend"]],
  ["nothing at an exhausted budget", requestFor({ x: 0 }, used(100)), []],
  ["a negative amount", requestFor({ x: -1 }, used(50)), ["budgets/spend"]],
  ["a meter below zero", requestFor({ x: 1 }, used(-1)), ["budgets/spend"]],
  ["a meter over its cap", requestFor({ x: 0 }, used(101)), ["budgets/spend"]],
  ["amounts whose sum no number holds", requestFor({ x: 2 ** 53 - 1 }, used(2 ** 53 - 1)), ["budgets/spend"]],
  ["no meter", requestFor({ x: 0 }), ["budgets/spend"]],
  ["a meter of text", requestFor({ x: 0 }, used("0")), ["budgets/spend"]],
  ["no amount", requestFor({}, used(0)), ["budgets/spend"]],
]);
judges(
  "a meter fed by a constant",
  envelopeWith({ session: [{ id: "effects/e/session/calls", max: 2, cost: { constant: 1 } }] }),
  [
    ["the last call", requestFor({}, { meters: { "effects/e/session/calls": 1 } }), []],
    ["one too many", requestFor({}, { meters: { "effects/e/session/calls": 2 } }), ["effects/e/session/calls"]],
    ["a meter below zero", requestFor({}, { meters: { "effects/e/session/calls": -1 } }), ["effects/e/session/calls"]],
  ],
);
judges(
  "one meter, fed in another way by each effect",
  envelopeOf({
    e: { tools: { t: true }, bounds: { budget: [{ id: "budgets/spend", max: 10, cost: { field: "x" } }] } },
    f: { tools: { t: true }, bounds: { budget: [{ id: "budgets/spend", max: 10, cost: { constant: 4 } }] } },
    g: { tools: { t: true }, bounds: {} },
  }),
  [
    ["by a field", requestFor({ x: 5 }, used(6)), ["budgets/spend"]],
    ["by a constant", requestFor({ x: 5 }, used(6), { effect: "f" }), []],
    ["by a constant, over", requestFor({}, used(7), { effect: "f" }), ["budgets/spend"]],
    ["not at all", requestFor({}, {}, { effect: "g" }), []],
  ],
);

const velocity = (allowed: unknown) => requestFor({}, { velocity: { "effects/e/velocity/0": allowed } });
judges("velocity", envelopeWith({ velocity: [{ id: "effects/e/velocity/0", max: 5 }] }), [
  ["below", velocity(4), []],
  ["at the limit", velocity(5), ["effects/e/velocity/0"]],
  ["negative", velocity(-1), ["effects/e/velocity/0"]],
  ["missing", velocity(undefined), ["effects/e/velocity/0"]],
]);
judges("velocity of none", envelopeWith({ velocity: [{ id: "effects/e/velocity/0", max: 0 }] }), [
  ["never holds", velocity(0), ["effects/e/velocity/0"]],
]);

judges("after", envelopeWith({ after: [{ id: "effects/e/after/0", effect: "plan", within: 1000 }] }), [
  ["long enough ago", requestFor({}, { last: { plan: 1_198_999 } }), ["effects/e/after/0"]],
  ["just within", requestFor({}, { last: { plan: 1_199_000 } }), []],
  ["in the future", requestFor({}, { last: { plan: 1_200_001 } }), ["effects/e/after/0"]],
  ["never", requestFor(), ["effects/e/after/0"]],
]);

const local = (day: unknown, minute: unknown, date?: unknown) =>
  requestFor({}, { local: { "Europe/Rome": { day, minute, date } } });
const scheduleBound: Bound<"schedule"> = {
  id: "effects/e/schedule",
  timezone: "Europe/Rome",
  windows: {
    mon: [
      [540, 600],
      [660, 720],
    ],
    tue: [
      [540, 600],
      [660, 720],
    ],
    sun: [[0, 1440]],
  },
};
judges("schedule", envelopeWith({ schedule: [scheduleBound] }), [
  ["at the opening", local("mon", 540), []],
  ["at the close", local("tue", 600), ["effects/e/schedule"]],
  ["between windows", local("tue", 630), ["effects/e/schedule"]],
  ["in the second window", local("tue", 719), []],
  ["the last minute of an open day", local("sun", 1439), []],
  ["a closed day", local("wed", 550), ["effects/e/schedule"]],
  ["no minute", local("mon", null), ["effects/e/schedule"]],
  ["a day that is a number", local(1, 550), ["effects/e/schedule"]],
  ["no local time", requestFor(), ["effects/e/schedule"]],
]);
judges(
  "schedule with closed dates",
  envelopeWith({ schedule: [{ ...scheduleBound, except: { "2024-12-25": true } }] }),
  [
    ["another date", local("mon", 540, "2024-12-24"), []],
    ["a closed date", local("mon", 540, "2024-12-25"), ["effects/e/schedule"]],
    ["no date", local("mon", 540), ["effects/e/schedule"]],
  ],
);

judges("justification", envelopeWith({ justification: [{ id: "effects/e/justification" }] }), [
  ["none", requestFor(), ["effects/e/justification"]],
  ["some", requestFor({}, {}, { justified: true }), []],
  ["text in its place", requestFor({}, {}, { justified: "true" }), ["effects/e/justification"]],
]);

const approved = (keys: unknown) => ({ approvals: { "effects/e/approval": keys } });
judges("approval, always", envelopeWith({ approval: [{ id: "effects/e/approval", keys: 2 }] }), [
  ["too few", requestFor({}, approved(1)), ["effects/e/approval"]],
  ["enough", requestFor({}, approved(2)), []],
  ["none", requestFor(), ["effects/e/approval"]],
]);
const when = (...conditions: NonNullable<Bound<"approval">["when"]>) =>
  envelopeWith({ approval: [{ id: "effects/e/approval", keys: 1, when: conditions }] });
judges(
  "approval from an amount, or for a side",
  when(
    { field: "x", shape: "number", op: "min", value: 2 },
    { field: "s", shape: "text", op: "oneOf", values: texts("sell") },
  ),
  [
    ["neither", requestFor({ x: 1, s: "buy" }), []],
    ["the amount", requestFor({ x: 2, s: "buy" }), ["effects/e/approval"]],
    ["the side", requestFor({ x: 1, s: "sell" }), ["effects/e/approval"]],
    ["the amount, approved", requestFor({ x: 2, s: "buy" }, approved(1)), []],
    ["what cannot be compared", requestFor({ x: "1", s: "buy" }), ["effects/e/approval"]],
  ],
);
judges("approval by range", when({ field: "x", shape: "range", op: "max", value: 10 }), [
  ["the smallest is above", requestFor({ x: { min: 11, max: 20 } }), []],
  ["the smallest is at it", requestFor({ x: { min: 10, max: 20 } }), ["effects/e/approval"]],
  ["half a range", requestFor({ x: { min: 11 } }), ["effects/e/approval"]],
]);
judges("approval by boolean", when({ field: "x", shape: "boolean", op: "oneOf", values: { booleans: [true] } }), [
  ["another", requestFor({ x: false }), []],
  ["this one", requestFor({ x: true }), ["effects/e/approval"]],
]);
judges("approval by name", when({ field: "x", shape: "name", op: "equals", value: "b.c" }), [
  ["another", requestFor({ x: { value: "a.b.c", under: ["b.c"] } }), []],
  ["this one", requestFor({ x: { value: "b.c", under: ["b.c"] } }), ["effects/e/approval"]],
]);

judges("channel", envelopeWith({ channel: [{ id: "effects/e/channel", keys: 2 }] }), [
  ["one key", requestFor({}, { approvals: { "effects/e/channel": 1 } }), ["effects/e/channel"]],
  ["two keys", requestFor({}, { approvals: { "effects/e/channel": 2 } }), []],
]);

test("only missing people make a hold", () => {
  const policy = load(
    envelopeWith({
      channel: [{ id: "effects/e/channel", keys: 2 }],
      approval: [{ id: "effects/e/approval", keys: 1 }],
    }),
  );
  expect(policy.judge(requestFor()).verdict).toBe("hold");
  expect(policy.judge(requestFor({}, { killed: true })).verdict).toBe("deny");
});
