/**
 * Each engine fails and lies in every way there is, one engine at a time, inside its real instances: nothing is allowed that
 * the envelope denies, the instance is thrown away, and the next honest answer is right.
 *
 * AMBIT_FAULT_RUNS says how often, AMBIT_SEED repeats a run. Two engines that give the same wrong answer to the same request
 * are believed: that they share no code is what stands against it, and no test of a host can.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Evaluator } from "../../runtime/index.ts";
import type { EngineName, Verdict } from "../../schema/verdict.ts";
import { figure } from "../figure.ts";
import { type Case, casesOf } from "./cases.ts";
import { type HeldHost, heldHost } from "./hosts.ts";
import { hands, reachIntoInstances } from "./instances.ts";
import { isFailure, isLie, type Kind, kinds } from "./kinds.ts";
import { openWorlds, type Question } from "./worlds.ts";

const runs = Number(process.env.AMBIT_FAULT_RUNS ?? 500);
const seed = Number(process.env.AMBIT_SEED ?? Math.floor(Math.random() * 2 ** 31));

reachIntoInstances();

/** Of one another's weight in time: a new instance of Cedar takes a hundred times as long as one of Rego's. */
const lineUps: readonly (readonly [weight: number, ...engines: EngineName[]])[] = [
  [1, "cedar"],
  [5, "rego"],
  [2, "reference"],
  [6, "cedar", "rego"],
  [5, "reference", "rego"],
  [3, "cedar", "rego", "reference"],
];
const engineWeights: Readonly<Record<EngineName, number>> = { cedar: 1, rego: 5, reference: 3 };
/** Questions to one envelope in one host, so that not each of them needs its policies prepared anew. */
const trialsEach = 25;

const tally = {
  decisions: 0,
  faults: Object.fromEntries(kinds.map((kind) => [kind, 0])),
  wrongAllows: 0,
  /** Lies that say allow where the envelope denies. */
  temptations: 0,
  rebuilds: 0,
  events: 0,
};

test(`no fault of one engine allows anything, ${runs} times`, { timeout: 120_000 + runs * 40 }, async () => {
  const worlds = await openWorlds(seed, Math.min(40, Math.ceil(runs / 250)));
  const rounds = fc.oneof(
    ...lineUps.map(([weight, ...engines]) => {
      const held = heldHost(engines);
      const evaluators = worlds.map(({ artefacts }) => held.host.load(artefacts));
      const trials = fc.array(trialIn(held), { minLength: trialsEach, maxLength: trialsEach });
      const world = fc.nat(worlds.length - 1);
      return { weight, arbitrary: fc.record({ evaluators: fc.constant(evaluators), world, trials }) };
    }),
  );
  const property = fc.property(rounds, ({ evaluators, world, trials }) => {
    const pool = worlds[world]!.questions;
    for (const { how, asked, before, next, pick } of trials) {
      const [one, other, another] = [asked, before, next].map((n) => pool[n % pool.length]!);
      last = how.name;
      endure(how, evaluators[world]!, { asked: one!, before: other!, next: another!, pick });
    }
  });
  const { failed, errorInstance } = fc.check(property, { seed, numRuns: runs / trialsEach, endOnFailure: true });
  if (failed) throw new Error(`AMBIT_SEED=${seed} ${last}: ${String(errorInstance)}`, { cause: errorInstance });
  const byKind = Object.entries(tally.faults).map(([kind, times]) => `${kind} ${times}`);
  const injected = Object.values(tally.faults).reduce((sum, times) => sum + times, 0);
  figure(
    `faults: ${tally.decisions} decisions, ${injected} faults injected (${byKind.join(", ")}), ${tally.wrongAllows} wrong ` +
      `allows, ${tally.temptations} lies that said allow, ${tally.rebuilds} rebuilds, ${tally.events} events (seed ${seed})`,
  );
  expect(tally.wrongAllows).toBe(0);
  for (const [kind, times] of Object.entries(tally.faults)) expect(times, kind).toBeGreaterThan(runs / 100);
  expect(tally.temptations).toBeGreaterThan(runs / 100);
});

/** What the last trial was about, for the report of a failure. */
let last = "";

function trialIn(held: HeldHost) {
  const pick = fc.nat(10_000);
  const engines = held.engines.map((engine) => {
    const cases = casesOf(held).filter((each) => each.engine === engine);
    const alike = [...Map.groupBy(cases, ({ kind }) => kind)];
    const arbitrary = fc.oneof(
      ...alike.map(([kind, some]) => ({ weight: weightOf(engine, kind), arbitrary: fc.constantFrom(...some) })),
    );
    return { weight: engineWeights[engine], arbitrary };
  });
  return fc.record({ how: fc.oneof(...engines), asked: pick, before: pick, next: pick, pick });
}

/** All the memory that Cedar can get is 4 GiB: taking it takes long. */
function weightOf(engine: EngineName, kind: Kind): number {
  return engine === "cedar" && kind === "out of memory" ? 1 : 5;
}

interface Trial {
  readonly asked: Question;
  /** Asked before, so that there is an answer to mistake for the one to `asked`. */
  readonly before: Question;
  readonly next: Question;
  readonly pick: number;
}

function endure(how: Case, evaluator: Evaluator, { asked, before, next, pick }: Trial): void {
  const { host, kind } = how;
  const stale = how.prepare(() => {
    const verdict = before.ask(evaluator);
    if (how.isCold) expectDistrust(how, verdict, before);
    else expectHonest(host, verdict, before);
  });
  const made = instancesMade();
  const renewed = renewals(host);
  let verdict: Verdict | undefined;
  const times = how.tamper(
    () => {
      verdict = asked.ask(evaluator);
    },
    { pick, stale, askAgain: () => before.ask(evaluator) },
  );
  if (verdict === undefined) throw new Error("no verdict");
  if (times > 0) tally.faults[kind] = (tally.faults[kind] ?? 0) + 1;
  if (verdict.verdict === "allow" && asked.honest.verdict !== "allow") tally.wrongAllows += 1;

  const mustFail = times > 0 && isFailure(kind);
  const mayFail = times > 0 && isLie(kind);
  const [report] = host.reports;
  expect(report !== undefined, how.name).toBe(mustFail || (mayFail && report !== undefined));
  if (report === undefined) {
    expectHonest(host, verdict, asked);
    return;
  }

  const distrusted = expectDistrust(how, verdict, asked);
  for (const engine of host.engines)
    expect(renewals(host)[engine] - renewed[engine]).toBe(distrusted.includes(engine) ? 1 : 0);
  expect(instancesMade()).toBe(made);
  expectHonest(host, asked.ask(evaluator), asked);
  const rebuilt = instancesMade() - made;
  expect(rebuilt).toBe(distrusted.filter((engine) => engine !== "reference").length);
  tally.rebuilds += rebuilt;
  expectHonest(host, next.ask(evaluator), next);
}

/** The verdict is what the reference says, and the subscriber has heard nothing. */
function expectHonest(host: HeldHost, { verdict, violations, engines }: Verdict, { honest }: Question): void {
  tally.decisions += 1;
  expect({ verdict, violations: violations.map(({ id }) => id), engines, reports: host.reports }).toEqual({
    ...honest,
    engines: host.engines,
    reports: [],
  });
}

/** The verdict is deny, and the subscriber has heard why. Answers which engines are no longer trusted. */
function expectDistrust(how: Case, verdict: Verdict, { honest }: Question): readonly EngineName[] {
  const { host, engine, kind } = how;
  tally.decisions += 1;
  const [report, ...others] = host.reports.splice(0);
  if (report === undefined) throw new Error("the subscriber has heard nothing");
  tally.events += 1;
  expect(others).toEqual([]);

  const answered = report.outcomes.flatMap((outcome) => (outcome.ok ? [outcome] : []));
  const failed = report.outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome]));
  const { code, message, request, envelopeDigest } = report;
  expect(code).toBe(failed.length > 0 ? "ENGINE_FAILURE" : "ENGINE_DISAGREEMENT");
  if (isFailure(kind)) expect(code).toBe("ENGINE_FAILURE");
  expect(verdict).toMatchObject({
    ...{ verdict: "deny", code, primary: "engine", request, envelopeDigest },
    violations: [{ id: "engine", code, pointer: "", message }],
    engines: answered.map((outcome) => outcome.engine),
  });
  expect(request).not.toBeNull();
  expect(report.outcomes.map((outcome) => outcome.engine)).toEqual(host.engines);
  expect(failed.every((outcome) => outcome.engine === engine && outcome.reason !== "")).toBe(true);
  for (const { engine: other, answer } of answered) {
    if (other !== engine) expect(answer).toEqual(honest);
    else if (answer.verdict === "allow" && honest.verdict !== "allow") tally.temptations += 1;
  }
  return failed.length > 0 ? [engine] : host.engines;
}

function instancesMade(): number {
  return hands.cedar.made + hands.rego.made;
}

function renewals({ hands }: HeldHost): Readonly<Record<EngineName, number>> {
  return { cedar: hands.cedar.renewed, rego: hands.rego.renewed, reference: hands.reference.renewed };
}
