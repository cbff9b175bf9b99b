/** The worker in one file, so that starting it again and again is cheap. */
import { rolldown } from "rolldown";

/** @param output the path of the file to be written */
export async function bundleWorker(output: string): Promise<void> {
  const input = new URL("worker.ts", import.meta.url).pathname;
  const bundle = await rolldown({ input, platform: "node", logLevel: "silent" });
  await bundle.write({ file: output, format: "esm", codeSplitting: false });
  await bundle.close();
}
