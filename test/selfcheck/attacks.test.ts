/** Each kind of attack is tried, and told of: forgery, tampering, replay, tokens outside their time; and what a guard forgives is found by its name. */
import { beforeAll, expect, test } from "vitest";
import { readConfiguration } from "../../cli/selfcheck/config.ts";
import { openDeployment } from "../../cli/selfcheck/deployment.ts";
import type { Requirement } from "../../cli/selfcheck/requirement.ts";
import { selfcheck } from "../../cli/selfcheck/selfcheck.ts";
import { guard as realGuard } from "../../runtime/guard/guard.ts";
import { run } from "../cli/run.ts";
import { deploy, now, type OnDisk } from "./deployment.ts";

let disk: OnDisk;
beforeAll(async () => {
  disk = await deploy();
});

const io = { env: {}, now: () => now } as never;

async function check(guard: typeof realGuard = realGuard): Promise<readonly Requirement[]> {
  const deployment = await openDeployment(await readConfiguration(disk.at("deployment.json")), io);
  try {
    return await selfcheck(deployment, io, guard);
  } finally {
    deployment.close();
  }
}

const rows = (requirements: readonly Requirement[], id: string, ok: boolean) =>
  requirements
    .filter((each) => each.id === id)
    .flatMap(({ seen }) => seen.flatMap((each) => (each.ok === ok ? [each.what] : [])));

test("every kind of attack is tried and counted", async () => {
  const requirements = await check();
  const kinds: Readonly<Record<string, readonly RegExp[]>> = {
    token: [/^without a token: [1-9]/],
    bypass: [/^bypasses: [1-9]/],
    verification: [/^forgeries: [1-9]/, /^tampering: [1-9]/, /^replays: [1-9]/, /^outside its time: [1-9]/],
    fail_closed: [/^faults: [1-9]/, /^artefacts with one byte changed: [1-9]/, /^boundary vectors: [1-9]/],
    absence: [/^denials found in the ledger: [1-9]/, /^audit of a scratch ledger: [1-9]/],
  };
  for (const [id, wanted] of Object.entries(kinds))
    for (const row of wanted) expect(rows(requirements, id, true)).toContainEqual(expect.stringMatching(row));
  // The evidence is told, to people and to machines.
  const { out } = await run(["selfcheck", disk.at("deployment.json")], { now });
  for (const row of Object.values(kinds).flat())
    expect(out.split("\n").map((line) => line.trim())).toContainEqual(expect.stringMatching(row));
});

test.each([
  ["a forgery", "TOKEN_KEY", "a token signed by a stranger"],
  ["no algorithm", "TOKEN_ALGORITHM", "a token without a signature"],
  ["tampering", "TOKEN_AUDIENCE", "a token of the gateway for another executor"],
  ["a replay", "RESERVATION_MISSING", "a token used twice"],
  ["another call", "PROPOSAL_MISMATCH", "a token for another proposal"],
  ["an expired token", "TOKEN_EXPIRED", "a token as it expires"],
  ["an early token", "TOKEN_NOT_YET_VALID", "a token before its time"],
])("a guard that forgives %s is found by it", async (_, code, attack) => {
  const requirements = await check((options) => {
    const { redeem } = realGuard(options);
    const [tool] = Object.values(options.tools);
    return {
      async redeem(token, proposal) {
        const answer = await redeem(token, proposal);
        if (answer.outcome !== "denied" || answer.denial.code !== code) return answer;
        await tool?.(
          {},
          { effect: "pay", tool: "bank.pay", fields: {}, jti: "", signal: new AbortController().signal },
        );
        return { outcome: "executed", result: null, settled: { outcome: "failed" } } as never;
      },
    };
  });
  expect(rows(requirements, "verification", false)).toContainEqual(expect.stringContaining(attack));
});
