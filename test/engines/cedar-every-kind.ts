/** An envelope with every kind of bound, every shape of field and every operator, and a request that it allows. */
import type { NormalisedEnvelope } from "../../schema/normalised.ts";
import { envelopeOf, requestFor, texts } from "./cedar-envelopes.ts";

export const everyKind: NormalisedEnvelope = envelopeOf(
  {
    all: {
      tools: { t: true, "t.two": true },
      bounds: {
        requires: [{ id: "effects/all/requires/F", holds: true }],
        mode: [{ id: "mode", holds: true }],
        allow: [
          { id: "effects/all/allow/b", field: "b", shape: "boolean", operators: [{ op: "equals", value: true }] },
          {
            id: "effects/all/allow/h",
            field: "h",
            shape: "name",
            operators: [
              { op: "under", values: texts("b.c") },
              { op: "noneUnder", values: texts("e.b.c") },
            ],
          },
          {
            id: "effects/all/allow/hs",
            field: "hs",
            shape: "nameSet",
            operators: [
              { op: "under", values: texts("b.c") },
              { op: "noneUnder", values: texts("e.b.c") },
              { op: "minItems", value: 1 },
            ],
          },
          {
            id: "effects/all/allow/ns",
            field: "ns",
            shape: "numberSet",
            operators: [{ op: "producedBy", fact: "few/n", element: "number" }],
          },
          {
            id: "effects/all/allow/s",
            field: "s",
            shape: "text",
            operators: [
              { op: "oneOf", values: texts("x", "y") },
              { op: "noneOf", values: texts("z") },
              { op: "producedBy", fact: "few/s", element: "text" },
            ],
          },
          {
            id: "effects/all/allow/ss",
            field: "ss",
            shape: "textSet",
            operators: [
              { op: "subsetOf", values: texts("x", "y") },
              { op: "disjointFrom", values: texts("z") },
              { op: "minItems", value: 1 },
              { op: "maxItems", value: 2 },
            ],
          },
        ],
        rows: [{ id: "effects/all/rows/0", field: "rows/0", oneOf: { '["x",1]': true } }],
        relations: [
          { id: "effects/all/relations/0", left: "n", op: "<=", right: "m", shape: "number" },
          { id: "effects/all/relations/1", left: "ss", op: "!=", right: "hs", shape: "textSet" },
        ],
        perCall: [
          { id: "effects/all/per_call/n", field: "n", shape: "number", min: 1, max: 9 },
          { id: "effects/all/per_call/r", field: "r", shape: "range", min: 0, max: 9 },
        ],
        session: [{ id: "effects/all/session/n", max: 40, cost: { field: "n" } }],
        budget: [
          { id: "budgets/actions", max: 50, cost: { constant: 1 } },
          { id: "budgets/spend", max: 100, cost: { field: "n" } },
        ],
        velocity: [{ id: "effects/all/velocity/0", max: 5 }],
        after: [{ id: "effects/all/after/0", effect: "few", within: 1000 }],
        schedule: [
          {
            id: "effects/all/schedule",
            timezone: "Europe/Rome",
            windows: {
              mon: [
                [0, 60],
                [120, 180],
              ],
              tue: [[0, 60]],
            },
            except: { "2024-12-25": true },
          },
        ],
        justification: [{ id: "effects/all/justification" }],
        approval: [
          {
            id: "effects/all/approval",
            keys: 1,
            when: [
              { field: "n", shape: "number", op: "min", value: 5 },
              { field: "b", shape: "boolean", op: "equals", value: false },
              { field: "s", shape: "text", op: "oneOf", values: texts("y") },
            ],
          },
        ],
        channel: [{ id: "effects/all/channel", keys: 2 }],
      },
    },
    few: {
      tools: { t: true },
      bounds: {
        budget: [
          { id: "budgets/actions", max: 50, cost: { constant: 1 } },
          { id: "budgets/spend", max: 100, cost: { constant: 3 } },
        ],
      },
    },
  },
  {
    evidence: [
      { id: "evidence/identity", name: "identity", maxAge: 100, effects: { all: true } },
      { id: "evidence/perimeter", name: "perimeter", maxAge: 100 },
    ],
    forbidden: [
      { id: "forbidden/0", effects: { gone: true } },
      { id: "forbidden/1", tool: "u" },
    ],
  },
);

export const allowedOfEveryKind = requestFor(
  {
    b: true,
    h: { value: "a.b.c", under: ["a.b.c", "b.c", "c"] },
    hs: { count: 1, items: ["a.b.c"], under: [["a.b.c", "b.c", "c"]] },
    ns: { count: 1, items: [7] },
    s: "x",
    ss: { count: 2, items: ["x", "y"] },
    "rows/0": '["x",1]',
    n: 2,
    m: 2,
    r: { min: 0, max: 9 },
  },
  {
    meters: { "effects/all/session/n": 38, "budgets/actions": 49, "budgets/spend": 98 },
    velocity: { "effects/all/velocity/0": 4 },
    last: { few: 1_199_000 },
    local: { "Europe/Rome": { day: "mon", minute: 179, date: "2024-12-24" } },
    approvals: { "effects/all/channel": 2 },
    produced: { "few/n": [7], "few/s": ["x"] },
    evidence: { identity: 1_199_900, perimeter: 1_199_900 },
  },
  { effect: "all", justified: true },
);
