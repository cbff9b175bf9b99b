/** `--decision-log FILE`: one event a line, written before the answer is. */
import { open } from "node:fs/promises";
import type { Envelope } from "../../schema/envelope.ts";
import { UsageError } from "../io.ts";
import { type Decided, decisionEvent } from "./event.ts";
import { planMask } from "./mask.ts";

export interface DecisionLog {
  /** @throws where the file cannot be written any more: an answer that is not logged is not given */
  append(decided: Decided): Promise<void>;
  close(): Promise<void>;
}

/** Appends to what is there. @throws UsageError where the file cannot be opened, or a mask names no field */
export async function openDecisionLog(
  file: string | undefined,
  masks: readonly string[],
  envelope: Envelope,
): Promise<DecisionLog | undefined> {
  if (file === undefined && masks.length > 0)
    throw new UsageError("`--mask` is for `--decision-log`, which is missing");
  if (file === undefined) return undefined;
  const mask = planMask(envelope, masks);
  const handle = await open(file, "a").catch((error: Error) => {
    throw new UsageError(`cannot write \`${file}\`: ${error.message}`);
  });
  return {
    append: (decided) => handle.appendFile(`${JSON.stringify(decisionEvent(decided, mask))}\n`),
    close: () => handle.close(),
  };
}
