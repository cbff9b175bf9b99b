/** `ambit close`: a person ends a session: its witness, its postconditions, its outcome (SPEC §10, §13). */
import { isAbsolute, resolve } from "node:path";
import { makeVisible } from "../../compiler/diagnostics/quote.ts";
import { commandVerifier } from "../../runtime/node/command-verifier.ts";
import type { Closing } from "../../runtime/session/ending/close.ts";
import type { Verifiers } from "../../runtime/session/ending/verifiers.ts";
import type { Session } from "../../runtime/session/session.ts";
import type { AddCommand } from "../command.ts";
import { readInstant } from "../instant.ts";
import { coloursOf, type ExitCode, type Io, UsageError, write } from "../io.ts";
import { openSigner } from "../keys.ts";
import { addOperatorOptions, type OperatorOptions, openOperated } from "../ledger/operated.ts";
import { signedOrder } from "../ledger/order.ts";
import { openPeople } from "../ledger/people.ts";
import { expectReason } from "../reason.ts";

interface CloseOptions extends OperatorOptions {
  readonly key: string;
  readonly people: string;
  readonly peopleTrust: readonly string[];
  readonly reason: string;
  readonly role?: readonly string[];
  readonly verifier?: readonly string[];
  readonly verifySeconds?: string;
  readonly now?: string;
  readonly json?: true;
}

/** How long the order counts; verifiers may take their time. */
const seconds = 3_600;

const example = `
Example:
  $ ambit close --ledger ledger.db --session 4vQ… --key ann.key --people people.signed.json --people-trust office.jwk \\
      --reason "the desk goes home" --verifier no_open_orders=/opt/desk/no-open-orders

The session stops, its witness is written, each postcondition is checked, and the outcome is recorded: the worst wins. A check
without a verifier has failed. What was cut short, the next \`ambit close\` finishes. Exit status 0 where it closes as completed, with
warnings or without; 1 for any other outcome, and where effects are in flight.`;

export const addClose: AddCommand = (program, io, exit) => {
  addOperatorOptions(program.command("close").description("end a session: witness, postconditions, outcome"))
    .requiredOption("--key <file | env:NAME>", "the private key of the person who orders it")
    .requiredOption("--people <file>", "the signed registry of people")
    .requiredOption("--people-trust <file...>", "public keys of those who may sign it")
    .requiredOption("--reason <text>", "for those who read the ledger")
    .option("--role <name...>", "in which roles; all that the key has where it is not given")
    .option("--verifier <name=command...>", "a program, and its arguments, that checks: status 0 where it holds")
    .option("--verify-seconds <number>", "how long a verifier may take; 30 where it is not given")
    .option("--now <time>", "RFC 3339, or milliseconds since 1970; the clock where it is not given")
    .option("--json", "print one JSON object")
    .addHelpText("after", example)
    .action(async (options: CloseOptions) => exit(await runClose(options, io)));
};

async function runClose(options: CloseOptions, io: Io): Promise<ExitCode> {
  expectReason(options.reason);
  const signer = await openSigner(options.key, io.env);
  const people = await openPeople(options.people, options.peopleTrust);
  const verifySeconds = secondsOf(options.verifySeconds);
  const verifiers = verifiersOf(options.verifier ?? [], verifySeconds);
  const now = readInstant("--now", options.now, io);
  // The clock of the program goes on from there: what verifiers take is not hidden.
  const begun = io.now();
  const clock = () => now + (io.now() - begun);
  const { session, close } = await openOperated(options, io, {
    clock,
    verifiers,
    verifySeconds: Math.min(verifySeconds + 5, 3_600),
  });
  try {
    const orderer = { signer, people, roles: options.role, now };
    const what = { order: "close", reason: options.reason } as const;
    const { end, people: inForce } = session.state;
    const verified = await signedOrder(orderer, end, inForce, what, seconds);
    if (!verified.ok) return await refuse(options, session, io, verified.code, verified.message);
    return await answer(options, session, io, await session.close(verified.order));
  } finally {
    await close();
  }
}

async function answer(options: CloseOptions, session: Session, io: Io, closing: Closing): Promise<ExitCode> {
  switch (closing.outcome) {
    case "closed":
      await write(io.stdout, options.json ? jsonOf(session, closing.as) : humanOf(session, closing.as, io));
      return closing.as === "completed" || closing.as === "completed_with_warnings" ? 0 : 1;
    case "in_flight": {
      const until = new Date(closing.until).toISOString();
      const message = `the effects of these records are in flight, until ${until} at the latest: ${closing.effects.join(", ")}`;
      return refuse(options, session, io, "EFFECT_IN_FLIGHT", message);
    }
    case "refused":
      return refuse(options, session, io, closing.problem.code, closing.problem.message);
    case "failed":
      return refuse(options, session, io, closing.fault.code, closing.fault.message);
  }
}

async function refuse(
  { json }: CloseOptions,
  { id }: Session,
  io: Io,
  code: string,
  message: string,
): Promise<ExitCode> {
  if (json) await write(io.stdout, `${JSON.stringify({ session: id, ok: false, code, message })}\n`);
  else await write(io.stderr, `not closed: ${makeVisible(message)} (${code})\n`);
  return 1;
}

function checksOf({ state }: Session) {
  return [...state.ending.checks].map(([id, { holds, critical }]) => ({ id, holds, critical }));
}

function jsonOf(session: Session, as: string): string {
  const { seq } = session.state.end.head;
  return `${JSON.stringify({ session: session.id, ok: true, as, seq, postconditions: checksOf(session) })}\n`;
}

function humanOf(session: Session, as: string, io: Io): string {
  const { green, red } = coloursOf(io);
  const lines = checksOf(session).map(({ id, holds, critical }) => {
    const said = holds ? green("holds") : red(critical ? "does not hold" : "does not hold (a warning)");
    return `  ${makeVisible(id)} ${said}\n`;
  });
  return [`closed ${session.id} as ${as}\n`, ...lines].join("");
}

function secondsOf(given: string | undefined): number {
  const value = Number(given ?? 30);
  if (Number.isInteger(value) && value >= 1 && value <= 3_600) return value;
  throw new UsageError(`\`--verify-seconds\` is a whole number from 1 to 3600, not \`${given}\``);
}

/** `NAME=COMMAND`: a path and arguments between spaces. No shell reads it, so that nothing in it is quoted. */
function verifiersOf(given: readonly string[], timeout: number): Verifiers {
  const verifiers: Record<string, Verifiers[string]> = Object.create(null);
  for (const text of given) {
    const [, name, command] = /^([A-Za-z]\w{0,63})=(\S.*)$/.exec(text) ?? [];
    const [file, ...args] = (command ?? "").split(/ +/);
    if (name === undefined || file === undefined || file === "")
      throw new UsageError(`\`--verifier\` takes NAME=COMMAND, not \`${text}\``);
    if (name in verifiers) throw new UsageError(`\`--verifier\` names \`${name}\` twice`);
    verifiers[name] = commandVerifier(isAbsolute(file) ? file : resolve(file), args, { seconds: timeout });
  }
  return verifiers;
}
