/** A session opened from its ledger alone: the envelope stands in its first record, and is compiled from there. */
import type { Command } from "commander";
import { compile } from "../../compiler/compile.ts";
import { makeVisible } from "../../compiler/diagnostics/quote.ts";
import type { Evaluator } from "../../runtime/evaluator.ts";
import { reasonOf } from "../../runtime/fault.ts";
import { parseRecord } from "../../runtime/ledger/chain/parse.ts";
import type { LedgerRecord } from "../../runtime/ledger/record.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { createHost } from "../../runtime/load.ts";
import { cedarWasm } from "../../runtime/node/cedar-wasm.ts";
import { openSession, type Session } from "../../runtime/session/session.ts";
import type { SessionOptions } from "../../runtime/session/settings.ts";
import type { Registry } from "../../schema/registry.ts";
import { type Io, Refused, UsageError } from "../io.ts";
import { readRegistry } from "../registry.ts";
import { type LedgerStore, openStore } from "./store.ts";

export interface OperatorOptions {
  readonly ledger: string;
  readonly session?: string;
  readonly registry?: string;
}

/** What all commands of operators take. */
export function addOperatorOptions(command: Command): Command {
  return command
    .requiredOption("--ledger <file | url>", "the ledger: an SQLite file that is there, or postgres://…")
    .option("--session <id>", "the session; where it is not given, the only one that has not ended")
    .option("--registry <file>", "add flags, evidence names, metrics, actions and checks");
}

export interface Operated {
  readonly store: LedgerStore;
  readonly session: Session;
  readonly evaluator: Evaluator;
  readonly close: () => Promise<void>;
}

type More = Omit<Partial<SessionOptions>, "store" | "session" | "evaluator">;

/**
 * @param more what the session is opened with besides; its clock is that of `io` where none is given
 * @param open `openReader` for who only looks
 * @throws UsageError where there is no such session; Refused where it does not open
 */
export async function openOperated(
  { ledger, session, registry }: OperatorOptions,
  io: Io,
  more: More = {},
  open: (ledger: string) => Promise<LedgerStore> = openStore,
): Promise<Operated> {
  const names = await readRegistry(registry);
  const store = await open(ledger);
  try {
    const id = session ?? (await onlySession(store, ledger));
    const evaluator = await evaluatorOf(store, id, names, (message) => io.stderr.write(`${makeVisible(message)}\n`));
    const opened = await openSession({ clock: io.now, ...more, store, session: id, evaluator });
    if (!opened.ok) {
      evaluator.drop();
      const message = `the session \`${id}\` does not open: ${opened.fault.message}`;
      throw new Refused(id, { ...opened.fault, message });
    }
    const close = async () => {
      evaluator.drop();
      await store.close();
    };
    return { store, session: opened.session, evaluator, close };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Every session that has not ended, by id. @throws Refused where the ledger cannot be read */
export async function livingSessions(store: LedgerStore): Promise<readonly string[]> {
  const all: string[] = [];
  for (;;) {
    const page = await store.openSessions(all.at(-1) ?? "", pageLength);
    if (!page.ok) throw new Refused(null, page.fault);
    all.push(...page.sessions);
    if (page.sessions.length < pageLength) return all;
  }
}

const pageLength = 100;

/** @throws UsageError where there is none, or more than one */
export async function onlySession(store: LedgerStore, ledger: string): Promise<string> {
  const [only, ...others] = await livingSessions(store);
  if (only === undefined) throw new UsageError(`\`${shown(ledger)}\` holds no session that has not ended`);
  if (others.length === 0) return only;
  throw new UsageError(
    `\`${shown(ledger)}\` holds ${others.length + 1} sessions that have not ended: name one with \`--session\` (\`ambit status\` lists them)`,
  );
}

/** What is said where a store that answers has no record of the session. */
export function noSession(session: string): UsageError {
  return new UsageError(`the ledger has no session \`${session}\``);
}

/** @throws UsageError where there is none; Refused where it cannot be read */
export async function firstRecord(store: Store, session: string): Promise<LedgerRecord> {
  const page = await store.read(session, 1, 1);
  if (!page.ok) throw new Refused(session, page.fault);
  const [text] = page.texts;
  if (text === undefined) throw noSession(session);
  const parsed = parseRecord(text, 1);
  if (parsed.ok) return parsed.record;
  throw new Refused(session, {
    code: "STORE_UNAVAILABLE",
    message: `the ledger is broken: ${parsed.problem.message}`,
  });
}

/** A URL may hold a password. */
function shown(ledger: string): string {
  return ledger.includes("://") ? "the database" : ledger;
}

/**
 * The engines of the envelope that the session's first record holds.
 *
 * @throws UsageError where there is none that could be judged by; Refused where the ledger is broken
 */
export async function evaluatorOf(
  store: Store,
  session: string,
  registry: Registry | undefined,
  onFault: (message: string) => void,
): Promise<Evaluator> {
  const record = await firstRecord(store, session);
  if (record.type !== "activated")
    throw new UsageError(`the session \`${session}\` was rejected: there is nothing in it`);
  const source = new TextEncoder().encode(record.body.document);
  const host = createHost({
    cedarWasm: await cedarWasm(),
    onFault: ({ code, message }) => onFault(`${code}: ${message}`),
  });
  try {
    const { artefacts } = compile(source, registry === undefined ? {} : { registry });
    if (artefacts !== undefined) return host.load(artefacts);
  } catch (error) {
    throw new UsageError(`the envelope of \`${session}\` does not load: ${reasonOf(error)}`);
  }
  throw new UsageError(
    `the envelope of \`${session}\` does not compile: name the registry that it needs (\`--registry\`)`,
  );
}
