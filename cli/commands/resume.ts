/** `ambit resume`: an operator lets a session go on that a breaker or an incident has stopped, or that is in doubt (SPEC §10, §13). */
import { readFile } from "node:fs/promises";
import { makeVisible } from "../../compiler/diagnostics/quote.ts";
import type { Signer } from "../../runtime/authority/keys.ts";
import type { SessionState } from "../../runtime/ledger/state.ts";
import { readDocument } from "../../runtime/people/document.ts";
import { operatorRole } from "../../runtime/people/resumption.ts";
import { signApproval } from "../../runtime/people/sign.ts";
import type { Resumption } from "../../runtime/session/resume/resume.ts";
import type { AddCommand } from "../command.ts";
import { expandFiles } from "../files.ts";
import { readInstant } from "../instant.ts";
import { coloursOf, type ExitCode, type Io, Refused, UsageError, write } from "../io.ts";
import { openSigner } from "../keys.ts";
import { addOperatorOptions, type OperatorOptions, openOperated } from "../ledger/operated.ts";
import { openPeople } from "../ledger/people.ts";
import { otherRegistryHint, putInForce, usePeopleOption } from "../ledger/use-people.ts";
import { readable } from "../open.ts";

interface ResumeOptions extends OperatorOptions {
  readonly key: string;
  readonly people: string;
  readonly peopleTrust: readonly string[];
  readonly approval?: readonly string[];
  readonly reason?: string;
  readonly usePeople?: true;
  readonly now?: string;
  readonly json?: true;
}

/** How long the approval counts; it is used now. */
const seconds = 300;

const example = `
Examples:
  $ ambit resume --ledger ledger.db --session 4vQ… --key olga.key --people people.signed.json --people-trust office.jwk
  $ ambit resume --ledger ledger.db --session 4vQ… --key olga.key --people people.signed.json --people-trust office.jwk \\
      --approval approvals/resume.ann.json --reason "positions are flat, the feed is right again"

After a breaker's halt, one key in the role \`operator\` is enough. After an incident or a freeze, and where nobody knows how an
effect ended, a second person in another role signs \`ambit approve … --transition resume --session …\` before, and there must be a
reason; in a session that runs, too, which would end as quarantined. A kill is never lifted.`;

export const addResume: AddCommand = (program, io, exit) => {
  addOperatorOptions(program.command("resume").description("let a session go on that is halted, frozen or in doubt"))
    .requiredOption("--key <file | env:NAME>", "the operator's private key")
    .requiredOption("--people <file>", "the signed registry of people")
    .requiredOption("--people-trust <file...>", "public keys of those who may sign it")
    .option(...usePeopleOption)
    .option("--approval <file...>", "approvals that others have signed, or glob patterns")
    .option("--reason <text>", "why it may go on: needed after an incident, a freeze or an unknown outcome")
    .option("--now <time>", "RFC 3339, or milliseconds since 1970; the clock where it is not given")
    .option("--json", "print one JSON object")
    .addHelpText("after", example)
    .action(async (options: ResumeOptions) => exit(await runResume(options, io)));
};

async function runResume(options: ResumeOptions, io: Io): Promise<ExitCode> {
  const signer = await openSigner(options.key, io.env);
  const people = await openPeople(options.people, options.peopleTrust);
  const files = await expandFiles(options.approval ?? []);
  const others = await Promise.all(files.map((file) => readable(file, () => readFile(file, "utf8"))));
  const now = readInstant("--now", options.now, io);
  const { session, close } = await openOperated(options, io, { clock: () => now });
  const resume = async (): Promise<Resumption> => {
    const kept = options.usePeople ? await putInForce(session, people) : undefined;
    if (kept !== undefined) throw new Refused(session.id, kept);
    const own = await approvalOf(signer, session.state, now);
    return session.resume([own, ...others], people, options.reason);
  };
  try {
    const resumption = await resume();
    const hint = isKeyRefused(resumption) ? otherRegistryHint(session, people) : "";
    if (options.json) await write(io.stdout, jsonLine(session.id, resumption, hint));
    else await tell(session.id, resumption, hint, io);
    return resumption.outcome === "resumed" ? 0 : 1;
  } finally {
    await close();
  }
}

async function approvalOf(signer: Signer, { end }: SessionState, now: number): Promise<string> {
  const iat = Math.floor(now / 1000);
  const payload = {
    envelope: end.envelope,
    session: end.session,
    transition: "resume",
    decision: "approve",
    roles: [operatorRole],
    iat,
    exp: iat + seconds,
  };
  const read = readDocument("approval", payload);
  if (!read.ok) throw new UsageError(`what was asked for ${read.reason}`);
  return signApproval(signer, read.document);
}

/** Nobody could tell whoever signed it from the agent. */
function isKeyRefused(resumption: Resumption): boolean {
  return resumption.outcome === "refused" && resumption.code === "RECOVERY_FROM_AGENT_DENIED";
}

function jsonLine(session: string, resumption: Resumption, hint: string): string {
  switch (resumption.outcome) {
    case "resumed":
      return `${JSON.stringify({ session, ok: true, seq: resumption.record.seq })}\n`;
    case "refused": {
      const { code, message, seq } = resumption;
      return `${JSON.stringify({ session, ok: false, code, message, seq, ...(hint === "" ? {} : { hint }) })}\n`;
    }
    case "failed": {
      const { code, message } = resumption.fault;
      return `${JSON.stringify({ session, ok: false, code, message, seq: null })}\n`;
    }
  }
}

async function tell(session: string, resumption: Resumption, hint: string, io: Io): Promise<void> {
  if (resumption.outcome === "resumed") {
    const text = `${coloursOf(io).green("resumed")} ${makeVisible(session)} in record ${resumption.record.seq}\n`;
    await write(io.stdout, text);
    return;
  }
  const { code, message } = resumption.outcome === "refused" ? resumption : resumption.fault;
  await write(io.stderr, `not resumed: ${makeVisible(message)} (${code})\n${hint === "" ? "" : `  ${hint}\n`}`);
  if (resumption.outcome === "refused" && resumption.seq !== null)
    await write(io.stderr, `  recorded as a denial in record ${resumption.seq}\n`);
}
