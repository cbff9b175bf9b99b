import { type Mutant, mutant } from "../mutant.ts";

const names = ["test/ledger/sqlite-names.test.ts"];
const folders = ["test/kill/signal-folder.test.ts"];
const broken = ["test/kill/broken-ledger.test.ts"];
const killing = ["test/kill/command.test.ts"];
const exits = ["test/cli/exit-codes.test.ts"];
const holds = ["test/cli/holds.test.ts"];
const reconciling = ["test/reconcile/command.test.ts"];
const purposes = ["test/audit/purposes.test.ts"];
const files = ["test/audit/command.test.ts"];

const quiet = "runtime/node/sqlite-quiet.ts";
const atEnd = "cli/kill/at-end.ts";
const signatures = "runtime/audit/signatures.ts";

/** Ledgers and folders as operators find them, and how their commands end. */
export const operating: readonly Mutant[] = [
  mutant("runtime/node/sqlite-names.ts", "a ledger has two names", "if (links > 1)", "if (links > 9)", names),
  mutant(
    "runtime/node/sqlite-place.ts",
    "a ledger is given a second name while it is in use",
    "expectOneLink(path, found?.nlink ?? 0);",
    "expectOneLink(path, found === undefined ? 1 : 0);",
    names,
  ),
  mutant("runtime/node/sqlite-store.ts", "a ledger is opened by its second name", "place.expectOneName();", "", names),
  mutant(
    quiet,
    "a ledger is read by its second name",
    "  expectOneName(path);",
    '  if (path === "") expectOneName(path);',
    names,
  ),
  mutant(quiet, "a log is looked for beside a link", "realpathSync(given)", "realpathSync(given) && given", names),
  mutant(
    quiet,
    "a reader stays with where a link led",
    "identityOf(given) !== file ||",
    "false && identityOf(given) !== file ||",
    names,
  ),
  mutant(
    "runtime/node/mounts.ts",
    "a name with a space is not known as mounted",
    "parseInt(octal, 8)",
    "parseInt(octal, 10)",
    names,
  ),
  mutant(
    "runtime/node/signal-folder.ts",
    "below a link to nowhere there is no kill",
    "      expectFolder(above);\n",
    "",
    folders,
  ),
  mutant(
    "cli/kill/broken.ts",
    "a broken ledger is not killed",
    "problem === undefined ? undefined : await killAtEnd",
    "problem !== null ? undefined : await killAtEnd",
    broken,
  ),
  mutant(
    atEnd,
    "somebody who may not kill kills a broken ledger",
    "if (!ordered.ok) return ordered;",
    "if (!ordered.ok) return { ok: true, seq: 1 };",
    broken,
  ),
  mutant(atEnd, "a broken ledger is killed each time anew", 'if (last.type === "killed")', "if (last.seq < 0)", broken),
  mutant(
    "cli/kill/keep-receipt.ts",
    "a receipt that cannot be written hides that the session is killed",
    "if (error instanceof UsageError) return",
    'if (error instanceof UsageError && error.message === "") return',
    killing,
  ),
  mutant(
    "cli/ledger/unopened.ts",
    "a ledger that was cut is taken for a file that is none",
    "return !notOurs.has(cause.errcode & 0xff);",
    "return false;",
    exits,
  ),
  mutant(
    "cli/ledger/other-json.ts",
    "an envelope is audited line by line",
    "if (!parsed.ok) return;",
    "if (!parsed.ok || size > 0) return;",
    exits,
  ),
  mutant(
    "cli/commands/status.ts",
    "a registry that is not there is every session's fault",
    "  await readRegistry(options.registry);\n",
    "",
    exits,
  ),
  mutant(
    "cli/commands/replay.ts",
    "an emptied ledger is wrong use",
    "session === undefined ? nothingIn(path) : noSession(session)",
    'noSession(session ?? "")',
    exits,
  ),
  mutant(
    "cli/frank-command.ts",
    "an option that is missing hides the one that is misspelt",
    "parsed.unknown.length > 0",
    "parsed.unknown.length > 9",
    exits,
  ),
  mutant("cli/main.ts", "a refusal is never told in JSON", "command.opts().json === true", "false", exits),
  mutant(
    "cli/commands/kill.ts",
    "a session that there is not cannot be killed for another reason",
    "page.texts.length === 0",
    "page.texts.length < 0",
    exits,
  ),
  mutant(
    "cli/commands/approve.ts",
    "an approval until a time that has gone is recorded",
    "if (end !== undefined) expectLater(now, end);",
    "",
    holds,
  ),
  mutant(
    "cli/commands/reconcile.ts",
    "what is not recorded is not told",
    "if (recorded?.refused !== undefined)",
    "if (recorded?.refused === null)",
    reconciling,
  ),
  mutant(
    signatures,
    "whoever issues may sign receipts",
    "executors ?? noneBeside(keys)",
    "executors ?? keys",
    purposes,
  ),
  mutant(signatures, "whoever issues may report evidence", "feeds ?? noneBeside(keys)", "feeds ?? keys", purposes),
  mutant(
    signatures,
    "a feed may sign receipts",
    "receiptProblem(record, executors",
    "receiptProblem(record, feeds ?? executors",
    purposes,
  ),
  mutant(
    "cli/ledger/source.ts",
    "a carriage return is overlooked without a word",
    'if (text.endsWith("\\r"))',
    'if (text.endsWith("\\r\\r"))',
    files,
  ),
];
