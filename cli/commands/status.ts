/** `ambit status`: the sessions of a ledger as they stand, what waits for people among them (SPEC §13). */
import type { AddCommand } from "../command.ts";
import { readInstant } from "../instant.ts";
import { coloursOf, type ExitCode, type Io, Refused, UsageError, write } from "../io.ts";
import { livingSessions, type Operated, type OperatorOptions, openOperated } from "../ledger/operated.ts";
import { type LedgerStore, openReader } from "../ledger/store.ts";
import { readRegistry } from "../registry.ts";
import { statusText, unreadText } from "../status/human.ts";
import { type SessionStatus, statusOf, type Unread } from "../status/session-status.ts";

interface StatusOptions extends OperatorOptions {
  readonly watch?: true | string;
  readonly now?: string;
  readonly json?: true;
}

const example = `
Examples:
  $ ambit status --ledger ledger.db
  $ ambit status --ledger postgres://gateway@db/ambit --session 4vQ… --watch

Shown are the sessions that have not ended, or the one that is named: its phase, what broke, what is in flight, what waits for
people, and what remains. The ledger is only read, which needs no key. What an agent says of its calls is marked: nobody has
verified it. Exit status 1 where a session cannot be read, 2 where there is none of that name.`;

export const addStatus: AddCommand = (program, io, exit) => {
  program
    .command("status")
    .description("show live sessions: phase, what broke, what waits for people, what remains")
    .requiredOption("--ledger <file | url>", "the ledger: an SQLite file that is there, or postgres://…")
    .option("--session <id>", "only this session, whether it has ended or not")
    .option("--watch [seconds]", "show it again whenever it has changed, looking every 2 seconds where it is not given")
    .option("--now <time>", "RFC 3339, or milliseconds since 1970; the clock where it is not given")
    .option("--registry <file>", "add flags, evidence names, metrics, actions and checks")
    .option("--json", "print one JSON object for each session")
    .addHelpText("after", example)
    .action(async (options: StatusOptions) => exit(await runStatus(options, io)));
};

async function runStatus(options: StatusOptions, io: Io): Promise<ExitCode> {
  const pause = pauseOf(options.watch);
  // What is wrong with the options is no session's fault.
  const now = options.now === undefined ? undefined : readInstant("--now", options.now, io);
  await readRegistry(options.registry);
  const board = new Board(options, io, now);
  const store = await openReader(options.ledger);
  try {
    let shown = "";
    for (;;) {
      const { text, isWhole } = await board.draw(store);
      if (text !== shown)
        await write(io.stdout, pause !== undefined && io.stdout.isTTY ? `\u001b[2J\u001b[H${text}` : text);
      shown = text;
      if (pause === undefined) return isWhole ? 0 : 1;
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (io.stdout.destroyed) return 0;
    }
  } finally {
    await board.close();
    await store.close();
  }
}

function pauseOf(watch: StatusOptions["watch"]): number | undefined {
  if (watch === undefined) return undefined;
  const seconds = watch === true ? 2 : Number(watch);
  if (seconds > 0 && seconds <= 3_600) return seconds * 1000;
  throw new UsageError("`--watch` takes a number of seconds, 3,600 at most");
}

/** Sessions stay open from one look to the next: to compile their envelopes is most of the work. */
class Board {
  readonly #options: StatusOptions;
  readonly #io: Io;
  readonly #now: number | undefined;
  readonly #open = new Map<string, Operated>();

  /** @param now epoch milliseconds; the clock's where it is undefined */
  constructor(options: StatusOptions, io: Io, now: number | undefined) {
    this.#options = options;
    this.#io = io;
    this.#now = now;
  }

  async draw(store: LedgerStore): Promise<{ readonly text: string; readonly isWhole: boolean }> {
    const { session, json } = this.#options;
    const sessions = session === undefined ? await livingSessions(store) : [session];
    const colours = coloursOf(this.#io);
    const texts: string[] = [];
    let isWhole = true;
    for (const id of sessions) {
      const status = await this.#statusOf(id);
      isWhole &&= status.ok;
      const envelope = this.#open.get(id)?.evaluator.envelope;
      if (json) texts.push(`${JSON.stringify(status)}\n`);
      else if (status.ok && envelope !== undefined) texts.push(statusText(status, envelope, colours));
      else if (!status.ok) texts.push(unreadText(status, colours));
    }
    if (texts.length === 0 && !json) texts.push("no session that has not ended\n");
    return { text: texts.join(json ? "" : "\n"), isWhole };
  }

  async close(): Promise<void> {
    for (const operated of this.#open.values()) await operated.close();
  }

  async #statusOf(id: string): Promise<SessionStatus | Unread> {
    // The gateway's clock may be ahead of the one here: what is on record has happened.
    const last = () => this.#open.get(id)?.session.state.end.at ?? 0;
    const clock = () => Math.max(this.#now ?? this.#io.now(), last());
    try {
      const operated =
        this.#open.get(id) ?? (await openOperated({ ...this.#options, session: id }, this.#io, { clock }, openReader));
      this.#open.set(id, operated);
      return await statusOf(operated.session, operated.store, clock());
    } catch (error) {
      if (error instanceof Refused) return { session: id, ok: false, code: error.code, message: error.message };
      // Where the ledger named the session, the others are shown all the same.
      if (!(error instanceof UsageError) || this.#options.session !== undefined) throw error;
      return { session: id, ok: false, message: error.message };
    }
  }
}
