/** An audit computes the breakers again: a ledger that goes on after one has tripped is found. */
import { expect, test } from "vitest";
import type { Entry } from "../../runtime/ledger/record.ts";
import { begin, envelopeOf, type Gateway, openGateway, tokenOf } from "../audit/ledgers.ts";
import { entry, type Later } from "../ledger/entries.ts";
import { findingsIn } from "./audit-of.ts";

const breakers = [{ id: "loss", when: [{ metric: "realized_loss", atLeast: "5.00" }], action: "halt" }];
const value = (text: string) => ({ metrics: [{ metric: "realized_loss", value: text }] });
const halt = (at: number, more: object = value("7.00")): Entry<Later> =>
  entry("halted", at, { breaker: "loss", action: "halt", ...more });

/** One payment that is settled, with a loss: records 1 to 5. */
function lossOf(text: string, more: object = {}): Gateway {
  const document = JSON.stringify({ ...JSON.parse(envelopeOf("env_breakers")), breakers, ...more });
  const gateway = openGateway("env_breakers", {}, undefined, document);
  gateway.append(entry("evidence", begin, { name: "perimeter", seenAt: begin }));
  const token = tokenOf(gateway.propose("pay", { payee: "ann", amount: "1.00" }, begin));
  gateway.append(entry("consumed", begin, token));
  const settled = { outcome: "executed", amounts: {}, results: {}, ...value(text) } as const;
  gateway.append(entry("settled", begin, { ...token, ...settled }));
  return gateway;
}

const again = (gateway: Gateway, at = begin + 1) => gateway.propose("pay", { payee: "bob", amount: "1.00" }, at);
const found = ({ chain }: Gateway) => findingsIn(chain.map(({ text }) => text));

test("a ledger in which nothing has tripped stands, and one that has halted", async () => {
  const quiet = lossOf("4.99");
  again(quiet);
  expect(await found(quiet)).toEqual([]);
  const halted = lossOf("7.00");
  halted.append(halt(begin));
  again(halted);
  expect(await found(halted)).toEqual([]);
});

test("an allow after a breaker has tripped is found, and so is the redemption", async () => {
  const gateway = lossOf("7.00");
  gateway.append(entry("consumed", begin + 2, tokenOf(again(gateway))));
  expect(await found(gateway)).toEqual(["BREAKER_IGNORED 6", "BREAKER_IGNORED 7"]);
});

test("a resumption that leaves out what has tripped is found", async () => {
  const gateway = lossOf("7.00");
  gateway.append(entry("halted", begin, { breaker: "another", action: "halt" }));
  gateway.append(entry("resumed", begin, { approvals: ["a"] }));
  expect(await found(gateway)).toEqual(["BREAKER_IGNORED 7"]);
});

test.each([
  { what: "by other values", loss: "7.00", body: value("9.00") },
  { what: "by another action", loss: "7.00", body: { action: "halt_and_cancel" } },
  { what: "of a breaker that has not tripped", loss: "4.99", body: {} },
])("a halt $what is found", async ({ loss, body }) => {
  const gateway = lossOf(loss);
  gateway.append(halt(begin, body));
  expect(await found(gateway)).toEqual(["HALT_FORGED 6"]);
});

test("a resumption that the envelope rules out is found", async () => {
  const gateway = lossOf("7.00", { recovery: "new_envelope_required" });
  gateway.append(halt(begin));
  gateway.append(entry("resumed", begin, { approvals: ["a"] }));
  expect(await found(gateway)).toEqual(["RESUMED_FORBIDDEN 7"]);
});
