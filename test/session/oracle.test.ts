/** Oracle windows: a purpose, a reason for each use, a time box, and an end that nobody has to think of (SPEC §9). */
import { expect, test } from "vitest";
import { neededTransitions } from "../../runtime/activation/transitions.ts";
import { document, openGateway, start } from "./gateway.ts";

const ask = {
  tools: ["oracle.ask"],
  external: true,
  channel: "execute",
  requires: ["ORACLE_CALL_REMOTE"],
  justification: "required",
  fields: { question: { from: "/question", type: "string" } },
  allow: { question: { oneOf: ["rate", "index"] } },
  session: { calls: { max: 3 } },
  velocity: [{ max: 3, seconds: 60 }],
};
const envelope = document({
  goal: { summary: "Ask for today's rates", taskType: "research" },
  capabilities: ["FINANCIAL_ACTIONS", "ORACLE_CALL_REMOTE"],
  validity: { notBefore: "2024-02-15T14:00:00Z", expiresAt: "2024-02-15T21:00:00Z", maxDurationSeconds: 600 },
  effects: { ask },
});
const question = JSON.stringify({ tool: "oracle.ask", args: { question: "rate" } });
const because = (justification: unknown) => ({ principal: "agent:s7", justification });

async function kept(justification: unknown, given = envelope) {
  const { session, records } = await openGateway({ envelope: given });
  const { verdict, violations } = await session.propose(question, because(justification));
  const last = (await records()).at(-1);
  return {
    verdict,
    codes: violations.map(({ code }) => code),
    text: last?.type === "decided" && last.body.justification,
  };
}

test("to open one takes two keys", async () => {
  const { evaluator } = await openGateway({ envelope });
  expect(neededTransitions(evaluator.envelope).map(({ transition }) => transition)).toContain("open_oracle");
});

test("a use without a reason is denied, and one with a reason is logged with it", async () => {
  expect(await kept(undefined)).toEqual({ verdict: "deny", codes: ["JUSTIFICATION_MISSING"], text: undefined });
  expect(await kept(" \u200b")).toMatchObject({ verdict: "deny", text: undefined });
  expect(await kept("the rate is part of the report")).toEqual({
    verdict: "allow",
    codes: [],
    text: "the rate is part of the report",
  });
});

test("the reason is kept where none is required too, and its beginning where it is long", async () => {
  const { justification: _, ...free } = ask;
  const optional = { ...envelope, effects: { ...(envelope.effects as object), ask: free } };
  expect(await kept("why", optional)).toMatchObject({ verdict: "allow", text: "why" });
  expect(await kept(`${"z".repeat(998)}😀😀`)).toMatchObject({ text: `${"z".repeat(998)}\ufffd…` });
});

test("of an effect that reaches no oracle and asks for no reason, none is kept", async () => {
  const { session, records } = await openGateway({ envelope });
  const payment = JSON.stringify({ tool: "bank.pay", args: { payee: "alice", amount: "1.00" } });
  expect(await session.propose(payment, because("a secret"))).toMatchObject({ verdict: "allow" });
  expect(JSON.stringify(await records())).not.toContain("a secret");
});

test("each use is a record, and those beyond its number are denied", async () => {
  const { session, records } = await openGateway({ envelope });
  const verdicts = [];
  for (const reason of ["first", "second", "third", "fourth"])
    verdicts.push((await session.propose(question, because(reason))).verdict);
  expect(verdicts).toEqual(["allow", "allow", "allow", "deny"]);
  const uses = (await records()).flatMap(({ type, body }) => (type === "decided" ? [body.justification] : []));
  expect(uses).toEqual(["first", "second", "third", "fourth"]);
});

test("it closes by itself, at the millisecond", async () => {
  const { session, time } = await openGateway({ envelope });
  time.now = start + 599_999;
  expect(await session.propose(question, because("in time"))).toMatchObject({ verdict: "allow" });
  time.now = start + 600_000;
  expect(await session.propose(question, because("too late"))).toMatchObject({
    verdict: "deny",
    primary: "validity/duration",
  });
});
