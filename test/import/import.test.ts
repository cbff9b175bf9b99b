/** What the importer makes of ai-execution-envelope v0.1, and what it leaves to people. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { importDocument } from "../../compiler/import/import.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import { parsePointer } from "../../schema/json/pointer.ts";
import { changedFrom } from "./filled.ts";

const example = new URL("../../examples/imported-trading/", import.meta.url);
const source = JSON.parse(readFileSync(new URL("source.json", example), "utf8"));
const filled = JSON.parse(readFileSync(new URL("envelope.json", example), "utf8"));
const template = JSON.parse(readFileSync(new URL("template.json", import.meta.url), "utf8"));

const bytesOf = (document: unknown) => new TextEncoder().encode(JSON.stringify(document, null, 2));

function imported(document: unknown) {
  const result = importDocument(bytesOf(document));
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return { ...result, value: JSON.parse(result.draft) };
}

/** A copy with something else at a pointer; what is `undefined` is left out. */
function changed(document: unknown, pointer: string, value: unknown): unknown {
  const root = structuredClone(document) as Record<string, unknown>;
  const tokens = parsePointer(pointer);
  const name = tokens.pop()!;
  let owner = root;
  for (const token of tokens) owner = owner[token] as Record<string, unknown>;
  if (value === undefined) delete owner[name];
  else owner[name] = value;
  return root;
}

function at(document: unknown, pointer: string): unknown {
  return parsePointer(pointer).reduce<unknown>((value, token) => (value as Record<string, unknown>)?.[token], document);
}

function leavesOf(value: unknown, pointer = ""): readonly string[] {
  if (typeof value !== "object" || value === null || Object.keys(value).length === 0) return [pointer];
  return Object.entries(value).flatMap(([name, member]) => leavesOf(member, `${pointer}/${name}`));
}

describe("nothing is guessed", () => {
  const { rows, blanks, value } = imported(source);
  const rowAt = (pointer: string) => rows.find((row) => row.pointer === pointer);

  test.each([
    ["/$schema", "refused", undefined, "its own rules"],
    ["/template_ref", "blank", "/template", "without version and digest"],
    ["/capabilities/0/scope/session", "blank", "/effects/order_place/schedule", "some exchange"],
    ["/budgets/max_external_calls", "blank", "/budgets/externalCalls", "0 would deny them all"],
    ["/budgets/domain_specific/max_commission_usd", "blank", "/budgets", "money is decimal text"],
    ["/budgets/domain_specific/max_daily_loss_usd", "blank", "/breakers/0/when", "no call uses up a loss"],
    ["/budgets/domain_specific/max_position_size_contracts", "blank", "/effects/order_place", "no bound counts"],
    ["/postconditions/0/check", "blank", "/postconditions/0/check", "no registered check"],
    ["/circuit_breaker/triggers/0/condition", "blank", "/breakers/0/when", "free text"],
    ["/meta/expires_at", "blank", "/validity/expiresAt", "09:30 to 16:00 ET"],
    ["/meta/created_at", "refused", undefined, "not taken for a start"],
    ["/meta/signature", "refused", undefined, "a hash is no signature"],
    ["/approval/approval_token", "refused", undefined, "another document"],
  ])("%s: %s", (pointer, outcome, to, why) => {
    expect(rowAt(pointer)).toMatchObject({ outcome, ...(to === undefined ? {} : { to }) });
    expect(rowAt(pointer)?.why).toContain(why);
  });

  test.each([
    "/principal",
    "/mode",
    "/validity/notBefore",
    "/capabilities",
    "/killSwitch/signal",
    "/effects/order_place/tools",
    "/effects/order_place/external",
    "/effects/order_place/fields/qty/unit",
    "/effects/order_place/perCall/qty/min",
    "/effects/order_place/session/calls/timezone",
    "/effects/order_cancel/velocity",
    "/effects/http_call/allow/site.port",
  ])("%s is a blank with a reason", (pointer) => {
    expect(at(value, pointer)).toEqual({ $blank: expect.stringMatching(/\w \w/) });
    expect(blanks.map((blank) => blank.pointer)).toContain(pointer);
  });

  test("`check` says every blank of the draft, its reason with it, and no other error", () => {
    const errors = readEnvelope(imported(source).draft).diagnostics.filter(({ severity }) => severity === "error");
    expect(errors.map(({ code }) => code)).toEqual(blanks.map(() => "value/blank"));
    expect(errors.map(({ message }) => message)).toEqual(blanks.map(({ reason }) => `blank: ${reason}`));
  });
});

describe("what the source says is carried over", () => {
  const { value } = imported(source);

  test.each([
    ["/id", "env_mnq_intraday_20240215_a3f9"],
    ["/issuer", "authz-service.internal"],
    ["/budgets/actions", { max: 500 }],
    ["/validity/maxDurationSeconds", 23400],
    ["/effects/order_place/allow/symbol", { oneOf: ["MNQ"] }],
    ["/effects/order_place/perCall/qty/max", 2],
    ["/effects/order_place/session/calls/max", 200],
    ["/effects/order_place/velocity", [{ max: 5, seconds: 60 }]],
    ["/effects/order_cancel/allow/order", { producedBy: "order_place/order" }],
    ["/effects/http_call/allow/site.host", { oneOf: ["datafeed.internal"] }],
    ["/forbidden/0/effect", "withdraw_funds"],
    ["/breakers/2/action", "halt"],
    ["/recovery", "manual_only"],
  ])("%s", (pointer, wanted) => expect(at(value, pointer)).toEqual(wanted));

  test("an end of validity, where no other clock is spoken of", () => {
    const plain = changed(source, "/goal/summary", "Run strategy S-7");
    expect(imported(plain).value.validity.expiresAt).toBe("2024-02-15T16:15:00Z");
  });

  test("that a halted session never resumes", () => {
    const { value, blanks, rows } = imported(changed(source, "/circuit_breaker/recovery", "new_envelope_required"));
    expect(value.recovery).toBe("new_envelope_required");
    expect(rows).toContainEqual(expect.objectContaining({ pointer: "/circuit_breaker/recovery", outcome: "carried" }));
    expect(blanks).toHaveLength(imported(source).blanks.length);
  });

  test("a check that a registry knows", () => {
    const registry = { flags: [], evidence: [], metrics: new Map(), actions: [], checks: ["all_orders_logged"] };
    const result = importDocument(bytesOf(source), { registry });
    expect(result.ok && JSON.parse(result.draft).postconditions[0].check).toBe("all_orders_logged");
  });
});

describe("the report", () => {
  test.each([
    ["envelope", source],
    ["template", template],
  ])("has a row for every value of the %s, with its line", (_, document) => {
    const { rows } = imported(document);
    const said = new Set(rows.map(({ pointer }) => pointer));
    const lines = new TextDecoder().decode(bytesOf(document)).split("\n");
    const isCovered = (pointer: string) =>
      parsePointer(pointer).some((_, index, tokens) => said.has(`/${tokens.slice(0, index + 1).join("/")}`));
    expect(leavesOf(document).filter((pointer) => !isCovered(pointer))).toEqual([]);
    for (const { pointer, line } of rows) {
      const name = parsePointer(pointer).at(-1)!;
      if (!/^\d+$/.test(name)) expect(lines[line - 1]).toContain(`"${name}"`);
    }
  });

  test("names places of the draft that are there", () => {
    const { rows, value } = imported(source);
    for (const { to } of rows) if (to !== undefined) expect(at(value, to), to).not.toBeUndefined();
  });
});

describe("a limit that the importer does not know is never dropped", () => {
  test.each([
    ["/dry_run_only", true],
    ["/budgets/max_tokens", 1000],
    ["/budgets/domain_specific/max_slippage_ticks", 3],
    ["/capabilities/0/scope/account", "A-7"],
    ["/capabilities/0/rate_limit/max_per_day", 50],
    ["/capabilities/0/time_window", "09:30-10:00"],
    ["/circuit_breaker/cooldown_seconds", 60],
    ["/circuit_breaker/recovery", "automatic"],
    ["/circuit_breaker/recovery", { after: 60 }],
    ["/forbidden/0/unless", "approved"],
    ["/meta/region", "us"],
    ["/approval/required", true],
    ["/approval/required", "yes"],
    ["/approval/required", { above: 500 }],
    ["/capabilities/0/scope/max_qty_per_order_ceiling", 100],
    ["/capabilities/0/scope/symbols_allowlist", ["MNQ", "MES"]],
    ["/capabilities/0/scope/description", { max_value: 500 }],
    ["/capabilities/0/cap_id", { accounts: ["A-7"] }],
    ["/capabilities/0/allowed_accounts", []],
    ["/allowed_accounts", []],
    ["/meta/tags", { max_value: 500 }],
  ])("%s: %j", (pointer, value) => {
    const { blanks, rows } = imported(changed(source, pointer, value));
    expect(rows.find((row) => row.pointer === pointer)?.outcome).toBe("blank");
    const before = new Set(imported(source).blanks.map(({ reason }) => reason));
    const added = blanks.filter(({ reason }) => !before.has(reason));
    expect(added).toHaveLength(1);
    if (pointer !== "/approval/required") expect(added[0]?.reason).toContain(pointer.split("/").at(-1));
  });
});

test("of two limits of the same the first is not overruled: a person chooses", () => {
  const { value } = imported(changed(source, "/capabilities/0/scope/max_qty_per_order_ceiling", 100));
  expect(value.effects.order_place.perCall.qty.max).toBe(2);
  expect(value.effects.order_place.$blank).toContain("max_qty_per_order_ceiling: 100");
});

test("an id that the draft does not take over is not reported as carried", () => {
  const { rows, value } = imported(changed(source, "/postconditions/0/condition_id", "no name"));
  expect(value.postconditions[0].id).toBe("postcondition_1");
  expect(rows.find(({ pointer }) => pointer.endsWith("/0/condition_id"))?.outcome).toBe("refused");
});

describe("hostile values", () => {
  const hostile = [
    null,
    true,
    -1,
    0.5,
    1e21,
    "",
    " ",
    "*",
    "\u202e",
    "constructor",
    "__proto__",
    [],
    {},
    [[]],
    ["a", 1],
  ];
  const every = [...hostile, undefined];
  /** Two for each place, or all of them with `AMBIT_IMPORT=all`. */
  const chosen = (index: number) =>
    process.env.AMBIT_IMPORT === "all" ? every : [0, 7].map((step) => every[(index + step) % every.length]);

  test.each([
    ["envelope", source],
    ["template", template],
  ])("in every place of the %s: a draft that does not compile, or a refusal", { timeout: 300_000 }, (_, document) => {
    for (const [index, pointer] of leavesOf(document).entries()) {
      for (const value of chosen(index)) {
        const result = importDocument(bytesOf(changed(document, pointer, value)));
        if (!result.ok) {
          expect(pointer).toMatch(/^\/(version|envelope_id|_template_id)$/);
          continue;
        }
        const { envelope, diagnostics } = readEnvelope(result.draft);
        expect(envelope, pointer).toBeUndefined();
        expect(diagnostics.filter(({ code }) => code === "value/blank").length).toBe(result.blanks.length);
      }
    }
  });

  test.each(["1.5", "5e2", "500.0", "-1", "-0", "9007199254740993", '"500"', "null", "[500]"])(
    "a budget of %s is no budget",
    (max) => {
      const text = JSON.stringify(source).replace('"max_actions_total":500', `"max_actions_total":${max}`);
      const result = importDocument(new TextEncoder().encode(text));
      expect(result.ok && JSON.parse(result.draft).budgets.actions).toEqual({
        $blank: expect.stringContaining("no count"),
      });
    },
  );

  test("two capabilities of one type are told apart by their ids, and tagged with the type", () => {
    const two = changed(source, "/capabilities/1/type", "order_place");
    const { effects } = imported(two).value;
    expect(Object.keys(effects)).toEqual(["cap_order_place", "cap_order_cancel", "http_call"]);
    expect(effects.cap_order_place.tags).toEqual(["order_place"]);
    expect(effects.cap_order_cancel.allow.order).toEqual({ $blank: expect.any(String) });
  });

  test("hosts with wildcards or in another form are left to a person", () => {
    for (const host of ["*.internal", "Datafeed.Internal", "10.0.0.1", "datafeed.internal:443"]) {
      const { value } = imported(changed(source, "/capabilities/2/scope/allowed_hosts", [host]));
      expect(value.effects.http_call.allow["site.host"], host).toEqual({ $blank: expect.any(String) });
    }
  });
});

describe("lists of words", () => {
  test.each([
    ["empty", [], /nothing or anything/],
    ["with a wildcard", ["M*"], /wildcards/],
    ["with anything but words", ["MNQ", 1], /a list of words/],
    ["that is no list", "MNQ", /a list of words/],
  ])("%s: left to a person", (_, symbols, why) => {
    const { value, rows } = imported(changed(source, "/capabilities/0/scope/symbols", symbols));
    expect(value.effects.order_place.allow.symbol).toEqual({ $blank: expect.stringMatching(why) });
    expect(rows.find(({ pointer }) => pointer.endsWith("/0/scope/symbols"))?.outcome).toBe("blank");
  });
});

describe("refused", () => {
  const refusal = (bytes: Uint8Array | string) => {
    const result = importDocument(typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes);
    if (result.ok) throw new Error("imported");
    expect(result.problems.length).toBeGreaterThan(0);
    return result.problems.map(({ message }) => message).join("\n");
  };

  test.each([
    ["no JSON", "{", /JSON|end/i],
    ["a duplicate key", '{"envelope_id":"a","envelope_id":"b"}', /twice|duplicate|already/],
    ["a comment", '{"envelope_id":"a" /* b */}', /comment/],
    ["a byte order mark", "\ufeff{}", /byte order mark/],
    ["no object", "[]", /is an object/],
    ["an Ambit envelope", '{"ambit":"1"}', /already/],
    ["some other document", '{"openapi":"3.1.0"}', /no `ai-execution-envelope`/],
    ["YAML", "envelope_id: env_a\nversion: 0.1.0\n", /JSON/i],
  ])("%s", (_, text, message) => expect(refusal(text)).toMatch(message));

  test.each(["0.2.0", "1", "0.1", 0.1, undefined])("version %j", (version) => {
    expect(refusal(bytesOf(changed(source, "/version", version)))).toMatch(/`0\.1\.0`/);
  });
});

describe("a template", () => {
  const { value, kind, blanks } = imported(template);

  test("becomes the widest envelope that it admits, with its conditions in free text as blanks", () => {
    expect(kind).toBe("template");
    expect(value.effects.order_place.allow.symbol).toEqual({ oneOf: ["MNQ", "MES"] });
    expect(value.effects.order_place.perCall.qty.max).toBe(5);
    expect(value.effects.order_place.session.calls.max).toBe(500);
    expect(value.effects.order_cancel.fields).toEqual({ $blank: expect.any(String) });
    expect(value.$blank).toMatch(/auto_approve_if.*require_human_approval_if/);
  });

  test("`check` says every blank and no other error", () => {
    const errors = readEnvelope(imported(template).draft).diagnostics.filter(({ severity }) => severity === "error");
    expect(errors.map(({ code }) => code)).toEqual(blanks.map(() => "value/blank"));
  });
});

describe("the filled-in example", () => {
  test("differs from its draft at blanks only", () => {
    expect(changedFrom(imported(source).value, filled)).toEqual([]);
  });

  test.each([
    ["/effects/order_place/perCall/qty/max", 3],
    ["/effects/order_place/allow/symbol/oneOf/0", "ES"],
    ["/effects/order_place/velocity/0/max", 6],
    ["/effects/order_place/session/calls/max", undefined],
    ["/forbidden/4", { effect: "something_else" }],
    ["/breakers/0/action", "halt"],
    ["/validity/maxDurationSeconds", 86400],
    ["/evidence", {}],
    ["/budgets/actions", undefined],
    ["/postconditions/0", undefined],
  ])("and a change at %s would be noticed", (pointer, value) => {
    expect(changedFrom(imported(source).value, changed(filled, pointer, value))).not.toEqual([]);
  });

  test("compiles without an error", () => {
    expect(readEnvelope(JSON.stringify(filled)).envelope).toBeDefined();
  });
});
