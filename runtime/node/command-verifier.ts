/** A verifier that is a program: it runs apart from the host, and has nothing of the host's but what it is told (SPEC §10). */
import { spawn } from "node:child_process";
import { isAbsolute } from "node:path";
import { canonicalJson } from "../../schema/json/canonical.ts";
import { givenText } from "../messages/given.ts";
import type { Verification, Verifier } from "../session/ending/verifiers.ts";

export interface CommandVerifierOptions {
  /** After which it, and whatever it has started, is killed: 1 to 3,600; 30 where it is not written. */
  readonly seconds?: number;
}

const longestMessage = 500;

/**
 * It runs without a shell and without environment variables, in the root folder. On its standard input it finds the context as one
 * JSON document; status 0 says that the postcondition holds, any other one that it does not, with what it writes to standard error
 * for a reason. One that does not start, is killed or takes too long has failed.
 *
 * @param file absolute: there is no PATH to look in
 * @throws TypeError for a file that is not absolute, and a time that is none
 */
export function commandVerifier(
  file: string,
  args: readonly string[] = [],
  { seconds = 30 }: CommandVerifierOptions = {},
): Verifier {
  if (!isAbsolute(file)) throw new TypeError(`the path of a verifier must be absolute, not \`${file}\``);
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 3_600)
    throw new TypeError(`\`seconds\` must be a whole number from 1 to 3600, not ${givenText(seconds)}`);
  return (context) =>
    new Promise<Verification>((resolve, reject) => {
      // In a group of its own, so that what it starts ends with it.
      const child = spawn(file, [...args], {
        env: {},
        cwd: "/",
        shell: false,
        detached: true,
        stdio: ["pipe", "ignore", "pipe"],
      });
      let said = "";
      let isLate = false;
      const end = () => endGroup(child.pid);
      const timer = setTimeout(() => {
        isLate = true;
        end();
      }, seconds * 1000);
      child.on("error", (cause) => {
        clearTimeout(timer);
        reject(cause);
      });
      child.on("exit", (status, signal) => {
        clearTimeout(timer);
        end();
        child.stderr.destroy();
        if (isLate) reject(new Error(`no answer within ${seconds} seconds`));
        else if (status === null) reject(new Error(`it was ended by ${signal}`));
        else resolve(status === 0 ? true : { holds: false, message: messageOf(status, said) });
      });
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        if (said.length < longestMessage) said += text;
      });
      // A program need not listen.
      child.stdin.on("error", () => undefined).end(canonicalJson(context));
    });
}

function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // Nothing of it is left.
  }
}

function messageOf(status: number, said: string): string {
  const text = said.slice(0, longestMessage).replaceAll(/\s+/g, " ").trim();
  return text === "" ? `exit status ${status}` : `exit status ${status}: ${text}`;
}
