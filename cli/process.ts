/** Runs the command line in this process. */
import { main } from "./main.ts";

export async function runProcess(): Promise<void> {
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      // The reader has gone (`| head`): nothing is left to say, and nobody to say it to.
      process.exit(error.code === "EPIPE" ? process.exitCode : 3);
    });
  const { stdin, stdout, stderr, env } = process;
  process.exitCode = await main(process.argv.slice(2), { stdin, stdout, stderr, env, now: Date.now });
}
