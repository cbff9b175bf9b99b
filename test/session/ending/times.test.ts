/** Everything that time ends, it ends at the very millisecond; sessions end with it by themselves. */
import { describe, expect, test } from "vitest";
import { type Timer, watchEnd } from "../../../runtime/session/ending/watch-end.ts";
import { openSession } from "../../../runtime/session/session.ts";
import { document, host, openGateway, start } from "../gateway.ts";

const look = (more: object = {}) => ({
  tools: ["look"],
  external: false,
  fields: { at: { from: "/at", type: "string" } },
  allow: { at: { oneOf: ["here"] } },
  session: { calls: { max: 500 } },
  velocity: [{ max: 500, seconds: 60 }],
  ...more,
});

/** A session that signs no tokens, which are of whole seconds: what its verdicts are at each of the times. */
async function at(
  times: readonly string[],
  envelope: object,
  effect: object = {},
  activatedAt = Date.parse(times[0]!),
) {
  const gateway = await openGateway({
    envelope: document({ effects: { look: look(effect) }, ...envelope }),
    activatedAt,
  });
  let now = activatedAt;
  const { store, evaluator } = gateway;
  const opened = await openSession({ store, session: gateway.session.id, evaluator, clock: () => now });
  if (!opened.ok) throw new Error(opened.fault.message);
  const { session } = opened;
  await session.evidence("perimeter", activatedAt);
  const judge = async (time: string) => {
    now = Date.parse(time);
    const proposal = JSON.stringify({ tool: "look", args: { at: "here" } });
    const { verdict, violations } = await session.propose(proposal, { principal: "agent:s7" });
    return verdict === "allow" ? "allow" : violations.map(({ id }) => id).join(" ");
  };
  const verdicts: string[] = [];
  for (const time of times) verdicts.push(await judge(time));
  const set = (time: number) => {
    now = time;
  };
  return { verdicts, session, set };
}

const always = (year: number) => ({
  validity: {
    notBefore: `${year}-01-01T00:00:00Z`,
    expiresAt: `${year + 2}-01-01T00:00:00Z`,
    maxDurationSeconds: 31_536_000,
  },
});

describe("an effect closes and opens with its schedule, where clocks", () => {
  const [closed, open] = ["effects/look/schedule", "allow"];
  test.each<
    readonly [
      what: string,
      timezone: string,
      window: { days: string[]; from: string; until: string },
      moments: readonly (readonly [time: string, verdict: string])[],
    ]
  >([
    [
      "go forward (New York): what begins in the hour that is not there begins after it",
      "America/New_York",
      { days: ["sun"], from: "02:30", until: "04:00" },
      [
        ["2024-03-10T06:59:59.999Z", closed],
        ["2024-03-10T07:00:00.000Z", open],
        ["2024-03-10T07:59:59.999Z", open],
        ["2024-03-10T08:00:00.000Z", closed],
      ],
    ],
    [
      "go forward (Berlin): what lies in the hour that is not there never opens",
      "Europe/Berlin",
      { days: ["sun"], from: "02:00", until: "03:00" },
      [
        ["2024-03-31T00:59:59.999Z", closed],
        ["2024-03-31T01:00:00.000Z", closed],
        ["2024-03-31T01:59:59.999Z", closed],
      ],
    ],
    [
      "go back (New York): the hour that is there twice is open twice",
      "America/New_York",
      { days: ["sun"], from: "01:00", until: "02:00" },
      [
        ["2024-11-03T04:59:59.999Z", closed],
        ["2024-11-03T05:00:00.000Z", open],
        ["2024-11-03T05:59:59.999Z", open],
        ["2024-11-03T06:00:00.000Z", open],
        ["2024-11-03T06:59:59.999Z", open],
        ["2024-11-03T07:00:00.000Z", closed],
      ],
    ],
    [
      "go back (Berlin)",
      "Europe/Berlin",
      { days: ["sun"], from: "02:00", until: "03:00" },
      [
        ["2024-10-26T23:59:59.999Z", closed],
        ["2024-10-27T00:00:00.000Z", open],
        ["2024-10-27T01:00:00.000Z", open],
        ["2024-10-27T01:59:59.999Z", open],
        ["2024-10-27T02:00:00.000Z", closed],
      ],
    ],
    [
      "go forward by half an hour (Lord Howe)",
      "Australia/Lord_Howe",
      { days: ["sun"], from: "02:15", until: "03:00" },
      [
        ["2024-10-05T15:29:59.999Z", closed],
        ["2024-10-05T15:30:00.000Z", open],
        ["2024-10-05T15:59:59.999Z", open],
        ["2024-10-05T16:00:00.000Z", closed],
      ],
    ],
    [
      "go back by half an hour (Lord Howe)",
      "Australia/Lord_Howe",
      { days: ["sun"], from: "01:30", until: "02:00" },
      [
        ["2024-04-06T14:29:59.999Z", closed],
        ["2024-04-06T14:30:00.000Z", open],
        ["2024-04-06T15:00:00.000Z", open],
        ["2024-04-06T15:29:59.999Z", open],
        ["2024-04-06T15:30:00.000Z", closed],
      ],
    ],
    [
      "leave a whole day out (Apia): its weekday does not come",
      "Pacific/Apia",
      { days: ["fri"], from: "00:00", until: "24:00" },
      [
        ["2011-12-30T09:59:59.999Z", closed],
        ["2011-12-30T10:00:00.000Z", closed],
        ["2011-12-31T09:59:59.999Z", closed],
      ],
    ],
    [
      "leave a whole day out (Apia): the day after it begins at once",
      "Pacific/Apia",
      { days: ["sat"], from: "00:00", until: "24:00" },
      [
        ["2011-12-30T09:59:59.999Z", closed],
        ["2011-12-30T10:00:00.000Z", open],
        ["2011-12-31T09:59:59.999Z", open],
        ["2011-12-31T10:00:00.000Z", closed],
      ],
    ],
  ])("%s", async (_, timezone, window, moments) => {
    const [first] = moments;
    const times = moments.map(([time]) => time);
    const schedule = { timezone, windows: [window] };
    const { verdicts } = await at(times, always(Number(first![0].slice(0, 4))), { schedule });
    expect(verdicts).toEqual(moments.map(([, verdict]) => verdict));
  });
});

test("evidence of the greatest age counts, and not a millisecond longer", async () => {
  const times = ["2024-02-15T15:00:00.000Z", "2024-02-15T15:01:00.000Z", "2024-02-15T15:01:00.001Z"];
  const { verdicts } = await at(times, { evidence: { perimeter: { maxAgeSeconds: 60 } } });
  expect(verdicts).toEqual(["allow", "allow", "evidence/perimeter"]);
});

describe.each([
  {
    what: "its validity",
    bound: "validity/expires_at",
    validity: {
      notBefore: "2024-02-15T14:00:00Z",
      expiresAt: "2024-02-15T15:00:10.500Z",
      maxDurationSeconds: 21_600,
    },
    last: "2024-02-15T15:00:10.499Z",
    end: "2024-02-15T15:00:10.500Z",
  },
  {
    what: "its duration",
    bound: "validity/duration",
    validity: { notBefore: "2024-02-15T14:00:00Z", expiresAt: "2024-02-15T21:00:00Z", maxDurationSeconds: 10 },
    last: "2024-02-15T15:00:09.999Z",
    end: "2024-02-15T15:00:10.000Z",
  },
])("with the end of $what", ({ bound, validity, last, end }) => {
  test("nothing is allowed any more, and the session ends by itself", async () => {
    const { verdicts, session, set } = await at([last, end], { validity }, {}, start);
    expect(verdicts).toEqual(["allow", bound]);
    expect(await session.endIfDue()).toEqual({ outcome: "closed", as: "completed" });
    set(start + 1_000_000);
    expect(await session.endIfDue()).toEqual({ outcome: "closed", as: "completed" });
  });

  test("and not a millisecond earlier", async () => {
    const { session } = await at([last], { validity }, {}, start);
    const now = Date.parse(last);
    expect(await session.endIfDue()).toEqual({ outcome: "not_due", at: now + 1, now });
    expect(session.state.phase).toBe("active");
  });
});

describe("a watch", () => {
  const woken: { milliseconds: number; wake: () => void; isCancelled: boolean }[] = [];
  const timer: Timer = (milliseconds, wake) => {
    const entry = { milliseconds, wake, isCancelled: false };
    woken.push(entry);
    return () => {
      entry.isCancelled = true;
    };
  };
  const nextOf = async (count: number) => {
    await expect.poll(() => woken.length).toBe(count);
    return woken[count - 1]!;
  };

  test("sleeps until the end, a minute at most, and closes the session then", async () => {
    woken.length = 0;
    const gateway = await openGateway({ envelope: document({ validity: shortLife }), host });
    const { ended } = watchEnd(gateway.session, { timer });
    const first = await nextOf(1);
    expect(first.milliseconds).toBe(60_000);
    gateway.time.now = start + 60_000;
    first.wake();
    const second = await nextOf(2);
    expect(second.milliseconds).toBe(30_000);
    gateway.time.now = start + 90_000;
    second.wake();
    expect(await ended).toEqual({ outcome: "closed", as: "completed" });
    expect(gateway.session.state.phase).toBe("closed");
  });

  test("sees a kill by others, and can be stopped", async () => {
    woken.length = 0;
    const gateway = await openGateway({ envelope: document({ validity: shortLife }), host });
    const stopped = watchEnd(gateway.session, { timer });
    await nextOf(1);
    stopped.stop();
    expect(await stopped.ended).toBeUndefined();
    expect(woken[0]!.isCancelled).toBe(true);
    const { ended } = watchEnd(gateway.session, { timer, everySeconds: 5 });
    const waiting = await nextOf(2);
    expect(waiting.milliseconds).toBe(5_000);
    await (await gateway.reopen()).kill("elsewhere");
    waiting.wake();
    expect(await ended).toEqual({ outcome: "closed", as: "killed" });
  });
});

const shortLife = {
  notBefore: "2024-02-15T14:00:00Z",
  expiresAt: "2024-02-15T21:00:00Z",
  maxDurationSeconds: 90,
};

test("a session that its envelope never lets resume ends where a breaker halts it", async () => {
  for (const [recovery, outcome] of [
    ["manual_only", "not_due"],
    ["new_envelope_required", "closed"],
  ]) {
    const gateway = await openGateway({ envelope: document({ recovery }) });
    await gateway.session.record((time) => ({ type: "halted", at: time, body: { breaker: "b", action: "halt" } }));
    expect(await gateway.session.endIfDue()).toMatchObject({ outcome });
  }
});
