import { expect, test } from "vitest";
import type { PatchOperation } from "../../schema/diagnostic.ts";
import { diagnose, put, set } from "./envelopes.ts";

const pay = "/effects/pay";

const rows: readonly { readonly given: string; readonly change: PatchOperation; readonly want: string }[] = [
  {
    given: "a number where a word is expected: the quotes tell them apart",
    change: set("/ambit", 1),
    want: 'the number `1` is not `"1"`; did you mean `"1"`?',
  },
  {
    given: "a number in a list of strings",
    change: set(`${pay}/allow/payee/oneOf`, [5]),
    want: "expected a string, found `5`",
  },
  {
    given: "a pointer to all the arguments, which is a JSON Pointer all the same",
    change: set(`${pay}/fields/payee/from`, ""),
    want: '`""` reaches all the arguments at once; write a JSON Pointer with at least one member, such as `/amount`',
  },
  {
    given: "a negative limit",
    change: set(`${pay}/perCall/amount`, { max: "-1.00" }),
    want: "max `-1.00` is below the min 0 that holds where none is written",
  },
  {
    given: "a negative meter",
    change: set("/budgets/spend/max", "-1.00"),
    want: "`-1.00` is negative: limits and costs are 0 or more",
  },
  {
    given: "a comma may stand for a point or for thousands: nothing is suggested",
    change: set(`${pay}/perCall/amount/max`, "1,00"),
    want: 'a decimal is written as a string such as `"500.00"`, found `1,00`',
  },
];

test.each(rows)("$given", ({ change, want }) => {
  expect(diagnose(change).map(({ message }) => message)).toEqual([want]);
});

test("a session limit below zero is quoted once", () => {
  const found = diagnose(
    put(`${pay}/fields/parts`, { from: "/parts", type: "integer" }),
    put(`${pay}/perCall/parts`, { max: 5 }),
    put(`${pay}/session/parts`, { max: -5 }),
  );
  expect(found.map(({ message }) => message)).toEqual(["`-5` is negative: limits and costs are 0 or more"]);
});

test("before 1970 is said as a date", () => {
  const found = diagnose(
    put(`${pay}/fields/day`, { from: "/day", type: "date", format: "YYYY-MM-DD" }),
    put(`${pay}/perCall/day`, { max: "1960-01-01" }),
  );
  expect(found.map(({ message }) => message)).toEqual([
    "max `1960-01-01` is below the min 1970-01-01 that holds where none is written",
  ]);
});

test.each<readonly [string, PatchOperation]>([
  ["/sets/a", put("/sets", { a: { a: 1 } })],
  ["/effects/pay/rows/0/oneOf", put("/effects/pay/rows", [{ fields: ["payee"], oneOf: { set: "a" } }])],
  ["/breakers/0/when", put("/breakers", [{ id: "b", when: "x", action: "halt" }])],
])("what could be no entry of the list at %s is not taken for one", (pointer, operation) => {
  const [found] = diagnose(operation).filter(({ severity }) => severity === "error");
  expect(found).toMatchObject({ pointer, message: expect.stringMatching(/^expected a list, found /) });
  expect(found?.suggestion).toBeUndefined();
});
