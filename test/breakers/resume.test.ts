/** A stopped session goes on by people's keys, and never by the agent. */
import { describe, expect, test } from "vitest";
import { statusOf } from "../../cli/status/session-status.ts";
import { auditOf } from "./audit-of.ts";
import { breaker, caller, type Desk, openDesk, people, refused, resumes } from "./desk.ts";

const halting = [breaker("denial_streak", { atLeast: 1 })];
const freezing = [breaker("denial_streak", { atLeast: 1 }, "freeze")];

async function stopped(breakers = halting, more: Parameters<typeof openDesk>[1] = {}): Promise<Desk> {
  const desk = await openDesk(breakers, more);
  desk.gateway.time.now += 10_500;
  await desk.session.propose(refused, caller);
  return desk;
}

test("an operator lifts a halt: streaks and metrics begin anew", async () => {
  const desk = await stopped();
  const given = await resumes(desk, "olga", "operator");
  expect(await desk.session.resume([given], people)).toMatchObject({ outcome: "resumed", record: { type: "resumed" } });
  expect(await desk.payOnce()).toBe("executed");
  expect((await auditOf(desk.gateway, { people })).filter((code) => !code.startsWith("SIGNATURE"))).toEqual([]);
});

describe("RECOVERY_FROM_AGENT_DENIED, recorded and not executed:", () => {
  const cases: Readonly<Record<string, (desk: Desk) => Promise<Parameters<Desk["session"]["resume"]>>>> = {
    "the principal asks, whatever he brings": async (desk) => [
      [await resumes(desk, "olga", "operator")],
      people,
      "please",
      caller,
    ],
    "whoever asks gives no name": async (desk) => [
      [await resumes(desk, "olga", "operator")],
      people,
      undefined,
      { principal: undefined },
    ],
    "the principal signs, and the registry calls him an operator": async (desk) => [
      [await resumes(desk, "agent:s7", "operator")],
      people,
    ],
    "the principal signs with a key of another name": async (desk) => [
      [await resumes(desk, "spare", "operator")],
      people,
    ],
    "nobody signs": async () => [[], people],
    "words that nobody signed": async () => [["please"], people],
    "a key that the registry does not have": async (desk) => [[await resumes(desk, "mallory", "operator")], people],
    "a key that is no operator's": async (desk) => [[await resumes(desk, "ann", "risk")], people],
    "a person who claims to be an operator": async (desk) => [[await resumes(desk, "ann", "operator")], people],
  };

  test.each(Object.entries(cases))("%s", async (_, make) => {
    const desk = await stopped();
    const answer = await desk.session.resume(...(await make(desk)));
    expect(answer).toMatchObject({ outcome: "refused", code: "RECOVERY_FROM_AGENT_DENIED", seq: 4 });
    expect((await desk.of("decided")).at(-1)).toMatchObject({
      verdict: "deny",
      executed: false,
      violations: [{ id: "resume", code: "RECOVERY_FROM_AGENT_DENIED", pointer: "/recovery" }],
    });
    expect(await desk.payOnce()).toBe("deny CIRCUIT_BREAKER_ACTIVE");
  });
});

describe("an operator's approval is refused", () => {
  test.each<readonly [code: string, rest: Parameters<typeof resumes>[3]]>([
    ["APPROVAL_SESSION", { session: undefined }],
    ["APPROVAL_SESSION", { session: "another" }],
    ["APPROVAL_ENVELOPE", { envelope: `sha256:${"0".repeat(64)}` }],
    ["APPROVAL_TRANSITION", { transition: "activate" }],
    ["APPROVAL_REFUSED", { decision: "refuse" }],
  ])("%s: %j", async (code, rest) => {
    const desk = await stopped();
    const given = await resumes(desk, "olga", "operator", rest);
    expect(await desk.session.resume([given], people)).toMatchObject({ outcome: "refused", code });
  });

  test("if it was signed before the session stopped, by a second", async () => {
    const desk = await stopped();
    const iat = Math.floor(desk.gateway.time.now / 1000) - 1;
    const early = await resumes(desk, "olga", "operator", { iat });
    expect(await desk.session.resume([early], people)).toMatchObject({ code: "APPROVAL_TOO_EARLY" });
  });

  test("if it has resumed the session before", async () => {
    const desk = await stopped();
    const given = await resumes(desk, "olga", "operator");
    await desk.session.resume([given], people);
    await desk.session.propose(refused, caller);
    expect(await desk.session.resume([given], people)).toMatchObject({ code: "APPROVAL_REPEATED" });
    expect(desk.session.state.halted).toBe(true);
  });

  test("in a session that runs", async () => {
    const desk = await openDesk(halting);
    const given = await resumes(desk, "olga", "operator");
    expect(await desk.session.resume([given], people)).toMatchObject({ code: "RECORD_INCONSISTENT" });
  });

  test("in one that was killed", async () => {
    const desk = await stopped();
    await desk.session.kill("stop");
    const given = await resumes(desk, "olga", "operator");
    expect(await desk.session.resume([given], people)).toMatchObject({ code: "KILLED" });
  });

  test("where the envelope says that it never resumes", async () => {
    const desk = await stopped(halting, { envelope: { recovery: "new_envelope_required" } });
    const given = await resumes(desk, "olga", "operator");
    expect(await desk.session.resume([given], people)).toMatchObject({ code: "NEW_ENVELOPE_REQUIRED" });
  });
});

describe("a freeze", () => {
  test("is lifted by two people in two roles, one of them an operator, with a reason", async () => {
    const desk = await stopped(freezing);
    const both = [await resumes(desk, "olga", "operator"), await resumes(desk, "ann", "risk")];
    expect(await desk.session.resume(both, people, "all is well")).toMatchObject({ outcome: "resumed" });
    expect(await desk.payOnce()).toBe("executed");
    expect(await desk.of("resumed")).toMatchObject([{ reason: "all is well" }]);
  });

  test("is not lifted without a reason", async () => {
    const desk = await stopped(freezing);
    const both = [await resumes(desk, "olga", "operator"), await resumes(desk, "ann", "risk")];
    for (const reason of [undefined, "", " \u200b"])
      expect(await desk.session.resume(both, people, reason)).toMatchObject({ code: "REASON_MISSING" });
  });

  test.each([
    { by: "one operator", given: [["olga", "operator"]] },
    {
      by: "two operators",
      given: [
        ["olga", "operator"],
        ["oscar", "operator"],
      ],
    },
    {
      by: "one person in two roles",
      given: [
        ["oscar", "operator"],
        ["oscar", "risk"],
      ],
    },
  ])("is not lifted by $by", async ({ given }) => {
    const desk = await stopped(freezing);
    const texts = await Promise.all(given.map(([person, role]) => resumes(desk, person!, role!)));
    expect(await desk.session.resume(texts, people, "why not")).toMatchObject({ code: "TWO_KEYS_REQUIRED" });
  });

  test("by an incident is a freeze", async () => {
    const desk = await openDesk([]);
    await desk.session.record((at) => ({ type: "incident", at, body: { code: "X", message: "", freezes: true } }));
    const given = await resumes(desk, "olga", "operator");
    expect(await desk.session.resume([given], people, "why not")).toMatchObject({ code: "TWO_KEYS_REQUIRED" });
  });
});

describe("an outcome that nobody knows, in a session that runs,", () => {
  async function doubtful(breakers = halting): Promise<Desk> {
    const desk = await openDesk(breakers);
    desk.gateway.time.now += 10_500;
    expect(await desk.payOnce({ outcome: "unknown" })).toBe("unknown");
    return desk;
  }
  const two = async (desk: Desk, rest: Parameters<typeof resumes>[3] = {}) => [
    await resumes(desk, "olga", "operator", rest),
    await resumes(desk, "ann", "risk", rest),
  ];

  test("is accepted by two people with a reason: the session goes on, and ends as completed", async () => {
    const desk = await doubtful();
    expect(desk.session.state).toMatchObject({ phase: "active", halted: false });
    const inDoubt = async () => statusOf(desk.session, desk.gateway.store, desk.gateway.time.now);
    expect(await inDoubt()).toMatchObject({ inDoubt: true });
    expect(await desk.session.resume(await two(desk), people, "the bank has booked it")).toMatchObject({
      outcome: "resumed",
    });
    expect(await inDoubt()).toMatchObject({ inDoubt: false });
    expect(await desk.payOnce()).toBe("executed");
    expect(await desk.session.close()).toEqual({ outcome: "closed", as: "completed" });
    expect((await auditOf(desk.gateway, { people })).filter((code) => !code.startsWith("SIGNATURE"))).toEqual([]);
  });

  test("is not accepted by an operator alone, without a reason, or beforehand", async () => {
    const desk = await doubtful();
    // First: what is refused afterwards trips the breaker, and nothing signed before that counts either.
    const early = await two(desk, { iat: Math.floor(desk.gateway.time.now / 1000) - 1 });
    expect(await desk.session.resume(early, people, "fine")).toMatchObject({ code: "APPROVAL_TOO_EARLY" });
    const both = await two(desk);
    expect(await desk.session.resume(both.slice(0, 1), people, "fine")).toMatchObject({ code: "TWO_KEYS_REQUIRED" });
    expect(await desk.session.resume(both, people)).toMatchObject({ code: "REASON_MISSING" });
    expect(await desk.session.close()).toEqual({ outcome: "closed", as: "quarantined" });
  });

  test("is not accepted with a halt that an operator alone lifts", async () => {
    const desk = await doubtful([breaker("error_streak", { atLeast: 1 })]);
    expect(desk.session.state.halted).toBe(true);
    const [operator = ""] = await two(desk);
    expect(await desk.session.resume([operator], people)).toMatchObject({ code: "TWO_KEYS_REQUIRED" });
  });

  test("comes back with the next one", async () => {
    const desk = await doubtful();
    await desk.session.resume(await two(desk), people, "the bank has booked it");
    await desk.payOnce({ outcome: "unknown" });
    expect(await desk.session.close()).toEqual({ outcome: "closed", as: "quarantined" });
  });

  test("that was recorded as accepted by one operator is found by the audit", async () => {
    const desk = await doubtful();
    const [operator = ""] = await two(desk);
    const body = { approvals: [operator], reason: "fine" };
    const told = await desk.session.record((at) => ({ type: "resumed", at, body }));
    if (told.outcome !== "appended") throw new Error(JSON.stringify(told));
    expect(await auditOf(desk.gateway, { people })).toContain(`SIGNATURE_MISSING ${told.record.seq}`);
  });
});
