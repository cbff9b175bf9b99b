import { move, put, remove, set } from "../reading/envelopes.ts";
import { field, judge, url } from "./table.ts";

const pay = "/effects/pay";
const list = "/effects/list_payments";

judge("a blank line of the sheet does not compile", [
  {
    given: "no velocity, in the effect or in defaults",
    change: [remove(`${pay}/velocity`)],
    want: [`sheet/unbounded ${pay}/velocity`],
  },
  {
    given: "the velocity of defaults",
    change: [remove(`${pay}/velocity`), put("/defaults", { velocity: [{ max: 2, seconds: 60 }] })],
    want: [],
  },
  {
    given: "no meter of external calls",
    change: [remove("/budgets/externalCalls")],
    want: ["sheet/unbounded /budgets/externalCalls"],
  },
  {
    given: "no such meter, and no external effect",
    change: [remove("/budgets/externalCalls"), set(`${pay}/external`, false), remove(`${pay}/channel`)],
    want: [],
  },
]);

const byCap = [
  { type: "integer" },
  { type: "decimal", scale: 2 },
  { type: "length" },
  { type: "date" },
  { type: "timestamp" },
  { type: "datetime", format: "YYYY-MM-DD HH:MM", timezone: "UTC" },
  { type: "span", until: "/end", format: "YYYY-MM-DD HH:MM", timezone: "UTC" },
];
const byList = [
  { type: "string" },
  { type: "boolean" },
  { type: "digest" },
  { type: "host" },
  { type: "email" },
  { type: "path" },
  { type: "ip" },
  { type: "cidr" },
  { type: "set", of: "string" },
  { type: "url" },
];

judge("every field is judged", [
  ...[...byCap, ...byList].map((declared) => ({
    given: `${declared.type} without bound`,
    change: field("x", declared),
    want: [`sheet/unbounded ${pay}/fields/x`],
  })),
  {
    given: "a session limit is no cap",
    change: field("x", { type: "integer" }, { session: { max: 5 } }),
    want: [`sheet/unbounded ${pay}/fields/x`],
  },
  {
    given: "a number in rows is not capped",
    change: [...field("x", { type: "integer" }), put(`${pay}/rows`, [{ fields: ["x"], oneOf: [[1]] }])],
    want: [`sheet/unbounded ${pay}/fields/x`],
  },
  {
    given: "a string in rows is judged",
    change: [...field("x", { type: "string" }), put(`${pay}/rows`, [{ fields: ["x"], oneOf: [["a"]] }])],
    want: [],
  },
  {
    given: "a url without its port",
    change: url("site", { port: undefined }),
    want: [`sheet/unbounded ${pay}/fields/site`],
  },
  { given: "a url in all four parts", change: url("site"), want: [] },
  {
    given: "a url whose port is in rows",
    change: [...url("site", { port: undefined }), put(`${pay}/rows`, [{ fields: ["site.port"], oneOf: [[443]] }])],
    want: [],
  },
  {
    given: "a product without cap",
    change: [put(`${pay}/fields/x`, { type: "product", of: ["amount", "amount"], scale: 4 })],
    want: [`sheet/unbounded ${pay}/fields/x`],
  },
  {
    given: "a misspelt cap is the one problem",
    change: [move(`${pay}/perCall/amount`, `${pay}/perCall/amont`)],
    want: [`ref/unknown_field ${pay}/perCall/amont`],
  },
]);

judge("an external effect without fields says why", [
  { given: "no fields and no word", change: bare(), want: [`sheet/unbounded ${pay}/unjudged`] },
  {
    given: "no fields and a reason",
    change: [...bare(), put(`${pay}/unjudged`, "the tool has no arguments")],
    want: [],
  },
  ...["  ", "\u00a0", "\u200b", "\n\t"].map((reason) => ({
    given: `no fields and a reason that nobody sees, ${JSON.stringify(reason)}`,
    change: [...bare(), put(`${pay}/unjudged`, reason)],
    want: [`sheet/unbounded ${pay}/unjudged`],
  })),
  {
    given: "no fields, but discriminators",
    change: [...bare(), set(`${pay}/tools`, [{ tool: "bank.pay", where: { "/kind": ["fixed"] } }])],
    want: [],
  },
  {
    given: "a reason beside fields",
    change: [put(`${pay}/unjudged`, "why not")],
    want: [`sheet/needless_unjudged ${pay}/unjudged`],
  },
  {
    given: "a reason for what is not external",
    change: [put(`${list}/fields`, {}), remove(`${list}/perCall`), put(`${list}/unjudged`, "reads only")],
    want: [`sheet/needless_unjudged ${list}/unjudged`],
  },
]);

function bare() {
  return [
    set(`${pay}/fields`, {}),
    ...["allow", "perCall", "consumes"].map((line) => remove(`${pay}/${line}`)),
    remove(`${pay}/session/amount`),
    remove("/budgets/spend"),
  ];
}

judge("channel goes with external", [
  {
    given: "an external effect without channel",
    change: [remove(`${pay}/channel`)],
    want: [`key/missing ${pay}/channel`],
  },
  {
    given: "another with channel",
    change: [put(`${list}/channel`, "propose")],
    want: [`key/not_applicable ${list}/channel`],
  },
  {
    given: "execute is worth a note",
    change: [set(`${pay}/channel`, "execute")],
    want: [`fires/two_keys ${pay}/channel`],
  },
]);

judge("names come from the registry", [
  {
    given: "a flag that is granted",
    change: [put("/capabilities/-", "NET_ACESS")],
    want: ["ref/unregistered /capabilities/2"],
  },
  {
    given: "a flag that is needed",
    change: [put(`${pay}/requires/-`, "NET_ACESS")],
    want: [`ref/unregistered ${pay}/requires/2`],
  },
  {
    given: "a flag that is needed and granted is one problem",
    change: [put("/capabilities/-", "MOON"), put(`${pay}/requires/-`, "MOON")],
    want: ["ref/unregistered /capabilities/2"],
  },
  {
    given: "a misspelt grant does not make its effects dead",
    change: [set("/capabilities/0", "NET_ACESS")],
    want: ["ref/unregistered /capabilities/0"],
  },
  {
    given: "evidence",
    change: [put("/evidence", { perimter: { maxAgeSeconds: 60 } })],
    want: ["ref/unregistered /evidence/perimter"],
  },
  {
    given: "a metric, an action, a check",
    change: [
      put("/breakers", [{ id: "b", when: [{ metric: "loss", atLeast: "1.00" }], action: "stop" }]),
      put("/postconditions", [{ id: "p", check: "flat", critical: true }]),
    ],
    want: [
      "ref/unregistered /breakers/0/when/0/metric",
      "ref/unregistered /breakers/0/action",
      "ref/unregistered /postconditions/0/check",
    ],
  },
]);

judge("thresholds are of their metric's type", [
  {
    given: "a number for a decimal",
    change: [breaker({ metric: "realized_loss", atLeast: 500 })],
    want: ["num/not_a_decimal_string /breakers/0/when/0/atLeast"],
  },
  {
    given: "a string for an integer",
    change: [breaker({ metric: "error_streak", atLeast: "3" })],
    want: ["type/wrong_type /breakers/0/when/0/atLeast"],
  },
  {
    given: "both right",
    change: [breaker({ metric: "realized_loss", atLeast: "500.00" }, { metric: "hold_rate", atMost: 50 })],
    want: [],
  },
]);

function breaker(...when: readonly object[]) {
  return put("/breakers", [{ id: "b", when, action: "halt" }]);
}

judge("nothing is written twice", [
  {
    given: "two breakers of one id",
    change: [
      put(
        "/breakers",
        [1, 2].map(() => ({ id: "b", when: [{ metric: "error_streak", atLeast: 3 }], action: "halt" })),
      ),
    ],
    want: ["ref/duplicate_id /breakers/1/id"],
  },
  {
    given: "two postconditions of one id",
    change: [
      put(
        "/postconditions",
        [1, 2].map(() => ({ id: "p", check: "no_open_orders", critical: true })),
      ),
    ],
    want: ["ref/duplicate_id /postconditions/1/id"],
  },
  {
    given: "capabilities, requires, tags, roles",
    change: [
      put("/capabilities/-", "NET_ACCESS"),
      put(`${pay}/requires/-`, "NET_ACCESS"),
      put(`${pay}/tags`, ["a", "a"]),
      put(`${pay}/approval`, { keys: 1, roles: ["risk", "risk"] }),
    ],
    want: [
      "value/duplicate /capabilities/2",
      `value/duplicate ${pay}/requires/2`,
      `value/duplicate ${pay}/tags/1`,
      `value/duplicate ${pay}/approval/roles/1`,
    ],
  },
  {
    given: "a forbidden entry, whatever its reason",
    change: [
      set("/forbidden", [
        { effect: "x", reason: "a" },
        { effect: "x", reason: "b" },
      ]),
    ],
    want: ["value/duplicate /forbidden/1", "ref/catalogue_unchecked /forbidden"],
  },
]);

judge("evidence and order name effects", [
  {
    given: "evidence for one that is not there",
    change: [put("/evidence", { perimeter: { maxAgeSeconds: 60, effects: ["pays"] } })],
    want: ["ref/unknown_effect /evidence/perimeter/effects/0"],
  },
  {
    given: "after one that is not there",
    change: [put(`${pay}/after`, [{ effect: "plan", withinSeconds: 60 }])],
    want: [`ref/unknown_effect ${pay}/after/0/effect`],
  },
  {
    given: "both right",
    change: [
      put("/evidence", { perimeter: { maxAgeSeconds: 0, effects: ["pay"] } }),
      put(`${pay}/after`, [{ effect: "list_payments", withinSeconds: 60 }]),
    ],
    want: [],
  },
]);
