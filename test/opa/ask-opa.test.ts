/** The recipe for a service: it denies whatever the server does, until that gives a whole answer. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { compile } from "../../compiler/index.ts";
import { askOpa } from "../../examples/ask-opa.ts";
import { buildRequest, createHost, freshFacts } from "../../runtime/index.ts";
import { run } from "../cli/run.ts";
import { askedOf, envelopeOf } from "./answers.ts";
import { hasOpa } from "./opa.ts";
import { recipe } from "./recipes.ts";
import { freePort, serveOpa } from "./server.ts";

const denied = { verdict: "deny", violations: ["engine"] };

describe("it is a deny", () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  async function answerTo(listener: RequestListener): Promise<unknown> {
    const port = await freePort();
    server = createServer(listener);
    await new Promise<void>((resolve) => server?.listen(port, "127.0.0.1", resolve));
    return askOpa(`http://127.0.0.1:${port}`, {}, 200);
  }

  const replies: readonly (readonly [name: string, status: number, body: string])[] = [
    ["where there is no result", 200, "{}"],
    ["where the result is null", 200, '{"result":null}'],
    ["where the result is true", 200, '{"result":true}'],
    ["where the result is a text", 200, '{"result":"allow"}'],
    ["where the result is a list", 200, '{"result":["allow"]}'],
    ["where the answer is a list", 200, "[]"],
    ["where the answer is null", 200, "null"],
    ["where the answer is empty", 200, ""],
    ["where the answer is no JSON", 200, '{"result":{"verdict":"allow","violations":[]}'],
    ["where the verdict is missing", 200, '{"result":{"violations":[]}}'],
    ["where the verdict is unknown", 200, '{"result":{"verdict":"maybe","violations":[]}}'],
    ["where the verdict is true", 200, '{"result":{"verdict":true,"violations":[]}}'],
    ["where the violations are missing", 200, '{"result":{"verdict":"allow"}}'],
    ["where the violations are no list", 200, '{"result":{"verdict":"allow","violations":{}}}'],
    ["where the violations are no texts", 200, '{"result":{"verdict":"deny","violations":[1]}}'],
    ["where an allow has violations", 200, '{"result":{"verdict":"allow","violations":["kill"]}}'],
    ["with 204", 204, ""],
    ["with 201 and an allow", 201, '{"result":{"verdict":"allow","violations":[]}}'],
    ["with 400 and an allow", 400, '{"result":{"verdict":"allow","violations":[]}}'],
    ["with 500 and an allow", 500, '{"result":{"verdict":"allow","violations":[]}}'],
  ];
  test.each(replies)("%s", async (_, status, body) => {
    expect(await answerTo((_request, response) => response.writeHead(status).end(body))).toEqual(denied);
  });

  test("where the server sends us elsewhere", async () => {
    const redirect: RequestListener = ({ url }, response) =>
      url === "/elsewhere"
        ? response.end('{"result":{"verdict":"allow","violations":[]}}')
        : response.writeHead(307, { location: "/elsewhere" }).end();
    expect(await answerTo(redirect)).toEqual(denied);
  });

  test("where the server says nothing in time", async () => {
    expect(await answerTo(() => undefined)).toEqual(denied);
  });

  test("where the server stops in the middle of its answer", async () => {
    expect(await answerTo((_, response) => response.writeHead(200).write('{"result":'))).toEqual(denied);
  });

  test("where the server hangs up", async () => {
    expect(await answerTo(({ socket }) => socket.destroy())).toEqual(denied);
  });

  test("where there is no server", async () => {
    expect(await askOpa(`http://127.0.0.1:${await freePort()}`, {})).toEqual(denied);
  });

  test("where the request cannot be written", async () => {
    expect(await askOpa("http://127.0.0.1:1", { now: 1n })).toEqual(denied);
  });

  test("and otherwise what the server says", async () => {
    for (const result of [
      { verdict: "allow", violations: [] },
      { verdict: "hold", violations: ["effects/e/approval"] },
      { verdict: "deny", violations: ["kill", "halt"] },
    ])
      expect(await answerTo((_, response) => response.end(JSON.stringify({ result, warning: {} })))).toEqual(result);
  });
});

describe.skipIf(!hasOpa)("asking a stock OPA", () => {
  const folder = mkdtempSync(join(tmpdir(), "ambit-ask-"));
  const bundle = join(folder, "bundle.tar.gz");
  afterAll(() => rmSync(folder, { recursive: true }));

  test("answers each call of an example as the reference does", { timeout: 60_000 }, async () => {
    await run(["bundle", envelopeOf("trading"), "-o", bundle]);
    const server = await serveOpa(["--bundle", bundle]);
    const asked = await askedOf("trading");
    for (const { request, answer } of asked) {
      const { verdict, violations } = await askOpa(server.url, request, 5000);
      expect({ verdict, violations: violations.toSorted() }).toEqual({
        verdict: answer.verdict,
        violations: answer.violations.toSorted(),
      });
    }
    expect(asked.length).toBeGreaterThan(20);
    await server.stop();
  });

  test("from a tool call to the executed call, as the recipe has it", { timeout: 60_000 }, async () => {
    await run(["bundle", envelopeOf("trading"), "-o", bundle]);
    const server = await serveOpa(["--bundle", bundle]);
    const { artefacts = new Map() } = compile(readFileSync(envelopeOf("trading")));
    const evaluator = createHost({ engines: ["reference"] }).load(artefacts);
    const executed: unknown[] = [];
    const tools = { "broker.place_order": (args: unknown) => executed.push(args) };
    const ask = (_: string, request: unknown) => askOpa(server.url, request, 5000);
    const names = ["evaluator", "proposal", "facts", "deny", "tools", "askOpa", "buildRequest"];
    const service = new AsyncFunction(...names, recipe("ts", "askOpa"));
    const call = async (args: object, state: object = {}) => {
      const fresh = freshFacts(evaluator.envelope, "place_order", Date.parse("2024-02-15T15:00:00Z"));
      const facts = { ...fresh, state: { ...fresh.state, ...state } };
      const proposal = JSON.stringify({ tool: "broker.place_order", args });
      await service(evaluator, proposal, facts, () => undefined, tools, ask, buildRequest);
    };
    const order = { symbol: "MNQ", side: "buy", type: "limit", quantity: 1, limit_price: 17850.25 };
    await call({ ...order, quantity: 50 });
    await call({ ...order, hidden: true });
    await call(order, { killed: true });
    expect(executed).toEqual([]);
    await call(order);
    expect(executed).toEqual([{ ...order, fee: "0.00" }]);
    await server.stop();
  });
});

const AsyncFunction: new (...parameters: readonly string[]) => (...args: readonly unknown[]) => Promise<unknown> =
  Object.getPrototypeOf(async () => undefined).constructor;
