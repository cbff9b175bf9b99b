/** `ambit kill`: a person ends a session at once, and for good (SPEC §10, §13). */
import { makeVisible } from "../../compiler/diagnostics/quote.ts";
import type { KillReceipt } from "../../runtime/authority/token/documents.ts";
import { openLog, type SessionLog } from "../../runtime/ledger/log.ts";
import type { PeopleInForce } from "../../runtime/ledger/people-in-force.ts";
import type { OrderGiven } from "../../runtime/people/order.ts";
import { type Appended, appendSoon } from "../../runtime/session/append.ts";
import { killReceiptOf, signKillReceipt } from "../../runtime/session/kill/receipt.ts";
import { defaultAttempts, stubbornness } from "../../runtime/session/settings.ts";
import type { AddCommand } from "../command.ts";
import { readInstant } from "../instant.ts";
import { coloursOf, type ExitCode, type Io, write } from "../io.ts";
import { openSigner } from "../keys.ts";
import { killedBody } from "../kill/at-end.ts";
import { killBroken, tellUnread } from "../kill/broken.ts";
import { type Kept, keepReceipt } from "../kill/keep-receipt.ts";
import { noSession, onlySession } from "../ledger/operated.ts";
import { type OrderedSession, type Orderer, signedOrder } from "../ledger/order.ts";
import { openPeople } from "../ledger/people.ts";
import { openStore } from "../ledger/store.ts";
import { expectReason } from "../reason.ts";

interface KillOptions {
  readonly ledger: string;
  readonly session?: string;
  readonly key: string;
  readonly people: string;
  readonly peopleTrust: readonly string[];
  readonly reason: string;
  readonly role?: readonly string[];
  readonly receipt?: string;
  readonly now?: string;
  readonly json?: true;
}

/** How long the order counts; it is carried out now. */
const seconds = 300;

const example = `
Example:
  $ ambit kill --ledger ledger.db --session 4vQ… --key ann.key --people people.signed.json --people-trust office.jwk \\
      --reason "orders at the wrong venue"

Anybody whose key counts in the registry may kill; nobody can undo it. A gateway that watches stops its tools as well. Without a
ledger at hand: make the file that the envelope's \`killSwitch.signal\` names in the gateway's signal folder.`;

export const addKill: AddCommand = (program, io, exit) => {
  program
    .command("kill")
    .description("end a session at once: nothing executes in it any more")
    .requiredOption("--ledger <file | url>", "the ledger: an SQLite file that is there, or postgres://…")
    .option("--session <id>", "the session; where it is not given, the only one that has not ended")
    .requiredOption("--key <file | env:NAME>", "the private key of the person who orders it")
    .requiredOption("--people <file>", "the signed registry of people")
    .requiredOption("--people-trust <file...>", "public keys of those who may sign it")
    .requiredOption("--reason <text>", "for those who read the ledger")
    .option("--role <name...>", "in which roles; all that the key has where it is not given")
    .option(
      "--receipt <file>",
      "write the kill receipt, signed by the same key, to a new file; printed where it cannot be written",
    )
    .option("--now <time>", "RFC 3339, or milliseconds since 1970; the clock where it is not given")
    .option("--json", "print one JSON object")
    .addHelpText("after", example)
    .action(async (options: KillOptions) => exit(await runKill(options, io)));
};

async function runKill(options: KillOptions, io: Io): Promise<ExitCode> {
  expectReason(options.reason);
  const signer = await openSigner(options.key, io.env);
  const people = await openPeople(options.people, options.peopleTrust);
  const now = readInstant("--now", options.now, io);
  const orderer: Orderer = { signer, people, roles: options.role, now };
  const unread = (error: unknown) => tellUnread(error, options, io);
  const store = await openStore(options.ledger).catch(unread);
  if (store === undefined) return 1;
  try {
    const session = options.session ?? (await onlySession(store, options.ledger).catch(unread));
    if (session === undefined) return 1;
    const refuse = (code: string, message: string) => tellRefusal(session, code, message, options, io);
    const order = (end: OrderedSession, inForce: PeopleInForce | undefined) =>
      signedOrder(orderer, end, inForce, { order: "kill", reason: options.reason }, seconds);
    const opened = await openLog(store, session);
    if (!opened.ok) {
      const page = await store.read(session, 1, 1);
      if (page.ok && page.texts.length === 0) throw noSession(session);
      const orderAt = (end: OrderedSession) => order(end, undefined);
      return await killBroken(store, session, opened.fault, now, orderAt, options, io);
    }
    const { log } = opened;
    const ordered = await order(log.state.end, log.state.people);
    if (!ordered.ok) return await refuse(ordered.code, ordered.message);
    const killed = await killBy(log, ordered.order, now);
    if (killed?.outcome === "failed") return await refuse(killed.fault.code, killed.fault.message);
    if (killed?.outcome === "refused") return await refuse(killed.problem.code, killed.problem.message);
    const receipt = killReceiptOf(log.state);
    if (receipt === undefined) return await refuse("STORE_UNAVAILABLE", "the ledger does not show the kill");
    const kept =
      options.receipt === undefined
        ? undefined
        : await keepReceipt(options.receipt, await signKillReceipt(signer, log.state));
    await write(
      io.stdout,
      options.json ? jsonOf(receipt, killed, kept) : `${humanOf(receipt, killed, io)}${keptText(kept)}`,
    );
    if (kept === undefined || kept.ok) return 0;
    if (!options.json)
      await write(io.stderr, `killed, but the receipt is in no file: ${makeVisible(kept.unwritten)}\n`);
    return 1;
  } finally {
    await store.close();
  }
}

/** Undefined where the session was killed before: there is nothing more to do. */
async function killBy(log: SessionLog, { text }: OrderGiven, now: number): Promise<Appended | undefined> {
  if (log.state.killed) return undefined;
  return appendSoon(log, defaultAttempts * stubbornness, () => ({
    type: "killed",
    at: Math.max(now, log.state.end.at),
    body: killedBody(text),
  }));
}

async function tellRefusal(
  session: string,
  code: string,
  message: string,
  { json }: KillOptions,
  io: Io,
): Promise<ExitCode> {
  if (json) await write(io.stdout, `${JSON.stringify({ session, ok: false, code, message })}\n`);
  else await write(io.stderr, `not killed: ${makeVisible(message)} (${code})\n`);
  return 1;
}

function jsonOf(receipt: KillReceipt, killed: Appended | undefined, kept: Kept | undefined): string {
  const unkept = kept?.ok === false ? { unwritten: kept.unwritten, receipt: kept.jws } : {};
  return `${JSON.stringify({ ok: true, already: killed === undefined, ...receipt, ...unkept })}\n`;
}

function keptText(kept: Kept | undefined): string {
  if (kept === undefined) return "";
  return kept.ok ? `  receipt ${makeVisible(kept.file)}\n` : `  receipt, in no file: ${kept.jws}\n`;
}

function humanOf(receipt: KillReceipt, killed: Appended | undefined, io: Io): string {
  const { session, seq, signal, inFlight, inFlightCount, reservedCount } = receipt;
  const isNew = killed !== undefined;
  const how = isNew ? "killed" : "was killed before:";
  const by = isNew ? "" : `, by the signal \`${makeVisible(signal)}\``;
  const flying = inFlight.map((call) => {
    const since = new Date(call.consumedAt).toISOString();
    return `    record ${call.seq} ${makeVisible(call.effect)}, redeemed ${since}\n`;
  });
  return [
    `${coloursOf(io).red(how)} ${makeVisible(session)} in record ${seq}${by}\n`,
    `  in flight, and may have happened: ${inFlightCount}\n`,
    ...flying,
    `  allowed, and never happens: ${reservedCount}\n`,
  ].join("");
}
