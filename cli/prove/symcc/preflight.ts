/** Whether the tools are there and can be believed: a claim that holds and one that does not, before any that matters. */
import type { Asked } from "../question.ts";
import { runProcess } from "./processes.ts";
import { openSymcc, type Tools } from "./symcc.ts";

export type Preflight =
  /** `version` as `cedar --version` has it. */
  | { readonly ok: true; readonly version: string }
  /** What to do, for the user. */
  | { readonly ok: false; readonly advice: string };

const everything = "permit (principal, action, resource);";

export async function preflight(tools: Tools, schema: string, action: string): Promise<Preflight> {
  const { cedar, solver, env, timeoutMilliseconds } = tools;
  const greeting = await runProcess(cedar, ["--version"], env, timeoutMilliseconds);
  if (greeting.kind === "not_started") return { ok: false, advice: adviceOnCedar(cedar) };
  const solving = await runProcess(solver, ["--version"], env, timeoutMilliseconds);
  if (solving.kind === "not_started") return { ok: false, advice: adviceOnSolver(solver) };
  const symcc = await openSymcc(tools, schema);
  try {
    const ask = async (question: Asked["question"]) => (await symcc.ask({ action, question })).answer;
    const proof = await ask({ check: "never-errors", policies: everything });
    if (proof.kind === "unsettled") return { ok: false, advice: adviceOn(proof.reason, cedar) };
    const refutation = await ask({ check: "never-matches", policies: everything });
    if (refutation.kind === "unsettled") return { ok: false, advice: adviceOn(refutation.reason, cedar) };
    if (proof.kind !== "holds" || refutation.kind !== "fails") return { ok: false, advice: disbelief(cedar) };
    return { ok: true, version: greeting.kind === "ended" ? greeting.stdout.trim() : "" };
  } finally {
    await symcc.close();
  }
}

const howToInstall = "`cargo install cedar-policy-cli@4.14.1 --features analyze --locked` installs one";

function adviceOnCedar(cedar: string): string {
  return `\`${cedar}\` does not start: \`ambit prove\` needs the command line of Cedar, with symcc; ${howToInstall}, and \`--cedar\` names one that is not on the PATH`;
}

function adviceOnSolver(solver: string): string {
  return `\`${solver}\` does not start: \`ambit prove\` needs the solver cvc5 (https://github.com/cvc5/cvc5/releases); \`--solver\` or the environment variable CVC5 names one that is not on the PATH`;
}

function adviceOn(reason: string, cedar: string): string {
  if (/unrecognized subcommand|built without|analyze/.test(reason)) {
    return `\`${cedar}\` has no \`symcc\`: ${howToInstall}`;
  }
  return `\`${cedar} symcc\` does not work here: ${reason}`;
}

function disbelief(cedar: string): string {
  return `\`${cedar} symcc\` cannot be believed: it proves what does not hold, or refutes what does`;
}
