/** Every kind of bound, judged by policy.wasm in our host and in OPA's own. */
import { describe, expect, test } from "vitest";
import { allowedOfEveryKind, everyKind } from "./cedar-every-kind.ts";
import { documentOf, load } from "./rego-host.ts";
import { stockPolicy } from "./rego-stock.ts";

const policy = load(everyKind);
const stock = await stockPolicy(documentOf(everyKind));
const absent = Symbol("absent");

/** The request that everything allows, with another value at one path. */
function changed(path: readonly string[], value: unknown, request: object = allowedOfEveryKind): object {
  const [key, ...below] = path;
  if (key === undefined) throw new Error("no path");
  const members = new Map<string, unknown>(Object.entries(request));
  const member = members.get(key);
  if (value === absent && below.length === 0) members.delete(key);
  else if (below.length === 0) members.set(key, value);
  else members.set(key, changed(below, value, typeof member === "object" && member !== null ? member : {}));
  return Object.fromEntries(members);
}

const number = [null, true, "1", 0.5, 2 ** 53, -(2 ** 53), 1e300, [], {}, absent];
const text = [null, true, 1, [], {}, ["x"], absent];
const flag = [null, 0, 1, "true", "false", [], {}, absent];
const name = [
  "a.b.c",
  null,
  [],
  {},
  { value: "a.b.c" },
  { value: 1, under: ["b.c"] },
  { value: "a.b.c", under: ["b.c", 1] },
];

interface Row {
  readonly id: string;
  readonly path: readonly string[];
  readonly holds: readonly unknown[];
  readonly violates: readonly unknown[];
}

const bound = (kind: string) => `effects/all/${kind}`;
const host = (...under: readonly string[]) => ({ value: under[0], under });
const hosts = (...under: readonly (readonly string[])[]) => ({
  count: under.length,
  items: under.map(([own]) => own),
  under,
});

const rows: readonly Row[] = [
  { id: "kill", path: ["state", "killed"], holds: [false], violates: [true, ...flag] },
  { id: "halt", path: ["state", "halted"], holds: [false], violates: [true, ...flag] },
  { id: "phase", path: ["state", "phase"], holds: ["active"], violates: ["frozen", "Active", ...text] },
  {
    id: "validity/duration",
    path: ["state", "activatedAt"],
    holds: [700_001, 1_200_000],
    violates: [700_000, 1_200_001, ...number],
  },
  { id: "principal", path: ["principal"], holds: ["agent:s7"], violates: ["agent:s8", "AGENT:S7", ...text] },
  {
    id: "evidence/perimeter",
    path: ["state", "evidence", "perimeter"],
    holds: [1_199_900, 1_200_000],
    violates: [1_199_899, 1_200_001, ...number],
  },
  {
    id: "evidence/identity",
    path: ["state", "evidence", "identity"],
    holds: [1_199_900],
    violates: [1_199_899, ...number],
  },
  {
    id: bound("allow/h"),
    path: ["fields", "h"],
    holds: [host("b.c"), host("x.b.c", "b.c")],
    violates: [host("xb.c", "c"), host("e.b.c", "b.c"), ...name],
  },
  {
    id: bound("allow/ns"),
    path: ["fields", "ns"],
    holds: [
      { count: 1, items: [7] },
      { count: 0, items: [] },
    ],
    violates: [{ count: 1, items: [8] }, { count: 1, items: ["7"] }, { items: [7] }, 7, [7], absent],
  },
  {
    id: bound("rows/0"),
    path: ["fields", "rows/0"],
    holds: ['["x",1]'],
    violates: ['["x", 1]', '["y",1]', ["x", 1], ...text],
  },
  {
    id: bound("per_call/r"),
    path: ["fields", "r"],
    holds: [{ min: 0, max: 9 }],
    violates: [{ min: -1, max: 9 }, { min: 0, max: 10 }, { min: 0 }, { min: "0", max: 9 }, 5, ...number],
  },
  {
    id: bound("session/n"),
    path: ["state", "meters", bound("session/n")],
    holds: [0, 38],
    violates: [-1, 39, 41, ...number],
  },
  {
    id: "budgets/actions",
    path: ["state", "meters", "budgets/actions"],
    holds: [0, 49],
    violates: [-1, 50, 51, ...number],
  },
  {
    id: "budgets/spend",
    path: ["state", "meters", "budgets/spend"],
    holds: [0, 98],
    violates: [-1, 99, 101, ...number],
  },
  {
    id: bound("velocity/0"),
    path: ["state", "velocity", bound("velocity/0")],
    holds: [0, 4],
    violates: [-1, 5, ...number],
  },
  {
    id: bound("after/0"),
    path: ["state", "last", "few"],
    holds: [1_199_000, 1_200_000],
    violates: [1_198_999, 1_200_001, ...number],
  },
  {
    id: bound("schedule"),
    path: ["state", "local", "Europe/Rome", "minute"],
    holds: [0, 59, 120, 179],
    violates: [60, 119, 180, -1, ...number],
  },
  {
    id: bound("schedule"),
    path: ["state", "local", "Europe/Rome", "day"],
    holds: ["mon"],
    violates: ["tue", "Mon", ...text],
  },
  {
    id: bound("schedule"),
    path: ["state", "local", "Europe/Rome", "date"],
    holds: ["2024-12-26"],
    violates: ["2024-12-25", ...text],
  },
  { id: bound("justification"), path: ["justified"], holds: [true], violates: [false, ...flag] },
  {
    id: bound("channel"),
    path: ["state", "approvals", bound("channel")],
    holds: [2, 3],
    violates: [0, 1, -1, ...number],
  },
];

describe.each(rows)("$id by $path", ({ id, path, holds, violates }) => {
  test.each(violates)("violated by %j", (value) => {
    const request = changed(path, value);
    expect(policy.judge(request).violations).toEqual([id]);
    expect(stock(request)).toEqual(policy.judge(request));
  });

  test.each(holds)("holds for %j", (value) => {
    expect(policy.judge(changed(path, value))).toEqual({ verdict: "allow", violations: [] });
  });
});

const together: readonly (readonly [
  name: string,
  path: readonly string[],
  value: unknown,
  violated: readonly string[],
])[] = [
  ["an unknown envelope", ["envelope"], "sha256:other", ["envelope"]],
  ["no envelope", ["envelope"], absent, ["envelope"]],
  [
    "before the window",
    ["now"],
    999_999,
    [bound("after/0"), "evidence/identity", "evidence/perimeter", "validity/duration", "validity/not_before"],
  ],
  [
    "at the end of the window",
    ["now"],
    2_000_000,
    [bound("after/0"), "evidence/identity", "evidence/perimeter", "validity/duration", "validity/expires_at"],
  ],
  ["a forbidden effect is judged down to `granted`", ["effect"], "gone", ["forbidden/0", "granted"]],
  ["a mistyped effect matches what it is compared with", ["effect"], 7, ["forbidden/0", "granted"]],
  ["a forbidden tool", ["tool"], "u", ["forbidden/1", "granted"]],
  ["a tool of nothing", ["tool"], "v", ["granted"]],
  ["a boolean that a condition asks for as well", ["fields", "b"], false, [bound("allow/b"), bound("approval")]],
  ["a text that a condition cannot compare", ["fields", "s"], 1, [bound("allow/s"), bound("approval")]],
  ["a listed text that was not produced calls for people", ["fields", "s"], "y", [bound("allow/s"), bound("approval")]],
  ["one name of a set outside", ["fields", "hs"], hosts(["a.b.c", "b.c"], ["xb.c", "c"]), [bound("allow/hs")]],
  ["a set with too many elements", ["fields", "ss"], { count: 3, items: ["x", "y"] }, [bound("allow/ss")]],
  ["a set related to one of another type", ["fields", "ss"], ["x"], [bound("allow/ss"), bound("relations/1")]],
  ["a number over its partner", ["fields", "m"], 1, [bound("relations/0")]],
  ["a number below its minimum", ["fields", "n"], 0, [bound("per_call/n")]],
  [
    "a number missing everywhere",
    ["fields", "n"],
    absent,
    ["budgets/spend", bound("approval"), bound("per_call/n"), bound("relations/0"), bound("session/n")],
  ],
];

test.each(together)("%s", (_, path, value, violated) => {
  const request = changed(path, value);
  expect(policy.judge(request)).toEqual({ verdict: "deny", violations: [...violated].sort() });
  expect(stock(request)).toEqual(policy.judge(request));
});

test("what only people can lift is held", () => {
  const alone = changed(["state", "approvals"], {});
  expect(policy.judge(alone)).toEqual({ verdict: "hold", violations: [bound("channel")] });
});
