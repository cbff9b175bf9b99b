/** The audit looks at the orders that stand in records: whose they are, and whether they counted then. */
import { describe, expect, test } from "vitest";
import { readEnvelope } from "../../compiler/read/read.ts";
import { LedgerAudit } from "../../runtime/audit/ledger-audit.ts";
import type { People } from "../../runtime/people/registry.ts";
import { canonicalJson } from "../../schema/json/canonical.ts";
import { begin, openGateway } from "../audit/ledgers.ts";
import { entry } from "../ledger/entries.ts";
import { type OrderRest, orderText } from "../people/orders.ts";
import { peopleOf, registered } from "../people/people.ts";

const iat = begin / 1000;
const people = await peopleOf(registered("ann", ["risk"]));
/** As a session writes it. */
const canonical = (text: string) => canonicalJson(JSON.parse(text));

interface Found {
  readonly by?: string;
  readonly rest?: OrderRest;
  readonly write?: (text: string) => string;
  readonly judges?: People | undefined;
}

/** What the audit finds of a session that was killed by the order. */
async function found({ by = "ann", rest = {}, write = canonical, ...given }: Found): Promise<readonly string[]> {
  const gateway = openGateway("env_killed");
  const { envelopeDigest: envelope } = gateway.evaluator;
  const session = gateway.chain[0]!.record.session;
  const order = await orderText(by, { envelope, session, iat, exp: iat + 300, ...rest });
  gateway.append(entry("killed", begin + 1_000, { signal: "console", by: write(order) }));
  const ledger = new LedgerAudit({
    readEnvelope: (text) => readEnvelope(text).envelope,
    people: "judges" in given ? given.judges : people,
  });
  for (const [i, { text }] of gateway.chain.entries()) await ledger.take({ text, line: i + 1 });
  for await (const { problems } of ledger.finished()) return problems.map(({ code, seq }) => `${code} ${seq}`);
  throw new Error("no session");
}

describe("a kill is found", () => {
  test.each<readonly [string, Found]>([
    ["by an order of somebody who is not in the registry", { by: "mallory" }],
    ["by an order in a role that the person does not have", { rest: { roles: ["desk"] } }],
    ["by an order that had expired", { rest: { exp: iat + 1 } }],
    ["by an order that was signed later", { rest: { iat: iat + 60 } }],
    ["by an order with another reason than was signed", { write: (text) => canonical(text.replace("wrong", "right")) }],
    ["by an order in another form than sessions write", { write: (text) => text }],
  ])("%s", async (_, given) => expect(await found(given)).toEqual(["SIGNATURE_WRONG 2"]));
});

describe("a kill stands", () => {
  test("by the order of one who is in the registry", async () => expect(await found({})).toEqual([]));

  test("by anybody's, where nobody says who the people are", async () =>
    expect(await found({ by: "mallory", judges: undefined })).toEqual([]));
});
