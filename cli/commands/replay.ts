/** `ambit replay`: every recorded verdict, judged again by every engine, compared bit for bit (SPEC §7, §13). */
import { Option } from "commander";
import { reasonOf } from "../../runtime/fault.ts";
import { parseRecord } from "../../runtime/ledger/chain/parse.ts";
import type { EngineName } from "../../schema/verdict.ts";
import type { AddCommand } from "../command.ts";
import { coloursOf, type ExitCode, type Io, Refused, write } from "../io.ts";
import { JudgeRoom } from "../ledger/judges.ts";
import { noSession } from "../ledger/operated.ts";
import { humanReport, isFaithful, jsonReport } from "../ledger/replay-report.ts";
import { SessionReplay } from "../ledger/session-replay.ts";
import { type LedgerSource, openLedger } from "../ledger/source.ts";
import { isUrl } from "../ledger/store.ts";
import { progressOn } from "../progress.ts";
import { readRegistry } from "../registry.ts";

interface ReplayOptions {
  readonly session?: string;
  readonly engine: "all" | "both" | EngineName;
  readonly registry?: string;
  readonly json?: true;
}

const example = `
Examples:
  $ ambit replay ledger.db
  $ ambit replay ledger.jsonl --engine rego --json

Each session's envelope is compiled from its own first record; requests are judged as they were recorded. That the ledger itself
is sound, \`ambit audit\` tells. Exit status 1 if a verdict, a violation or an engine's answer is another one now.`;

const engines: Readonly<Record<ReplayOptions["engine"], readonly EngineName[]>> = {
  all: ["cedar", "rego", "reference"],
  both: ["cedar", "rego"],
  cedar: ["cedar"],
  rego: ["rego"],
  reference: ["reference"],
};

export const addReplay: AddCommand = (program, io, exit) => {
  program
    .command("replay")
    .description("judge every recorded request again, and compare the verdicts")
    .argument("<ledger>", "a SQLite file, postgres://…, or records as JSON lines; `-` reads them from standard input")
    .option("--session <id>", "only this session")
    .addOption(new Option("--engine <name>", "who judges").choices(Object.keys(engines)).default("all"))
    .option("--registry <file>", "add flags, evidence names, metrics, actions and checks")
    .option("--json", "print one JSON object for each session")
    .addHelpText("after", example)
    .action(async (path: string, options: ReplayOptions) => exit(await runReplay(path, options, io)));
};

async function runReplay(path: string, options: ReplayOptions, io: Io): Promise<ExitCode> {
  const { session, engine, json } = options;
  const room = await JudgeRoom.open(engines[engine], await readRegistry(options.registry));
  const source = await openLedger(path, session, io);
  const progress = progressOn(io.stderr, "records", io.now);
  let isAllFaithful = true;
  let sessions = 0;
  try {
    for await (const replay of replaysOf(source, room, engines[engine], session, progress.tick)) {
      const report = replay.end();
      sessions += 1;
      isAllFaithful &&= isFaithful(report);
      progress.end();
      await write(io.stdout, json ? jsonReport(report) : humanReport(report, coloursOf(io)));
    }
  } finally {
    progress.end();
    room.close();
    await source.close();
  }
  if (sessions === 0) throw session === undefined ? nothingIn(path) : noSession(session);
  return isAllFaithful ? 0 : 1;
}

/** A ledger was there: that it is empty is found, as an audit finds it. */
function nothingIn(path: string): Refused {
  const ledger = isUrl(path) ? "the database" : path === "-" ? "standard input" : `\`${path}\``;
  return new Refused(null, { code: "SESSION_MISSING", message: `${ledger} holds no records that could be replayed` });
}

async function* replaysOf(
  source: LedgerSource,
  room: JudgeRoom,
  judging: readonly EngineName[],
  only: string | undefined,
  tick: (count: number) => void,
): AsyncGenerator<SessionReplay> {
  const replays = new Map<string, SessionReplay>();
  const of = (session: string): SessionReplay => {
    const replay = replays.get(session) ?? new SessionReplay(session, room, judging);
    replays.set(session, replay);
    return replay;
  };
  let current: string | undefined;
  try {
    for await (const { text, lacks = "is no text", line, row } of source.lines) {
      if (source.inOrder && row !== undefined && row.session !== current) {
        yield* replays.values();
        replays.clear();
        current = row.session;
      }
      tick(line);
      const parsed = text === undefined ? undefined : parseRecord(text, row?.seq ?? line);
      const session = parsed?.ok ? parsed.record.session : (row?.session ?? "");
      if (only !== undefined && session !== only && session !== "") continue;
      if (parsed?.ok) of(session).take(parsed.record);
      else
        of(session).fail(parsed ? `line ${line} cannot be read: ${parsed.problem.message}` : `line ${line} ${lacks}`);
    }
  } catch (error) {
    of(current ?? "").fail(`the ledger cannot be read on: ${reasonOf(error)}`);
  }
  yield* replays.values();
}
