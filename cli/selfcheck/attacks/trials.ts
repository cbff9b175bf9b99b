/** The attacks carried out, each on a session of its own, and whether their denials are on record (invariant 4). */
import { proposalHash } from "../../../runtime/proposal-hash.ts";
import { type Seen, seen } from "../requirement.ts";
import { type Bench, openScratch, type Scratch } from "../scratch.ts";
import { type Allowed, allow, type Specimens } from "../specimen/allowed.ts";
import type { Specimen } from "../specimen/specimens.ts";
import { type Attack, type Ending, present } from "./attack.ts";

export interface Trial {
  readonly effect: string;
  readonly what: string;
  readonly isRepelled: boolean;
  /** What was answered instead, or what ran. */
  readonly said: string;
  /** Undefined where nothing could be written, as there was no store. */
  readonly isOnRecord: boolean | undefined;
}

type Ready = { readonly ok: true; readonly scratch: Scratch; readonly allowed: Allowed } | NotReady;
type NotReady = { readonly ok: false; readonly reason: string };

async function ready(bench: Bench, specimen: Specimen, specimens: Specimens): Promise<Ready> {
  const scratch = await openScratch(bench, specimen.at);
  const allowed = await allow(scratch, specimen, specimens);
  return allowed.ok ? { ok: true, scratch, allowed } : allowed;
}

/** Without an allowed call that is executed, a denial shows nothing. */
export async function executes(bench: Bench, specimen: Specimen, specimens: Specimens): Promise<Seen> {
  const { effect, proposal } = specimen;
  const begun = await ready(bench, specimen, specimens);
  if (!begun.ok) return seen(false, begun.reason);
  const before = begun.scratch.ran.length;
  const ending = await present(begun.scratch, begun.allowed.token, proposal);
  const ran = begun.scratch.ran.length - before;
  return ending.isDenied || ran !== 1
    ? seen(false, `an allowed call of \`${effect}\` is not executed: ${ending.codes.join(", ")}`)
    : seen(true, `an allowed call of \`${effect}\` is executed, once`);
}

export async function tryAll(
  bench: Bench,
  attacks: readonly Attack[],
  chosen: readonly Specimen[],
  specimens: Specimens,
): Promise<readonly Trial[]> {
  const trials: Trial[] = [];
  for (const specimen of chosen)
    for (const attack of attacks) {
      const trial = await tryOne(bench, attack, specimen, specimens);
      if (trial !== undefined) trials.push(trial);
    }
  return trials;
}

async function tryOne(
  bench: Bench,
  attack: Attack,
  specimen: Specimen,
  specimens: Specimens,
): Promise<Trial | undefined> {
  const { effect } = specimen;
  const failed = (said: string): Trial => ({
    effect,
    what: attack.what,
    isRepelled: false,
    said,
    isOnRecord: undefined,
  });
  const begun = await ready(bench, specimen, specimens);
  if (!begun.ok) return failed(begun.reason);
  const { scratch, allowed } = begun;
  const before = scratch.ran.length;
  const ending = await attack.run({ scratch, specimen, specimens, allowed });
  if (ending === undefined) return undefined;
  const ran = scratch.ran.length - before - (ending.rightful ?? 0);
  const isExpected = ending.isDenied && ending.codes.some((code) => attack.codes.includes(code));
  if (ran !== 0) return failed(`a tool ran (${ending.codes.join(", ")})`);
  if (!isExpected) return failed(`answered with ${ending.codes.join(", ") || "nothing"}`);
  return {
    effect,
    what: attack.what,
    isRepelled: true,
    said: ending.codes.join(", "),
    isOnRecord: await onRecord(ending),
  };
}

/** Observable absence: verdict, time, reason, the proposal's hash, and that nothing was executed. */
async function onRecord({ scratch, seq, codes, proposal }: Ending): Promise<boolean | undefined> {
  if (seq === null) return codes.includes("STORE_UNAVAILABLE") ? undefined : false;
  const record = (await scratch.records())[seq - 1];
  if (record?.type !== "decided") return false;
  const { verdict, violations, executed, proposalHash: hash } = record.body;
  const wanted = proposalHash(proposal, scratch.bench.evaluator.limits) ?? null;
  return (
    verdict === "deny" &&
    violations.some(({ code }) => codes.includes(code)) &&
    executed === false &&
    hash === wanted &&
    record.at > 0
  );
}

/** One line for a whole row of attacks, and one for each that got through. */
export function summed(what: string, trials: readonly Trial[]): readonly Seen[] {
  if (trials.length === 0) return [seen(false, `${what}: nothing could be attempted`)];
  const through = trials.filter(({ isRepelled }) => !isRepelled);
  const kinds = new Set(trials.map((trial) => trial.what)).size;
  const repelled = trials.length - through.length;
  return [
    seen(through.length === 0, `${what}: ${repelled} of ${trials.length} attempts denied, ${kinds} kinds`),
    ...through.map((trial) => seen(false, `${trial.what}, \`${trial.effect}\`: ${trial.said}`)),
  ];
}
