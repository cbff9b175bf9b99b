import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "./run.ts";

const desk = new URL("./desk.json", import.meta.url).pathname;
const exampleOf = (name: string) => new URL(`../../examples/${name}/envelope.json`, import.meta.url).pathname;
const clock = Date.parse("2024-02-15T15:00:00Z");
const logFile = () => join(mkdtempSync(join(tmpdir(), "ambit-log-")), "decisions.jsonl");

const pay = { tool: "desk.pay", args: { amount: "12.34", payee: "ACME" } };
const send = { tool: "desk.send", args: { doc: "secret-7" } };

interface Event {
  readonly decision_id: string;
  readonly input?: { readonly fields: Readonly<Record<string, unknown>> };
  readonly [member: string]: unknown;
}

async function logged(envelope: string, lines: readonly unknown[], ...options: readonly string[]) {
  const file = logFile();
  const stdin = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
  const args = ["eval", envelope, "--json", "--request", "--engine", "reference", "--decision-log", file, ...options];
  const { out, err, code } = await run(args, { stdin, now: clock });
  const parse = (text: string) => text.split("\n").filter(Boolean);
  const text = readFileSync(file, "utf8");
  const events = parse(text).map((line): Event => JSON.parse(line));
  return { text, events, answers: parse(out).map((line) => JSON.parse(line)), err, code };
}

describe("no answer is given", () => {
  test.each<readonly [string, RegExp, readonly string[]]>([
    ["to a log that cannot be opened", /cannot write .*nowhere/, ["--decision-log", join(tmpdir(), "nowhere", "log")]],
    ["to a mask without a log", /`--decision-log`, which is missing/, ["--mask", "pay/amount"]],
    [
      "to a mask that names no field",
      /did you mean `pay\/amount`/,
      ["--decision-log", logFile(), "--mask", "pay/amuont"],
    ],
    ["to a mask that names an effect", /its fields: draft\/pages, pay/, ["--decision-log", logFile(), "--mask", "pay"]],
    ["to a mask from Object.prototype", /names no field/, ["--decision-log", logFile(), "--mask", "pay/toString"]],
  ])("%s: exit 2", async (_, said, options) => {
    const { code, out, err } = await run(["eval", desk, "--json", ...options], {
      stdin: JSON.stringify({ proposal: pay }),
    });
    expect({ code, out, err }).toEqual({ code: 2, out: "", err: expect.stringMatching(said) });
  });
});

describe("every line has an event", () => {
  const lines = [
    { proposal: pay },
    { proposal: { tool: "desk.close", args: {} } },
    { proposal: { tool: "desk.pay", args: {} } },
    "{",
  ];

  test("with the request as it was judged, and the answer in OPA's form", async () => {
    const { events, answers } = await logged(desk, lines);
    expect(events.map(({ input }) => input ?? null)).toEqual(answers.map(({ request }) => request));
    expect(events.map(({ result }) => result)).toEqual(
      answers.map(({ verdict, violations }) => ({
        verdict,
        violations: violations.map(({ id }: { id: string }) => id),
      })),
    );
    expect(events.map(({ result }) => (result as { verdict: string }).verdict)).toEqual([
      "allow",
      "deny",
      "deny",
      "deny",
    ]);
    expect(events.map(({ req_id }) => req_id)).toEqual([1, 2, 3, 4]);
    for (const { path, timestamp, bundles, labels } of events)
      expect({ path, timestamp, bundles, labels }).toEqual({
        path: "ambit/decision",
        timestamp: "2024-02-15T15:00:00.000Z",
        bundles: { ambit: { revision: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) } },
        labels: { id: "ambit", version: expect.any(String) },
      });
  });

  test("with the time of the decision, as far as RFC 3339 goes", async () => {
    const times = [
      "2024-02-15T16:00:00+01:00",
      -1,
      253402300799999,
      253402300800000,
      Number.MAX_SAFE_INTEGER,
      -62167219200001,
    ];
    const { events } = await logged(
      desk,
      times.map((now) => ({ proposal: pay, now })),
    );
    expect(events.map(({ timestamp }) => timestamp)).toEqual([
      "2024-02-15T15:00:00.000Z",
      "1969-12-31T23:59:59.999Z",
      "9999-12-31T23:59:59.999Z",
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("appended to what is there", async () => {
    const file = logFile();
    writeFileSync(file, "earlier\n");
    await run(["eval", desk, "--decision-log", file], { stdin: JSON.stringify({ proposal: pay }), now: clock });
    expect(readFileSync(file, "utf8")).toMatch(/^earlier\n\{.*\}\n$/);
  });
});

describe("the id of a decision", () => {
  test("is the same for the same input, and another for each line", async () => {
    const lines = [{ proposal: pay }, { proposal: pay }, { proposal: send }];
    const [first, again] = [await logged(desk, lines), await logged(desk, lines)];
    expect(again.text).toBe(first.text);
    expect(new Set(first.events.map(({ decision_id }) => decision_id)).size).toBe(3);
    for (const { decision_id } of first.events)
      expect(decision_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test("tells nothing of what is masked", async () => {
    const lines = (amount: string) => [{ proposal: { tool: "desk.pay", args: { amount, payee: "ACME" } } }];
    const of = async (amount: string, ...options: readonly string[]) =>
      (await logged(desk, lines(amount), ...options)).text;
    expect(await of("12.34")).not.toBe(await of("12.35"));
    expect(await of("12.34", "--mask", "pay/amount")).toBe(await of("12.35", "--mask", "pay/amount"));
  });
});

describe("a masked field is left out", () => {
  test("and listed as OPA lists it; the others stay, and so does the answer", async () => {
    const { events, answers } = await logged(desk, [{ proposal: pay }], "--mask", "pay/amount");
    expect(events[0]).toMatchObject({ erased: ["/input/fields/amount"] });
    expect(events[0]?.input?.fields).toEqual({ payee: "ACME" });
    expect(answers[0].request.fields).toEqual({ amount: 1234, payee: "ACME" });
  });

  test("of its effect only, and of nothing else", async () => {
    const { events } = await logged(
      desk,
      [{ proposal: { tool: "desk.draft", args: { pages: 3 } } }],
      "--mask",
      "pay/amount",
    );
    expect(events[0]?.input?.fields).toEqual({ pages: 3 });
    expect(events[0]).not.toHaveProperty("erased");
  });

  test("with the results that it must be one of, in every event", async () => {
    const state = { produced: { "draft/doc": ["secret-7"] }, last: { draft: clock } };
    const lines = [send, pay].map((proposal) => ({ proposal, state }));
    const { events, text } = await logged(desk, lines, "--mask", "send/doc");
    expect(text).not.toContain("secret-7");
    const fact = "/input/state/produced/draft%2Fdoc";
    expect(events.map(({ erased }) => erased)).toEqual([["/input/fields/doc", fact], [fact]]);
  });

  test("with the rows that it is in", async () => {
    const envelope = exampleOf("bank-payments");
    const proposals = readFileSync(envelope.replace("envelope.json", "proposals.jsonl"), "utf8");
    const first = proposals.split("\n").find((line) => line.includes('"Car rental"')) ?? "";
    const plain = await logged(envelope, [first]);
    const { events } = await logged(envelope, [first], "--mask", "send_payment/recipient");
    const { recipient } = plain.events[0]?.input?.fields ?? {};
    expect(plain.text.split(String(recipient)).length).toBe(3);
    expect(JSON.stringify(events)).not.toContain(recipient);
    expect(events[0]).toMatchObject({ erased: ["/input/fields/recipient", "/input/fields/rows%2F0"] });
  });

  test("with all parts of a url", async () => {
    const proposal = { tool: "http.get", args: { url: "https://docs.example.com/secret" } };
    const envelope = exampleOf("http-and-files");
    const { fetch } = JSON.parse(readFileSync(envelope, "utf8")).effects;
    const tool = typeof fetch.tools[0] === "string" ? fetch.tools[0] : fetch.tools[0].tool;
    const where = typeof fetch.tools[0] === "string" ? {} : { method: fetch.tools[0].where["/method"]?.[0] };
    const line = { proposal: { tool, args: { ...proposal.args, ...where } } };
    const { events } = await logged(envelope, [line], "--mask", "fetch/url");
    expect(events[0]).toMatchObject({
      erased: ["host", "path", "port", "scheme"].map((part) => `/input/fields/url.${part}`),
    });
    expect(Object.keys(events[0]?.input?.fields ?? {})).toEqual(["timeout"]);
  });

  test("with what is computed from it, and what decodes the same argument", async () => {
    const order = { symbol: "MNQ", side: "buy", type: "limit", quantity: 1, limit_price: 17850.25, fee: "1.24" };
    const line = { proposal: { tool: "broker.place_order", args: order } };
    const { events } = await logged(
      exampleOf("trading"),
      [line],
      "--mask",
      "place_order/price",
      "--mask",
      "place_order/fee",
    );
    expect(events[0]).toMatchObject({
      erased: ["/input/fields/fee", "/input/fields/notional", "/input/fields/price"],
    });
    const batch = JSON.parse(readFileSync(exampleOf("payment-batch"), "utf8")).effects.pay_batch;
    const proposals = readFileSync(exampleOf("payment-batch").replace("envelope.json", "proposals.jsonl"), "utf8");
    const paid = proposals
      .split("\n")
      .filter((text) => text.includes('"verdict": "allow"') && text.includes("payments"));
    const { events: batches } = await logged(exampleOf("payment-batch"), paid.slice(0, 1), "--mask", "pay_batch/total");
    const same = Object.keys(batch.fields).filter((name) => batch.fields[name].from === batch.fields.total.from);
    expect(same.length).toBeGreaterThan(2);
    expect(batches[0]?.erased).toEqual(same.map((name) => `/input/fields/${name}`).toSorted());
  });

  const text = (from: string) => ({ type: "string", from });
  const integer = (from: string) => ({ type: "integer", from });
  const anyText = { noneOf: ["-"] };
  test.each([
    {
      name: "the whole that it is a part of",
      fields: { pin: integer("/card/pin"), card: { type: "digest", from: "/card" } },
      bounds: { perCall: { pin: { max: 9999 } }, allow: { card: { oneOf: [`sha256:${"0".repeat(64)}`] } } },
      args: { card: { pin: 1234 } },
      mask: "pin",
    },
    {
      name: "its elements, collected one by one",
      fields: {
        tags: { type: "set", of: "string", from: "/tags" },
        each: { type: "set", of: "string", from: "/tags/*" },
      },
      bounds: { allow: { tags: { subsetOf: ["a"] }, each: { subsetOf: ["a"] } } },
      args: { tags: ["a"] },
      mask: "tags",
    },
    {
      name: "the factors that make it up",
      fields: { a: integer("/a"), b: integer("/b"), c: { type: "product", of: ["a", "b"], scale: 0 } },
      bounds: { perCall: { a: { max: 9 }, b: { max: 9 }, c: { max: "9" } } },
      args: { a: 2, b: 3 },
      mask: "c",
    },
    {
      name: "what has to equal it",
      fields: { from: text("/from"), to: text("/to") },
      bounds: { allow: { from: anyText, to: anyText }, relations: [{ left: "from", op: "==", right: "to" }] },
      args: { from: "x", to: "x" },
      mask: "to",
    },
  ])("with $name", async ({ fields, bounds, args, mask }) => {
    const folder = mkdtempSync(join(tmpdir(), "ambit-mask-"));
    const file = join(folder, "envelope.json");
    const { effects: _, ...others } = JSON.parse(readFileSync(desk, "utf8"));
    const session = { calls: { max: 5 } };
    const velocity = [{ max: 5, seconds: 60 }];
    const effects = { e: { tools: ["t"], external: false, fields, session, velocity, ...bounds } };
    const { budgets: __, sets: ___, ...rest } = others;
    writeFileSync(file, JSON.stringify({ ...rest, budgets: { actions: { max: 9 } }, effects, forbidden: [] }));
    const { events } = await logged(file, [{ proposal: { tool: "t", args } }], "--mask", `e/${mask}`);
    expect(events[0]?.input?.fields).toEqual({});
    expect(events[0]?.erased).toEqual(
      Object.keys(fields)
        .toSorted()
        .map((name) => `/input/fields/${name}`),
    );
  });
});
