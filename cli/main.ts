/** The one front door: picks the sub-command and turns every ending into an exit code (SPEC §13). */
import { type Command, CommanderError } from "commander";
import { makeVisible } from "../compiler/diagnostics/quote.ts";
import { versions } from "../schema/versions.ts";
import type { AddCommand } from "./command.ts";
import { addActivate } from "./commands/activate.ts";
import { addApprove } from "./commands/approve.ts";
import { addAudit } from "./commands/audit.ts";
import { addBundle } from "./commands/bundle.ts";
import { addCheck } from "./commands/check.ts";
import { addClose } from "./commands/close.ts";
import { addCompile } from "./commands/compile.ts";
import { addDiff } from "./commands/diff.ts";
import { addEval } from "./commands/eval.ts";
import { addExplain } from "./commands/explain.ts";
import { addImport } from "./commands/import.ts";
import { addKeygen } from "./commands/keygen.ts";
import { addKill } from "./commands/kill.ts";
import { addProve } from "./commands/prove.ts";
import { addReconcile } from "./commands/reconcile.ts";
import { addReplay } from "./commands/replay.ts";
import { addResume } from "./commands/resume.ts";
import { addSelfcheck } from "./commands/selfcheck.ts";
import { addSign } from "./commands/sign.ts";
import { addStatus } from "./commands/status.ts";
import { addVerify } from "./commands/verify.ts";
import { FrankCommand } from "./frank-command.ts";
import { type ExitCode, type Io, Refused, UsageError } from "./io.ts";

const commands: readonly AddCommand[] = [
  addCompile,
  addCheck,
  addEval,
  addExplain,
  addDiff,
  addBundle,
  addProve,
  addImport,
  addKeygen,
  addSign,
  addVerify,
  addApprove,
  addActivate,
  addKill,
  addClose,
  addResume,
  addSelfcheck,
  addAudit,
  addReplay,
  addReconcile,
  addStatus,
];

/** @param args what stands after `ambit` */
export async function main(args: readonly string[], io: Io): Promise<ExitCode> {
  let ending: ExitCode = 0;
  let isJson = false;
  const program = programOf(io, (code) => {
    ending = code;
  });
  program.hook("preAction", (_, command) => {
    isJson = command.opts().json === true;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return ending;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UsageError) {
      io.stderr.write(`error: ${visible(error.message)}\n`);
      return 2;
    }
    if (error instanceof Refused) {
      const { session, code, message } = error;
      if (isJson) io.stdout.write(`${JSON.stringify({ session, ok: false, code, message })}\n`);
      else io.stderr.write(`error: ${visible(message)} (${code})\n`);
      return 1;
    }
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    io.stderr.write(`internal error: ${visible(text)}\n`);
    return 3;
  }
}

/** What an error quotes, a file's name for one, must not drive the terminal. */
function visible(text: string): string {
  return text.split("\n").map(makeVisible).join("\n");
}

function programOf(io: Io, exit: (code: ExitCode) => void): Command {
  const program = new FrankCommand("ambit")
    .description("Compile, check and try out envelopes: what one agent may do in one task, for how long, and how much.")
    .version(versions.ambit)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError("(`--help` shows an example)")
    .addHelpText("after", "\nExample:\n  $ ambit check envelope.json");
  for (const add of commands) add(program, io, exit);
  return program;
}
