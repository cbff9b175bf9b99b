/** `--session`: the lines run against one session of a ledger file, in order, and the state is the ledger's (SPEC §13). */
import { compile } from "../../compiler/compile.ts";
import { activate } from "../../runtime/activation/activate.ts";
import type { Evaluator } from "../../runtime/evaluator.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";
import { freshState } from "../../runtime/session/fresh.ts";
import { openSession, type Session } from "../../runtime/session/session.ts";
import type { Artefacts } from "../../schema/artefacts.ts";
import type { Registry } from "../../schema/registry.ts";
import { parseTimestamp } from "../../schema/values/timestamp.ts";
import type { Verdict } from "../../schema/verdict.ts";
import { Refused, UsageError } from "../io.ts";
import { isOfLedger } from "../ledger/unopened.ts";
import { type Answer, answerOf, faultyLine, timeOf } from "./answer.ts";
import type { Line, Question } from "./line.ts";

export interface SessionSource {
  /** The ledger: made where there is none. */
  readonly file: string;
  readonly evaluator: Evaluator;
  readonly artefacts: Artefacts;
  readonly registry: Registry | undefined;
  /** Epoch milliseconds, for lines without `now`. */
  readonly clock: () => number;
}

export interface SessionAnswers {
  readonly answer: (line: Line) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

export function sessionAnswers(source: SessionSource): SessionAnswers {
  const store = sqliteStore(source.file);
  const time = { now: 0 };
  let session: Session | undefined;
  return {
    async answer(line) {
      time.now = timeOf(line, source.clock);
      const { question } = line;
      if (!question.ok) return answerOf(line, faultyLine(source.evaluator, question.fault), time.now);
      session ??= await openOrBegin(source, store, time);
      const verdict = await (session === undefined
        ? notYet(source, question.value, time.now)
        : ask(session, question.value));
      return answerOf(line, verdict, time.now);
    },
    close: () => store.close(),
  };
}

function ask(session: Session, { proposal, principal, justification }: Question): Promise<Verdict> {
  const { envelope } = session.evaluator;
  return session.propose(proposal, {
    principal: principal === undefined ? envelope.principal : principal,
    justification,
  });
}

/** Undefined where the envelope cannot be activated at that time. */
async function openOrBegin(
  source: SessionSource,
  store: Store,
  time: { readonly now: number },
): Promise<Session | undefined> {
  const { evaluator, file } = source;
  const { id } = evaluator.envelope;
  const found = await store.claimant(id);
  if (!found.ok)
    throw isOfLedger(found.fault.cause) ? new Refused(null, found.fault) : new UsageError(found.fault.message);
  const name = found.session ?? (await begin(source, store, time.now));
  if (name === undefined) return undefined;
  const opened = await openSession({ store, session: name, evaluator, clock: () => time.now });
  if (!opened.ok) {
    const message = `the session of \`${id}\` in \`${file}\` does not open: ${opened.fault.message}`;
    // Otherwise it is another envelope than the one that was activated: somebody has named the wrong one.
    throw opened.fault.code === "STORE_UNAVAILABLE"
      ? new Refused(name, { ...opened.fault, message })
      : new UsageError(message);
  }
  // Nobody watches a session that was begun here: its evidence is as fresh as the session.
  if (found.session === undefined)
    for (const name of Object.keys(evaluator.envelope.evidence ?? {})) await opened.session.evidence(name, time.now);
  return opened.session;
}

async function begin(
  { evaluator, artefacts, registry, file }: SessionSource,
  store: Store,
  now: number,
): Promise<string | undefined> {
  if (!isValidAt(evaluator, now)) return undefined;
  const activation = await activate({
    store,
    given: artefacts,
    compile: (bytes) => compile(bytes, registry === undefined ? {} : { registry }),
    load: () => evaluator,
    trusted: "local",
    now,
  });
  if (activation.outcome === "activated") return activation.session;
  if (activation.outcome === "failed") throw new UsageError(activation.fault.message);
  const help = activation.check === "approvals" ? ` (activate it first: \`ambit activate … --ledger ${file}\`)` : "";
  throw new UsageError(`the envelope cannot be activated: ${activation.message}${help}`);
}

function isValidAt({ envelope: { validity } }: Evaluator, now: number): boolean {
  const [begin, end] = [parseTimestamp(validity.notBefore), parseTimestamp(validity.expiresAt)];
  return begin.ok && end.ok && begin.value <= now && now < end.value;
}

/** Before or after its time, an envelope has no session: it is judged as one that is not active, and nothing is recorded. */
async function notYet({ evaluator }: SessionSource, question: Question, now: number): Promise<Verdict> {
  const { envelope } = evaluator;
  return evaluator.decide(question.proposal, ({ effect }) => ({
    principal: question.principal === undefined ? envelope.principal : question.principal,
    now,
    state: { ...freshState(envelope, effect, now), phase: "validated" },
  }));
}
