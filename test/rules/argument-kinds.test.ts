import { expect, test } from "vitest";
import { diagnose, put } from "../reading/envelopes.ts";
import { judge } from "./table.ts";

const pay = "/effects/pay";
const paths = [
  put(`${pay}/fields/files`, { from: "/files", type: "set", of: "path", limit: 20 }),
  put(`${pay}/allow/files`, { under: ["/tmp"] }),
];
const counted = (declared: object) => [
  put(`${pay}/fields/n`, { from: "/files/*", aggregate: "count", ...declared }),
  put(`${pay}/perCall/n`, { max: 20 }),
];
const read = (name: string, declared: object, bound: object) => [
  put(`${pay}/fields/${name}`, declared),
  put(`${pay}/allow/${name}`, bound),
];
const dead = (name: string) => [`fires/never_fires ${pay}/fields/${name}/from`];

judge("two fields that no value satisfies as JSON", [
  { given: "paths, counted as integers", change: [...paths, ...counted({ type: "integer" })], want: dead("n") },
  { given: "paths, counted as texts", change: [...paths, ...counted({ type: "length" })], want: [] },
  {
    given: "a text and a number",
    change: [
      ...read("a", { from: "/x", type: "string" }, { oneOf: ["1"] }),
      ...read("b", { from: "/x", type: "integer" }, { oneOf: [1] }),
    ],
    want: dead("b"),
  },
  {
    given: "a text and a number that may be a text",
    change: [
      ...read("a", { from: "/x", type: "string" }, { oneOf: ["1"] }),
      ...read("b", { from: "/x", type: "integer", allowString: true }, { oneOf: [1] }),
    ],
    want: [],
  },
  {
    given: "an object and an array",
    change: [
      ...read("a", { from: "/x/y", type: "string" }, { oneOf: ["1"] }),
      ...read("b", { from: "/x", type: "set", of: "string" }, { subsetOf: ["1"] }),
    ],
    want: dead("b"),
  },
  {
    given: "a value and something below it",
    change: [
      ...read("a", { from: "/x", type: "boolean" }, { equals: true }),
      ...read("b", { from: "/x/y", type: "string" }, { oneOf: ["1"] }),
    ],
    want: dead("b"),
  },
  {
    given: "the digest of an object and something below it",
    change: [
      ...read("a", { from: "/x", type: "digest" }, { oneOf: [`sha256:${"0".repeat(64)}`] }),
      ...read("b", { from: "/x/y", type: "string" }, { oneOf: ["1"] }),
    ],
    want: [],
  },
]);

test("the message says what each reads, and what comes of it", () => {
  const [elements] = diagnose(...paths, ...counted({ type: "integer" }));
  expect(elements?.message).toContain(
    "`/files/*` is read as a number here, and as a string at `/effects/pay/fields/files/from`",
  );
  expect(elements?.message).toContain("no call with such an element");
  const texts = { from: "/payee", type: "integer" };
  const [whole] = diagnose(...read("b", texts, { oneOf: [1] }));
  expect(whole?.message).toContain("the effect `pay` is dead");
  const optional = [
    ...read("a", { from: "/x", type: "string", optional: true, default: "1" }, { oneOf: ["1"] }),
    ...read("b", { from: "/x", type: "integer", optional: true, default: 1 }, { oneOf: [1] }),
  ];
  const found = diagnose(...optional).find(({ code }) => code === "fires/never_fires");
  expect(found?.message).toContain("no call with the argument");
});
