/** A session in memory with the deployment's own artefacts and keys: what is attacked. Nothing of it is written anywhere. */

import { neededTransitions } from "../../runtime/activation/transitions.ts";
import type { KeyRing } from "../../runtime/authority/key-ring.ts";
import type { Signer } from "../../runtime/authority/keys.ts";
import type { Evaluator } from "../../runtime/evaluator.ts";
import type { GuardOptions, guard as realGuard } from "../../runtime/guard/guard.ts";
import type { Tool } from "../../runtime/guard/tools.ts";
import { parseRecord } from "../../runtime/ledger/chain/parse.ts";
import { beginLog } from "../../runtime/ledger/log.ts";
import type { LedgerRecord } from "../../runtime/ledger/record.ts";
import { memoryStore } from "../../runtime/ledger/store/memory.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { openSession, type Session } from "../../runtime/session/session.ts";
import type { SessionOptions } from "../../runtime/session/settings.ts";
import type { Results } from "../../schema/envelope.ts";
import { parsePointer } from "../../schema/json/pointer.ts";
import { madeUpApproval, madeUpPeople } from "./approvals.ts";
import { place } from "./specimen/arguments.ts";

/** What all scratch sessions of one self-check share. */
export interface Bench {
  readonly evaluator: Evaluator;
  /** The envelope's source. */
  readonly document: string;
  readonly signature: string | undefined;
  /** Who signs tokens here, and the keys by which the executor believes them. */
  readonly signer: Signer;
  readonly keys: KeyRing;
  readonly issuer: string;
  readonly audience: string;
  readonly tokenSeconds: number;
  /** The guard under attack. */
  readonly guard: typeof realGuard;
}

export interface Scratch {
  readonly bench: Bench;
  readonly store: Store;
  readonly session: Session;
  /** Epoch milliseconds. */
  readonly time: { now: number };
  /** The tools that ran. */
  readonly ran: readonly string[];
  /** What tools return, by `effect/result`. */
  readonly results: Map<string, string | number>;
  readonly reopen: (more?: Partial<SessionOptions>) => Promise<Session>;
  readonly guardOf: (session: Session, more?: Partial<GuardOptions>) => ReturnType<typeof realGuard>;
  readonly records: () => Promise<readonly LedgerRecord[]>;
}

/** @throws Error where the session does not open: that is what is wrong with the deployment */
export async function openScratch(bench: Bench, at: number): Promise<Scratch> {
  const { evaluator, document, signature, signer, keys, issuer, audience, tokenSeconds } = bench;
  const store = memoryStore();
  const approvals = neededTransitions(evaluator.envelope).flatMap(({ transition }) =>
    madeUpPeople(2).map((person) => madeUpApproval(person, [], { transition }, at)),
  );
  const body = {
    id: evaluator.envelope.id,
    document,
    policy: evaluator.policyDigest,
    signatures: [signature ?? "{}"],
    ...(approvals.length === 0 ? {} : { approvals }),
  };
  const begun = await beginLog(store, { type: "activated", at, body }, evaluator.envelopeDigest);
  if (begun.outcome !== "begun") throw new Error(`a scratch session does not begin: ${begun.outcome}`);
  const id = begun.log.state.end.session;
  const time = { now: at };
  const clock = () => time.now;
  const settings = { store, session: id, evaluator, clock, tokenSeconds, authority: { signer, issuer, audience } };
  const reopen = async (more: Partial<SessionOptions> = {}) => {
    const opened = await openSession({ ...settings, ...more });
    if (!opened.ok) throw new Error(`a scratch session does not open: ${opened.fault.message}`);
    return opened.session;
  };
  const session = await reopen();
  for (const name of Object.keys(evaluator.envelope.evidence ?? {})) await session.evidence(name, at);
  const ran: string[] = [];
  const results = new Map<string, string | number>();
  const tools = dummiesOf(evaluator, ran, results);
  const guardOf = (of: Session, more: Partial<GuardOptions> = {}) =>
    bench.guard({ session: of, keys, issuer, audience, clock, tools, ...more });
  return { bench, store, session, time, ran, results, reopen, guardOf, records: () => recordsOf(store, id) };
}

/** A tool of each name that the envelope speaks of; that it ran is all that it does. */
function dummiesOf(
  { envelope }: Evaluator,
  ran: string[],
  results: ReadonlyMap<string, string | number>,
): Readonly<Record<string, Tool>> {
  const granted = Object.values(envelope.effects).flatMap(({ tools }) =>
    tools.map((use) => (typeof use === "string" ? use : use.tool)),
  );
  const forbidden = envelope.forbidden.flatMap(({ tool }) => tool ?? []);
  const dummy: Tool = (_, { tool, effect }) => {
    ran.push(tool);
    return { result: resultOf(envelope.effects[effect]?.results ?? {}, effect, results) };
  };
  return Object.fromEntries([...granted, ...forbidden].map((tool) => [tool, dummy]));
}

function resultOf(declared: Results, effect: string, results: ReadonlyMap<string, string | number>): object {
  const whole: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(declared))
    if ("from" in field) place(whole, parsePointer(field.from), results.get(`${effect}/${name}`));
  return whole;
}

async function recordsOf(store: Store, session: string): Promise<readonly LedgerRecord[]> {
  const page = await store.read(session, 1, 1_000_000);
  if (!page.ok) throw new Error(page.fault.message);
  return page.texts.map((text, index) => {
    const parsed = parseRecord(text, index + 1);
    if (!parsed.ok) throw new Error(parsed.problem.message);
    return parsed.record;
  });
}
