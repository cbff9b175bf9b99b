/** Each requirement is met by a deployment in which all is well, and by none in which its one thing is broken. */
import { chmodSync, copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readConfiguration } from "../../cli/selfcheck/config.ts";
import { openDeployment } from "../../cli/selfcheck/deployment.ts";
import { isMet, levelOf, type Requirement } from "../../cli/selfcheck/requirement.ts";
import { selfcheck } from "../../cli/selfcheck/selfcheck.ts";
import type { Guard } from "../../runtime/guard/guard.ts";
import { guard as realGuard } from "../../runtime/guard/guard.ts";
import { run } from "../cli/run.ts";
import { deploy, now, type OnDisk, type provenReport } from "./deployment.ts";

let whole: OnDisk;
let disk: OnDisk;
beforeAll(async () => {
  whole = await deploy();
});
beforeEach(() => {
  disk = whole.copy();
});

interface Told {
  readonly level: number;
  readonly unmet: readonly string[];
}

async function told(...more: readonly string[]): Promise<Told> {
  const { out, err } = await run(["selfcheck", disk.at("deployment.json"), "--json", ...more], { now });
  expect(err).toBe("");
  const { level, requirements }: { level: number; requirements: { id: string; ok: boolean }[] } = JSON.parse(out);
  return { level, unmet: requirements.filter(({ ok }) => !ok).map(({ id }) => id) };
}

test("a deployment in which all is well reaches level 3, and its ledger is not written to", async () => {
  const before = readFileSync(disk.at("ledger.db"));
  expect(await told()).toEqual({ level: 3, unmet: [] });
  expect(readFileSync(disk.at("ledger.db"))).toEqual(before);
  const { code, out } = await run(["selfcheck", disk.at("deployment.json"), "--level", "3"], { now });
  expect(code).toBe(0);
  expect(out).toContain("level 3 is reached, formal\n");
  expect(out).toContain("nothing was written to the ledger of the deployment");
});

describe("level 3 is not reached", () => {
  test("with a key in a file: that level asked for ends with 1, the one below with 0", async () => {
    disk.configure({ signer: undefined, key: "gateway.key" });
    expect(await told()).toEqual({ level: 2, unmet: ["external_signer"] });
    expect((await run(["selfcheck", disk.at("deployment.json"), "--level", "3"], { now })).code).toBe(1);
    expect((await run(["selfcheck", disk.at("deployment.json")], { now })).code).toBe(0);
  });

  test("without the signer, of which only public keys are shown", async () => {
    disk.configure({ signer: undefined });
    expect(await told()).toEqual({ level: 2, unmet: ["external_signer"] });
  });

  const proofs: Readonly<Record<string, (report: ReturnType<typeof provenReport>) => unknown>> = {
    "of another envelope": (report) => ({ ...report, envelope: "sha256:0" }),
    "with a claim that is not settled": (report) => {
      report.effects[0]!.claims[0]!.outcome = "unsettled";
      return report;
    },
    "that says nothing of an effect": (report) => ({ ...report, effects: report.effects.slice(1) }),
    "without claims": (report) => ({ ...report, effects: [] }),
    "that is none": () => "proven",
  };
  test.each(Object.entries(proofs))("with proofs %s", async (_, change) => {
    const report = JSON.parse(readFileSync(disk.at("proofs.json"), "utf8"));
    writeFileSync(disk.at("proofs.json"), JSON.stringify(change(report)));
    expect(await told()).toEqual({ level: 2, unmet: ["proofs"] });
  });

  test("without proofs or checkpoints", async () => {
    disk.configure({ proofs: undefined, checkpoint: undefined });
    expect(await told()).toEqual({ level: 2, unmet: ["proofs", "checkpoints"] });
  });

  test("with a checkpoint that somebody else has signed", async () => {
    disk.configure({ checkpointKey: "stranger.jwk" });
    expect(await told()).toEqual({ level: 2, unmet: ["checkpoints"] });
  });
});

describe("level 2 is not reached", () => {
  const breaks: Readonly<Record<string, readonly [unmet: readonly string[], how: () => void]>> = {
    "with an envelope that nobody trusted signed": [
      ["signatures", "ledger"],
      () => disk.configure({ trust: ["stranger.jwk"], peopleTrust: ["issuer.jwk"] }),
    ],
    "without the envelope's signature": [["signatures"], () => rmSync(disk.at("out.jws"))],
    "without the registry of people": [["signatures"], () => disk.configure({ people: undefined })],
    "with a registry of people that a stranger signed": [
      ["signatures"],
      () => disk.configure({ peopleTrust: ["stranger.jwk"] }),
    ],
    "with tokens that are good for long": [["lifetime"], () => disk.configure({ tokenSeconds: 3600 })],
    "without a ledger": [["ledger", "durability", "checkpoints"], () => disk.configure({ ledger: undefined })],
    "with a record changed in the ledger": [
      ["ledger"],
      () => sql("UPDATE record SET text = replace(text, 'sha256:', 'sha257:')"),
    ],
    "with a ledger of another envelope": [
      ["ledger", "checkpoints"],
      () => sql("UPDATE record SET text = replace(text, 'env_selfcheck', 'env_another'); DELETE FROM claim"),
    ],
    "without a write-ahead log": [["durability"], () => sql("PRAGMA journal_mode = DELETE")],
    "with a key that others can read": [
      ["external_signer", "files"],
      () => {
        disk.configure({ signer: undefined, key: "gateway.key" });
        chmodSync(disk.at("gateway.key"), 0o644);
      },
    ],
    "with artefacts that others can change": [["files"], () => chmodSync(disk.at("out/policy.cedar"), 0o666)],
    "with trusted keys in a folder that others can change": [["files"], () => chmodSync(disk.folder, 0o777)],
    "with a ledger that others can change": [["files"], () => chmodSync(disk.at("ledger.db"), 0o666)],
  };
  const sql = (text: string) => {
    const database = new DatabaseSync(disk.at("ledger.db"));
    database.exec(text);
    database.close();
  };

  test.each(Object.entries(breaks))("%s", async (_, [unmet, how]) => {
    how();
    const { level, unmet: got } = await told();
    expect(level).toBe(1);
    expect(got).toEqual(expect.arrayContaining([...unmet]));
  });

  test("with artefacts that the envelope does not compile to", async () => {
    const cut = readFileSync(disk.at("out/envelope.md"), "utf8").replace("alice", "mallory");
    writeFileSync(disk.at("out/envelope.md"), cut);
    const { level, unmet } = await told();
    expect([level, unmet]).toEqual([1, ["canonical"]]);
  });
});

describe("level 1 is not reached", () => {
  test("where executors do not believe what the gateway signs", async () => {
    disk.configure({ signer: undefined, key: "stranger.key" });
    const { level, unmet } = await told();
    expect(level).toBe(0);
    expect(unmet).toEqual(expect.arrayContaining(["control", "signatures"]));
  });

  type Broken = (redeem: Guard["redeem"], options: Parameters<typeof realGuard>[0]) => Guard["redeem"];
  const execute = async (options: Parameters<typeof realGuard>[0]) => {
    const [tool] = Object.values(options.tools);
    await tool?.({}, { effect: "pay", tool: "bank.pay", fields: {}, jti: "", signal: new AbortController().signal });
    return { outcome: "executed", result: null, settled: { outcome: "failed" } } as never;
  };
  const guards: Readonly<Record<string, readonly [unmet: string, broken: Broken]>> = {
    "executes without a token": [
      "token",
      (redeem, options) => (token, proposal) =>
        typeof token === "string" ? redeem(token, proposal) : execute(options),
    ],
    "runs the tool and denies": [
      "verification",
      (redeem, options) => async (token, proposal) => {
        await execute(options);
        return redeem(token, proposal);
      },
    ],
    "believes every signature": [
      "verification",
      (redeem, options) => async (token, proposal) => {
        const answer = await redeem(token, proposal);
        return answer.outcome === "denied" && answer.denial.code === "TOKEN_SIGNATURE" ? execute(options) : answer;
      },
    ],
    "goes on after a kill": [
      "bypass",
      (redeem, options) => async (token, proposal) => {
        const answer = await redeem(token, proposal);
        return answer.outcome === "denied" && answer.denial.code === "KILLED" ? execute(options) : answer;
      },
    ],
    "goes on without a store": [
      "fail_closed",
      (redeem, options) => async (token, proposal) => {
        const answer = await redeem(token, proposal);
        return answer.outcome === "denied" && answer.denial.code === "STORE_UNAVAILABLE" ? execute(options) : answer;
      },
    ],
    "denies and records nothing": [
      "absence",
      (redeem) => async (token, proposal) => {
        const answer = await redeem(token, proposal);
        return answer.outcome === "denied" ? { ...answer, denial: { ...answer.denial, seq: null } } : answer;
      },
    ],
    "executes nothing": [
      "control",
      () => async () => ({ outcome: "denied", denial: { code: "KILLED", message: "no", seq: 1 } }),
    ],
  };

  test.each(Object.entries(guards))("by a guard that %s", async (_, [unmet, broken]) => {
    const requirements = await check((options) => ({ redeem: broken(realGuard(options).redeem, options) }));
    expect(levelOf(requirements)).toBe(0);
    expect(requirements.filter((each) => !isMet(each)).map(({ id }) => id)).toContain(unmet);
  });

  test("with a policy that judges otherwise than its vectors say", async () => {
    const deployment = await opened();
    const { evaluator } = deployment;
    const judge: typeof evaluator.judge = (request) => ({ ...evaluator.judge(request), verdict: "allow" });
    const requirements = await selfcheck({ ...deployment, evaluator: { ...evaluator, judge } }, io);
    deployment.close();
    expect(requirements.filter((each) => !isMet(each)).map(({ id }) => id)).toContain("fail_closed");
  });

  const io = { env: {}, now: () => now } as never;
  const opened = async () => openDeployment(await readConfiguration(disk.at("deployment.json")), io);
  async function check(guard: typeof realGuard): Promise<readonly Requirement[]> {
    const deployment = await opened();
    try {
      return await selfcheck(deployment, io, guard);
    } finally {
      deployment.close();
    }
  }
});

describe("what is no deployment: exit 2", () => {
  test.each([
    ["an unknown member", { trusts: [] }, "`trusts` is not known"],
    ["a member of another type", { trust: "issuer.jwk" }, "does not describe a deployment"],
    ["a folder that is not there", { artefacts: "nowhere" }, "there is no such file"],
    ["two who sign", { key: "gateway.key" }, "give one of them"],
    ["no artefacts", { artefacts: undefined }, "no artefacts"],
  ])("%s", async (_, members, said) => {
    disk.configure(members);
    const { code, err } = await run(["selfcheck", disk.at("deployment.json")], { now });
    expect([code, err]).toEqual([2, expect.stringContaining(said)]);
  });
});

test("an export says nothing of where it is kept", async () => {
  copyFileSync(disk.at("people.json"), disk.at("ledger.jsonl"));
  disk.configure({ ledger: "ledger.jsonl" });
  expect((await told()).unmet).toEqual(expect.arrayContaining(["durability", "ledger"]));
});
