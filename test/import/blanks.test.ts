/** A blank does not compile, wherever it stands, and is said once, with its reason. */
import { describe, expect, test } from "vitest";
import { compile } from "../../compiler/compile.ts";
import { exampleEnvelope } from "../../compiler/diagnostics/example.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import { parsePointer } from "../../schema/json/pointer.ts";

const errorsOf = (document: unknown) =>
  readEnvelope(JSON.stringify(document)).diagnostics.filter(({ severity }) => severity === "error");

function pointersOf(value: unknown, pointer = ""): readonly string[] {
  if (typeof value !== "object" || value === null) return [pointer];
  return [
    pointer,
    ...Object.entries(value).flatMap(([name, member]) =>
      pointersOf(member, `${pointer}/${name.replaceAll("/", "~1")}`),
    ),
  ];
}

/** The example with something else at a pointer. */
function changed(pointer: string, change: (value: unknown) => unknown): unknown {
  if (pointer === "") return change(exampleEnvelope);
  const root = structuredClone(exampleEnvelope) as unknown;
  const tokens = parsePointer(pointer);
  const name = tokens.pop()!;
  let owner = root as Record<string, unknown>;
  for (const token of tokens) owner = owner[token] as Record<string, unknown>;
  owner[name] = change(owner[name]);
  return root;
}

test("the example itself has no error", () => expect(errorsOf(exampleEnvelope)).toEqual([]));

describe.each(pointersOf(exampleEnvelope))("at `%s`", (pointer) => {
  test("a blank in place of the value is the one error", () => {
    const errors = errorsOf(changed(pointer, () => ({ $blank: "nobody knows" })));
    expect(errors.map(({ code, pointer, message }) => ({ code, pointer, message }))).toEqual([
      { code: "value/blank", pointer, message: "blank: nobody knows" },
    ]);
  });
});

const objects = pointersOf(exampleEnvelope).filter((pointer) => {
  let found = "";
  changed(pointer, (value) => {
    found = Array.isArray(value) ? "list" : typeof value;
    return value;
  });
  return found === "object";
});

describe.each(objects)("in the object at `%s`", (pointer) => {
  test("a blank beside the members is the one error", () => {
    const errors = errorsOf(changed(pointer, (value) => ({ ...(value as object), $blank: "more is missing" })));
    expect(errors.map(({ code, pointer, message }) => ({ code, pointer, message }))).toEqual([
      { code: "value/blank", pointer: `${pointer}/$blank`, message: "blank: more is missing" },
    ]);
  });
});

test.each([{ $blank: null }, { $blank: "" }, { $blank: " " }, { $blank: 1 }, { $blank: {} }, { $blank: ["x"] }])(
  "a blank without a reason is a blank: %j",
  (blank) => {
    const [error, ...more] = errorsOf(changed("/principal", () => blank));
    expect(error).toMatchObject({ code: "value/blank", message: "blank: no reason is given" });
    expect(more).toEqual([]);
  },
);

test("nothing is compiled", () => {
  const source = new TextEncoder().encode(JSON.stringify(changed("/goal/taskType", () => ({ $blank: "narrative" }))));
  expect(compile(source).artefacts).toBeUndefined();
});

test("a reason is shown whole, but what it hides, and without an end to a terminal's line", () => {
  const reason = `${"why ".repeat(60)}\u202e\u001b[2J\nerror: all is well`;
  const [error] = errorsOf(changed("/principal", () => ({ $blank: reason })));
  expect(error?.message).toContain("why ".repeat(60));
  expect(error?.message).not.toMatch(/[\u202e\u001b\n]/);
});

test("a meter or field that is called blank is none", () => {
  const document = structuredClone(exampleEnvelope) as unknown as Record<string, Record<string, unknown>>;
  document.budgets!.blank = { max: "1.00", unit: "USD" };
  const pay = document.effects!.pay as Record<string, unknown>;
  pay.consumes = { blank: "amount" };
  expect(errorsOf(document)).toEqual([]);
});

test("a misspelt member beside a blank is still found", () => {
  const codes = errorsOf({ ...exampleEnvelope, principal: { $blank: "who" }, isuer: "x", issuer: undefined }).map(
    ({ code }) => code,
  );
  expect(codes.sort()).toEqual(["key/unknown", "value/blank"]);
});
