/** OPA's decision log of an Ambit decision, and the one that `ambit eval --decision-log` writes. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../cli/run.ts";
import { envelopeOf } from "./answers.ts";
import { hasOpa } from "./opa.ts";
import { recipe } from "./recipes.ts";
import { decisionOf, freePort, serveOpa } from "./server.ts";

type Event = Readonly<Record<string, unknown>>;

/** The members of an event that do not depend on the decision. */
const circumstances = ["labels", "decision_id", "bundles", "timestamp", "req_id", "metrics", "requested_by"];

describe.skipIf(!hasOpa).sequential("OPA's decision log", { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "ambit-decisions-"));
  const bundle = join(folder, "bundle.tar.gz");
  const received: Event[] = [];
  let sink: Server;
  let sinkUrl: string;

  beforeAll(async () => {
    await run(["bundle", envelopeOf("bank-payments"), "--revision", "7", "-o", bundle]);
    mkdirSync(join(folder, "mask"));
    writeFileSync(join(folder, "mask/mask.rego"), recipe("rego", "package system.log"));
    writeFileSync(join(folder, "mask/.manifest"), '{"roots": ["system/log"]}');
    writeFileSync(join(folder, "opa.yaml"), recipe("yaml", "decision_logs"));
    const port = await freePort();
    sinkUrl = `http://127.0.0.1:${port}`;
    sink = createServer(async (request, response) => {
      const body = await buffer(request);
      received.push(...JSON.parse(Buffer.from(gunzipSync(body)).toString()));
      response.end();
    });
    await new Promise<void>((resolve) => sink.listen(port, "127.0.0.1", resolve));
  });
  afterAll(() => {
    sink.closeAllConnections();
    sink.close();
    rmSync(folder, { recursive: true });
  });

  /** What OPA sends for these requests, in their order. */
  async function opaEvents(requests: readonly unknown[], ...bundles: readonly string[]): Promise<readonly Event[]> {
    received.length = 0;
    const server = await serveOpa(["--config-file", join(folder, "opa.yaml"), "--bundle", bundle, ...bundles], {
      DECISION_SINK: sinkUrl,
    });
    for (const request of requests) await decisionOf(server, request);
    await server.stop(); // On its way out it sends what it has.
    return received;
  }

  async function ambitEvents(...masks: readonly string[]) {
    const file = join(folder, `log-${masks.length}.jsonl`);
    const proposals = readFileSync(envelopeOf("bank-payments").replace("envelope.json", "proposals.jsonl"));
    const args = [
      "eval",
      envelopeOf("bank-payments"),
      "--engine",
      "reference",
      "--json",
      "--request",
      "--decision-log",
      file,
    ];
    const { out } = await run([...args, ...masks.flatMap((mask) => ["--mask", mask])], { stdin: proposals });
    const requests = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).request);
    const events = readFileSync(file, "utf8")
      .trimEnd()
      .split("\n")
      .map((line): Event => JSON.parse(line));
    const judged = requests.map((request) => request !== null);
    return {
      requests: requests.filter((_, index) => judged[index]),
      events: events.filter((_, index) => judged[index]),
    };
  }

  test("has the members that the recipes tell of", async () => {
    const { requests } = await ambitEvents();
    const [event] = await opaEvents(requests.slice(0, 1));
    expect(event).toMatchObject({
      labels: { id: expect.any(String), version: expect.any(String) },
      decision_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      bundles: { [bundle]: { revision: "7" } },
      path: "ambit/decision",
      input: requests[0],
      result: { verdict: expect.any(String), violations: expect.any(Array) },
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
  });

  test("and Ambit's are the same in path, input and result, and under the same names", async () => {
    const { requests, events } = await ambitEvents();
    const theirs = await opaEvents(requests);
    expect(theirs.map(decisionIn)).toEqual(events.map(decisionIn));
    expect(events.length).toBeGreaterThan(20);
    const names = new Set(theirs.flatMap((event) => Object.keys(event)));
    for (const event of events) expect(Object.keys(event).filter((name) => !names.has(name))).toEqual([]);
  });

  test("with the recipe's mask, leaves out what Ambit's leaves out", async () => {
    const { requests, events } = await ambitEvents("send_payment/amount", "send_payment/recipient");
    const theirs = await opaEvents(requests, join(folder, "mask"));
    expect(theirs.map(({ input }) => input)).toEqual(events.map(({ input }) => input));
    const masked = theirs.filter(({ erased }) => erased !== undefined);
    expect(masked.length).toBeGreaterThan(3);
    for (const [index, { erased = [], masked: replaced = [] }] of theirs.entries()) {
      const ours = (events[index]?.erased ?? []) as readonly string[];
      expect((erased as readonly string[]).toSorted()).toEqual(ours.filter((path) => !path.includes("%2F")));
      expect(replaced).toEqual(ours.some((path) => path.includes("%2F")) ? ["/input/fields"] : []);
    }
  });
});

/** The decision alone. Violations are a set. */
function decisionIn(event: Event): Event {
  const kept = Object.entries(event).filter(([name]) => !circumstances.includes(name));
  return Object.fromEntries(
    kept.map(([name, value]) => [
      name,
      name === "result" ? inOneOrder(value as { violations: readonly string[] }) : value,
    ]),
  );
}

function inOneOrder<T extends { readonly violations: readonly string[] }>(result: T): T {
  return { ...result, violations: result.violations.toSorted() };
}
