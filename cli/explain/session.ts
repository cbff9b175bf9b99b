/** `ambit explain --session`: what a session still admits, read from its ledger, to which nothing is written. */
import { access } from "node:fs/promises";
import type { Evaluator } from "../../runtime/evaluator.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { sqliteReader } from "../../runtime/node/sqlite-reader.ts";
import type { Remaining } from "../../runtime/session/remaining/remaining.ts";
import { openSession } from "../../runtime/session/session.ts";
import { Refused, UsageError } from "../io.ts";
import { unopened } from "../ledger/unopened.ts";
import { readable } from "../open.ts";

/**
 * @param now epoch milliseconds
 * @throws UsageError where there is no such session; Refused where its ledger cannot be read
 */
export async function readRemaining(file: string, evaluator: Evaluator, now: number): Promise<Remaining> {
  const store = await openReader(file);
  try {
    const { id } = evaluator.envelope;
    const found = await store.claimant(id);
    if (!found.ok) throw new Refused(null, found.fault);
    if (found.session === undefined)
      throw new UsageError(
        `\`${file}\` holds no session of \`${id}\`: \`ambit activate … --ledger ${file}\` begins one, and so does \`ambit eval … --session ${file}\` where no second key is needed`,
      );
    const opened = await openSession({ store, session: found.session, evaluator, clock: () => now });
    if (!opened.ok) {
      const message = `the session of \`${id}\` in \`${file}\` does not open: ${opened.fault.message}`;
      // Otherwise it is another envelope than the one that was activated: somebody has named the wrong one.
      throw opened.fault.code === "STORE_UNAVAILABLE"
        ? new Refused(found.session, { ...opened.fault, message })
        : new UsageError(message);
    }
    const answer = await opened.session.remaining();
    if (answer.ok) return answer.remaining;
    if (answer.fault.code === "CLOCK_REGRESSION")
      throw new UsageError(`${answer.fault.message} (\`--now\` takes a time that is not before the last record)`);
    throw new Refused(found.session, answer.fault);
  } finally {
    await store.close();
  }
}

async function openReader(file: string): Promise<Store> {
  await readable(file, () => access(file));
  try {
    return sqliteReader(file);
  } catch (error) {
    throw unopened(file, error);
  }
}
