import { describe, expect, test } from "vitest";
import { normalise } from "../../compiler/normalise/normalise.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import type { PatchOperation } from "../../schema/diagnostic.ts";
import { envelopeText, put, remove, set } from "../reading/envelopes.ts";
import { field, url } from "../rules/table.ts";

const digest = `sha256:${"0".repeat(64)}`;

/** The normalised form of an envelope that is right but for the changes. */
function normalised(...change: readonly PatchOperation[]) {
  const { envelope, diagnostics } = readEnvelope(envelopeText(...change));
  if (envelope === undefined) throw new Error(JSON.stringify(diagnostics, null, 2));
  return normalise(envelope, digest);
}

const pay = (...change: readonly PatchOperation[]) => normalised(...change).effects.pay?.bounds;
const path = "/effects/pay";
const words = (...texts: readonly string[]) => Object.fromEntries(texts.map((text) => [text, true]));

describe("the bounds of every request", () => {
  test("times in milliseconds, always the same rows", () => {
    expect(normalised().bounds).toEqual({
      kill: [{ id: "kill" }],
      halt: [{ id: "halt" }],
      phase: [{ id: "phase" }],
      notBefore: [{ id: "validity/not_before", at: 1709280000000 }],
      expiresAt: [{ id: "validity/expires_at", at: 1709316000000 }],
      duration: [{ id: "validity/duration", max: 36000000 }],
      principal: [{ id: "principal", is: "agent:clerk" }],
      granted: [{ id: "granted" }],
    });
  });

  test("an instant in another offset is the same instant", () => {
    const { bounds } = normalised(set("/validity/notBefore", "2024-03-01T10:00:00.5+02:00"));
    expect(bounds.notBefore).toEqual([{ id: "validity/not_before", at: 1709280000500 }]);
  });

  test("evidence in the order of ids, for all effects or for some", () => {
    const evidence = { perimeter: { maxAgeSeconds: 300 }, identity: { maxAgeSeconds: 0, effects: ["pay"] } };
    expect(normalised(put("/evidence", evidence)).bounds.evidence).toEqual([
      { id: "evidence/identity", name: "identity", maxAge: 0, effects: { pay: true } },
      { id: "evidence/perimeter", name: "perimeter", maxAge: 300000 },
    ]);
  });

  test("a forbidden tag stands for the effects that carry it", () => {
    const forbidden = [
      { tag: "moves_funds" },
      { effect: "withdraw", reason: "never" },
      { tool: "bank.close" },
      { tag: "other" },
    ];
    const { bounds } = normalised(put(`${path}/tags`, ["moves_funds"]), set("/forbidden", forbidden));
    expect(bounds.forbidden).toEqual([
      { id: "forbidden/0", effects: { pay: true } },
      { id: "forbidden/1", effects: { withdraw: true } },
      { id: "forbidden/2", tool: "bank.close" },
      { id: "forbidden/3", effects: {} },
    ]);
  });

  test("ids in code point order: 10 before 2", () => {
    const { bounds } = normalised(
      set(
        "/forbidden",
        Array.from({ length: 11 }, (_, i) => ({ effect: `e${i}` })),
      ),
    );
    expect(bounds.forbidden?.map(({ id }) => id).slice(0, 4)).toEqual([
      "forbidden/0",
      "forbidden/1",
      "forbidden/10",
      "forbidden/2",
    ]);
  });
});

describe("the bounds of an effect", () => {
  test("every line of the example, amounts in minor units", () => {
    expect(normalised().effects.pay).toEqual({
      tools: { "bank.pay": true },
      bounds: {
        requires: [
          { id: "effects/pay/requires/FINANCIAL_ACTIONS", holds: true },
          { id: "effects/pay/requires/NET_ACCESS", holds: true },
        ],
        mode: [{ id: "mode", holds: true }],
        allow: [
          {
            id: "effects/pay/allow/payee",
            field: "payee",
            shape: "text",
            operators: [{ op: "oneOf", values: { texts: { acme: true, globex: true } } }],
          },
        ],
        perCall: [{ id: "effects/pay/per_call/amount", field: "amount", shape: "number", min: 0, max: 10000 }],
        session: [
          { id: "effects/pay/session/amount", max: 30000, cost: { field: "amount" } },
          { id: "effects/pay/session/calls", max: 5, cost: { constant: 1 } },
        ],
        budget: [
          { id: "budgets/actions", max: 20, cost: { constant: 1 } },
          { id: "budgets/externalCalls", max: 10, cost: { constant: 1 } },
          { id: "budgets/spend", max: 50000, cost: { field: "amount" } },
        ],
        velocity: [{ id: "effects/pay/velocity/0", max: 2 }],
        channel: [{ id: "effects/pay/channel", keys: 2 }],
      },
    });
  });

  test("what is not external has no mode, channel or meter of external calls", () => {
    expect(Object.keys(normalised().effects.list_payments?.bounds ?? {})).toEqual([
      "perCall",
      "session",
      "budget",
      "velocity",
    ]);
  });

  test("an execute channel always holds; base mode and a flag that is missing never do", () => {
    const bounds = pay(set(`${path}/channel`, "execute"), set("/mode", "base"), remove("/capabilities/0"));
    expect(bounds?.channel).toBeUndefined();
    expect(bounds?.mode).toEqual([{ id: "mode", holds: false }]);
    expect(bounds?.requires).toContainEqual({ id: "effects/pay/requires/NET_ACCESS", holds: false });
  });

  test("a flag required twice is one bound", () => {
    expect(pay(put(`${path}/requires/-`, "NET_ACCESS"))?.requires).toHaveLength(2);
  });

  test("velocity of the defaults where the effect writes none", () => {
    const bounds = pay(remove(`${path}/velocity`), put("/defaults", { velocity: [{ max: 7, seconds: 1 }] }));
    expect(bounds?.velocity).toEqual([{ id: "effects/pay/velocity/0", max: 7 }]);
  });

  test("a named set is filled in, sorted, each value once", () => {
    const bounds = pay(put("/sets", { payees: ["z", "a", "z"] }), set(`${path}/allow/payee/oneOf`, { set: "payees" }));
    expect(bounds?.allow?.[0]?.operators).toEqual([{ op: "oneOf", values: { texts: { a: true, z: true } } }]);
  });

  const forms: readonly [given: string, change: readonly PatchOperation[], shape: string, operators: unknown][] = [
    [
      "numbers by size",
      field("x", { type: "integer" }, { allow: { oneOf: [10, 9, -1, 9] } }),
      "number",
      [{ op: "oneOf", values: { numbers: [-1, 9, 10] } }],
    ],
    [
      "decimals in minor units",
      field("x", { type: "decimal", scale: 3 }, { allow: { oneOf: ["1.5", "-0.001"] } }),
      "number",
      [{ op: "oneOf", values: { numbers: [-1, 1500] } }],
    ],
    [
      "dates in days",
      field("x", { type: "date" }, { allow: { oneOf: ["1970-01-02"] } }),
      "number",
      [{ op: "oneOf", values: { numbers: [1] } }],
    ],
    [
      "floating times in seconds",
      field(
        "x",
        { type: "datetime", format: "YYYY-MM-DD HH:MM", timezone: "floating" },
        { allow: { oneOf: ["1970-01-02 00:01"] } },
      ),
      "number",
      [{ op: "oneOf", values: { numbers: [86460] } }],
    ],
    [
      "local times in seconds",
      field(
        "x",
        { type: "datetime", format: "YYYY-MM-DD HH:MM", timezone: "Europe/Berlin" },
        { allow: { oneOf: ["1970-01-02 01:00"] } },
      ),
      "number",
      [{ op: "oneOf", values: { numbers: [86400] } }],
    ],
    [
      "timestamps in milliseconds",
      field("x", { type: "timestamp" }, { allow: { oneOf: ["1970-01-01T00:00:01Z"] } }),
      "number",
      [{ op: "oneOf", values: { numbers: [1000] } }],
    ],
    [
      "a boolean",
      field("x", { type: "boolean" }, { allow: { equals: false } }),
      "boolean",
      [{ op: "equals", value: false }],
    ],
    [
      "names by value and by ancestors",
      field(
        "x",
        { type: "email" },
        { allow: { oneOf: ["a@b.example"], under: ["example"], noneUnder: ["c.example"] } },
      ),
      "name",
      [
        { op: "oneOf", values: { texts: words("a@b.example") } },
        { op: "under", values: { texts: words("example") } },
        { op: "noneUnder", values: { texts: words("c.example") } },
      ],
    ],
    [
      "a set has at least one element",
      field("x", { type: "set", of: "host" }, { allow: { under: ["example"] } }),
      "nameSet",
      [
        { op: "under", values: { texts: words("example") } },
        { op: "minItems", value: 1 },
      ],
    ],
    [
      "where none is written",
      field("x", { type: "set", of: "integer" }, { allow: { subsetOf: [2, 1], minItems: 0, maxItems: 2 } }),
      "numberSet",
      [
        { op: "subsetOf", values: { numbers: [1, 2] } },
        { op: "minItems", value: 0 },
        { op: "maxItems", value: 2 },
      ],
    ],
    [
      "results as a fact",
      field("x", { type: "set", of: "string" }, { allow: { producedBy: "pay/payment", minItems: 0 } }),
      "textSet",
      [
        { op: "producedBy", fact: "pay/payment", element: "text" },
        { op: "minItems", value: 0 },
      ],
    ],
  ];

  test.each(forms)("%s", (_, change, shape, operators) => {
    const bound = pay(...change)?.allow?.find(({ field }) => field === "x");
    expect(bound).toEqual({ id: "effects/pay/allow/x", field: "x", shape, operators });
  });

  test("a url by its parts", () => {
    const bounds = pay(...url("site", { path: { under: ["/v1"] } }));
    expect(bounds?.allow?.slice(1)).toEqual([
      {
        id: "effects/pay/allow/site.host",
        field: "site.host",
        shape: "name",
        operators: [{ op: "oneOf", values: { texts: words("bank.example") } }],
      },
      {
        id: "effects/pay/allow/site.path",
        field: "site.path",
        shape: "name",
        operators: [{ op: "under", values: { texts: words("/v1") } }],
      },
      {
        id: "effects/pay/allow/site.port",
        field: "site.port",
        shape: "number",
        operators: [{ op: "oneOf", values: { numbers: [443] } }],
      },
      {
        id: "effects/pay/allow/site.scheme",
        field: "site.scheme",
        shape: "text",
        operators: [{ op: "equals", value: "https" }],
      },
    ]);
  });

  test("a count is a plain integer, each a range", () => {
    const bounds = pay(
      put(`${path}/fields/n`, { from: "/x/*", type: "decimal", scale: 2, aggregate: "count" }),
      put(`${path}/perCall/n`, { max: 3 }),
      put(`${path}/fields/r`, { from: "/x/*", type: "decimal", scale: 2, aggregate: "each" }),
      put(`${path}/perCall/r`, { min: "-1", max: "3.5" }),
    );
    expect(bounds?.perCall?.slice(1)).toEqual([
      { id: "effects/pay/per_call/n", field: "n", shape: "number", min: 0, max: 3 },
      { id: "effects/pay/per_call/r", field: "r", shape: "range", min: -100, max: 350 },
    ]);
  });

  test("rows as the JCS of their canonical values", () => {
    const bounds = pay(
      ...field("tags", { type: "set", of: "string" }),
      ...field("on", { type: "boolean" }),
      put(`${path}/rows`, [{ fields: ["payee", "amount", "tags", "on"], oneOf: [["acme", "5", ["a", "b"], true]] }]),
    );
    expect(bounds?.rows).toEqual([
      { id: "effects/pay/rows/0", field: "rows/0", oneOf: words('["acme",500,["a","b"],true]') },
    ]);
  });

  test("relations, order, justification", () => {
    const bounds = pay(
      ...field("to", { type: "string" }, { allow: { oneOf: ["b"] } }),
      put(`${path}/relations`, [{ left: "payee", op: "!=", right: "to" }]),
      put(`${path}/after`, [{ effect: "list_payments", withinSeconds: 60 }]),
      put(`${path}/justification`, "required"),
    );
    expect(bounds?.relations).toEqual([
      { id: "effects/pay/relations/0", left: "payee", op: "!=", right: "to", shape: "text" },
    ]);
    expect(bounds?.after).toEqual([{ id: "effects/pay/after/0", effect: "list_payments", within: 60000 }]);
    expect(bounds?.justification).toEqual([{ id: "effects/pay/justification" }]);
  });

  test("a schedule by weekday, in minutes", () => {
    const windows = [
      { days: ["fri", "mon"], from: "13:00", until: "24:00" },
      { days: ["fri"], from: "09:30", until: "12:00" },
    ];
    const bounds = pay(put(`${path}/schedule`, { timezone: "UTC", windows, except: ["2024-12-25"] }));
    expect(bounds?.schedule).toEqual([
      {
        id: "effects/pay/schedule",
        timezone: "UTC",
        windows: {
          fri: [
            [570, 720],
            [780, 1440],
          ],
          mon: [[780, 1440]],
        },
        except: { "2024-12-25": true },
      },
    ]);
  });

  test("an approval's conditions, one by one", () => {
    const when = { amount: { min: "50", max: "60.00" }, payee: { oneOf: ["acme"], equals: "globex" } };
    const bounds = pay(put(`${path}/approval`, { keys: 3, roles: ["risk"], when }));
    expect(bounds?.approval).toEqual([
      {
        id: "effects/pay/approval",
        keys: 3,
        when: [
          { field: "amount", shape: "number", op: "min", value: 5000 },
          { field: "amount", shape: "number", op: "max", value: 6000 },
          { field: "payee", shape: "text", op: "oneOf", values: { texts: { acme: true } } },
          { field: "payee", shape: "text", op: "equals", value: "globex" },
        ],
      },
    ]);
  });

  test("no condition: always", () => {
    expect(pay(put(`${path}/approval`, { keys: 1, roles: ["risk"] }))?.approval).toEqual([
      { id: "effects/pay/approval", keys: 1 },
    ]);
  });

  test("a constant cost", () => {
    const bounds = pay(put("/budgets/transfers", { max: 3 }), put(`${path}/consumes/transfers`, 2));
    expect(bounds?.budget).toContainEqual({ id: "budgets/transfers", max: 3, cost: { constant: 2 } });
  });
});

describe("any text is only a name", () => {
  test("maps of the user's words have no prototype", () => {
    const bounds = pay(set(`${path}/allow/payee/oneOf`, ["__proto__", "constructor"]));
    const operator = bounds?.allow?.[0]?.operators[0];
    const texts = operator?.op === "oneOf" && "texts" in operator.values ? operator.values.texts : {};
    expect(Object.getPrototypeOf(texts)).toBeNull();
    expect(Object.keys(texts)).toEqual(["__proto__", "constructor"]);
  });

  test("strings sort by code point, not by UTF-16", () => {
    const bounds = pay(set(`${path}/allow/payee/oneOf`, ["\u{1f600}", "\uff5e"]));
    const operator = bounds?.allow?.[0]?.operators[0];
    const texts = operator?.op === "oneOf" && "texts" in operator.values ? operator.values.texts : {};
    expect(Object.keys(texts)).toEqual(["\uff5e", "\u{1f600}"]);
  });
});
