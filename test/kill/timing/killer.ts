/** Kills, from a process that does nothing else. */
import { setTimeout as delay } from "node:timers/promises";
import { nanoseconds, takePart } from "./member.ts";
import type { Setting } from "./orders.ts";

const setting: Setting = JSON.parse(process.argv[2] ?? "");

const firstSettled = 4;

await takePart(setting, async (session, _, afterMs) => {
  // The first effect is in the ledger: from now on the workers are at work.
  while (session.state.end.head.seq < firstSettled) {
    await session.refresh();
    await delay(1);
  }
  await delay(afterMs);
  const asked = nanoseconds();
  const killed = await session.kill("stop");
  const written = nanoseconds();
  if (killed.outcome !== "appended") throw new Error(`not killed: ${JSON.stringify(killed)}`);
  return { did: "kill", asked, written, seq: killed.record.seq };
});
