/** Level 1: no execution without a token that is good for it, every error a denial, every denial on record. */

import { ArtefactsRefused } from "../../runtime/artefacts/refused.ts";
import { verifyArtefacts } from "../../runtime/artefacts/verify.ts";
import { LedgerAudit } from "../../runtime/audit/ledger-audit.ts";
import { reasonOf } from "../../runtime/fault.ts";
import type { Artefacts } from "../../schema/artefacts.ts";
import { canonicalJson } from "../../schema/json/canonical.ts";
import type { Attack } from "./attacks/attack.ts";
import { bypassed } from "./attacks/bypass.ts";
import { faults, type LoadWith } from "./attacks/faults.ts";
import { forged, replayed, tampered, tooOld, withoutToken } from "./attacks/tokens.ts";
import { executes, summed, type Trial, tryAll } from "./attacks/trials.ts";
import { type Requirement, type Seen, seen } from "./requirement.ts";
import { type Bench, openScratch } from "./scratch.ts";
import { allow, type Specimens } from "./specimen/allowed.ts";
import type { Specimen } from "./specimen/specimens.ts";

export interface Given {
  readonly bench: Bench;
  readonly artefacts: Artefacts;
  readonly specimens: readonly Specimen[];
  readonly loadWith: LoadWith;
}

export async function structural(given: Given): Promise<readonly Requirement[]> {
  const { bench, artefacts, loadWith } = given;
  const specimens: Specimens = new Map(given.specimens.map((specimen) => [specimen.effect, specimen]));
  const found = await possible(bench, specimens);
  const { chosen } = found;
  const run = (attacks: readonly Attack[]) => tryAll(bench, attacks, chosen, specimens);
  const trials = {
    withoutToken: await run(withoutToken),
    forged: await run(forged),
    tampered: await run(tampered),
    replayed: await run(replayed),
    tooOld: await run(tooOld),
    bypassed: await run(bypassed),
    faults: await run(faults(loadWith)),
  };
  const requirement = (id: string, name: string, list: readonly Seen[]): Requirement => ({
    id,
    level: 1,
    name,
    seen: list,
  });
  return [
    requirement(
      "control",
      "what is allowed is executed, so that a denial means something",
      await controls(given, found, specimens),
    ),
    requirement("token", "nothing is executed without a token", summed("without a token", trials.withoutToken)),
    requirement("bypass", "no way past the envelope", summed("bypasses", trials.bypassed)),
    requirement("verification", "tokens are bound to gateway, proposal, scope and time", [
      ...summed("forgeries", trials.forged),
      ...summed("tampering", trials.tampered),
      ...summed("replays", trials.replayed),
      ...summed("outside its time", trials.tooOld),
    ]),
    requirement("fail_closed", "every fault is a denial", [
      ...summed("faults", trials.faults),
      flips(artefacts),
      ...vectors(bench, artefacts),
    ]),
    requirement("absence", "each denial is on record: verdict, time, reason, proposal hash, executed: false", [
      recorded(Object.values(trials).flat()),
      await audited(bench, chosen, specimens),
    ]),
  ];
}

interface Possible {
  readonly chosen: readonly Specimen[];
  /** Why not, by effect. */
  readonly not: ReadonlyMap<string, string>;
}

/** Those of which a call can be brought to an allow. */
async function possible(bench: Bench, specimens: Specimens): Promise<Possible> {
  const chosen: Specimen[] = [];
  const not = new Map<string, string>();
  for (const name of Object.keys(bench.evaluator.envelope.effects)) {
    const specimen = specimens.get(name);
    if (specimen === undefined) not.set(name, "the vectors show no call that is allowed and can be written down");
    else {
      const answer = await openScratch(bench, specimen.at)
        .then((scratch) => allow(scratch, specimen, specimens))
        .catch((cause) => ({ ok: false, reason: reasonOf(cause) }) as const);
      if (answer.ok) chosen.push(specimen);
      else not.set(name, answer.reason);
    }
  }
  return { chosen, not };
}

async function controls({ bench }: Given, { chosen, not }: Possible, specimens: Specimens): Promise<readonly Seen[]> {
  const tried: Seen[] = [];
  for (const specimen of chosen) tried.push(await executes(bench, specimen, specimens));
  if (chosen.length === 0) tried.push(seen(false, "no call of any effect can be brought to an allow"));
  return [...tried, ...Array.from(not, ([effect, reason]) => seen(true, `\`${effect}\` is not attacked: ${reason}`))];
}

/** One byte of each file. */
function flips(artefacts: Artefacts): Seen {
  const loaded = [...artefacts].filter(([file, bytes]) => {
    const changed = Uint8Array.from(bytes);
    const middle = bytes.length >> 1;
    changed[middle] = (changed[middle] ?? 0) ^ 1;
    return loads(new Map([...artefacts, [file, changed]]));
  });
  const what = `artefacts with one byte changed: ${artefacts.size - loaded.length} of ${artefacts.size} files refused`;
  return seen(loaded.length === 0, what);
}

function loads(artefacts: Artefacts): boolean {
  try {
    verifyArtefacts(artefacts);
    return true;
  } catch (error) {
    if (error instanceof ArtefactsRefused) return false;
    throw error;
  }
}

interface Vector {
  readonly id: string;
  readonly base?: string;
  readonly request?: unknown;
  readonly want: { readonly verdict: string; readonly violations: readonly string[] };
}

/** Every bound at its limit, and beyond it. */
function vectors({ evaluator }: Bench, artefacts: Artefacts): readonly Seen[] {
  const lines = new TextDecoder().decode(artefacts.get("vectors.jsonl")).split("\n").filter(Boolean);
  const whole = new Map<string, unknown>();
  const wrong: string[] = [];
  for (const line of lines) {
    const { id, base, request, want }: Vector = JSON.parse(line);
    const patched = patch(base === undefined ? undefined : whole.get(base), request);
    whole.set(id, patched);
    const { verdict, violations } = evaluator.judge(Object(patched));
    const got = { verdict, violations: violations.map((violation) => violation.id) };
    if (canonicalJson(got) !== canonicalJson({ verdict: want.verdict, violations: want.violations })) wrong.push(id);
  }
  const what = `boundary vectors: ${lines.length - wrong.length} of ${lines.length} judged as they must be`;
  return [seen(lines.length > 0 && wrong.length === 0, what)];
}

/** RFC 7386. */
function patch(target: unknown, change: unknown): unknown {
  if (typeof change !== "object" || change === null || Array.isArray(change))
    return change === undefined ? target : change;
  const isObject = typeof target === "object" && target !== null && !Array.isArray(target);
  const result = new Map<string, unknown>(isObject ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(change))
    if (value === null) result.delete(name);
    else result.set(name, patch(result.get(name), value));
  return Object.fromEntries(result);
}

function recorded(trials: readonly Trial[]): Seen {
  const repelled = trials.filter(({ isRepelled, isOnRecord }) => isRepelled && isOnRecord !== undefined);
  const kept = repelled.filter(({ isOnRecord }) => isOnRecord === true);
  const missing = repelled.find(({ isOnRecord }) => isOnRecord === false);
  const what = `denials found in the ledger: ${kept.length} of ${repelled.length}`;
  return seen(
    repelled.length > 0 && missing === undefined,
    missing === undefined ? what : `${what}; ${missing.what} is not`,
  );
}

/** The scratch ledger itself is one that an audit believes. */
async function audited(bench: Bench, [specimen]: readonly Specimen[], specimens: Specimens): Promise<Seen> {
  if (specimen === undefined) return seen(false, "no ledger came into being that could be audited");
  const scratch = await openScratch(bench, specimen.at);
  const allowed = await allow(scratch, specimen, specimens);
  if (allowed.ok) await scratch.guardOf(scratch.session).redeem(allowed.token, specimen.proposal);
  await scratch.guardOf(scratch.session).redeem("", specimen.proposal);
  const page = await scratch.store.read(scratch.session.id, 1, 1_000_000);
  const audit = new LedgerAudit({ readEnvelope: () => bench.evaluator.envelope });
  for (const [index, text] of (page.ok ? page.texts : []).entries()) await audit.take({ text, line: index + 1 });
  const findings: string[] = [];
  let records = 0;
  for await (const report of audit.finished()) {
    records += report.records;
    findings.push(...report.problems.map(({ code }) => code));
  }
  const what = `audit of a scratch ledger: ${records} records, ${findings.length} findings`;
  return seen(records > 0 && findings.length === 0, findings.length === 0 ? what : `${what} (${findings.join(", ")})`);
}
