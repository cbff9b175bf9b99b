/** Routine work never asks: what the examples allow without people is proposed to sessions of theirs, and nobody is asked. */
import { expect, test } from "vitest";
import { exampleNames, openExample } from "../../examples/example.ts";
import type { Evaluator } from "../../runtime/evaluator.ts";
import { beginLog } from "../../runtime/ledger/log.ts";
import { memoryStore } from "../../runtime/ledger/store/memory.ts";
import { openSession } from "../../runtime/session/session.ts";
import { artefactFiles } from "../../schema/artefacts.ts";
import { figure } from "../figure.ts";
import { activation, host } from "./gateway.ts";

interface Line {
  readonly proposal: unknown;
  readonly now: string | number;
  readonly justification?: string;
  readonly state?: { readonly approvals?: unknown };
  readonly want: { readonly verdict: string };
}

test("0 approvals are asked for over the routine calls of the examples, and some over those that are held", async () => {
  const asked = { routine: 0, held: 0 };
  const proposed = { routine: 0, held: 0 };
  for (const name of await exampleNames()) {
    const { artefacts, lines } = await openExample(name);
    const evaluator = host.load(artefacts);
    const text = new TextDecoder().decode(artefacts.get(artefactFiles.source));
    for (const line of lines.map((each): Line => JSON.parse(each))) {
      const isRoutine = line.want.verdict === "allow" && line.state?.approvals === undefined;
      if (!isRoutine && line.want.verdict !== "hold") continue;
      const kind = isRoutine ? "routine" : "held";
      proposed[kind] += 1;
      asked[kind] += await askedBy(evaluator, text, line);
    }
    evaluator.drop();
  }
  const others = `${asked.held} over ${proposed.held} that the examples hold`;
  figure(`${asked.routine} approvals asked for over ${proposed.routine} routine calls of the examples; ${others}`);
  expect(asked.routine).toBe(0);
  expect(proposed.routine).toBeGreaterThan(50);
  expect(asked.held).toBeGreaterThan(10);
});

/** How many bounds people would have to lift, in a session that begins with the call. */
async function askedBy(evaluator: Evaluator, text: string, { proposal, now, justification }: Line): Promise<number> {
  const [store, at] = [memoryStore(), new Date(now).getTime()];
  const begun = await beginLog(store, activation(evaluator, text, at), evaluator.envelopeDigest);
  if (begun.outcome !== "begun") throw new Error("the session was not begun");
  const { session: id } = begun.log.state.end;
  const opened = await openSession({ store, session: id, evaluator, clock: () => at });
  if (!opened.ok) throw new Error(opened.fault.message);
  const caller = { principal: evaluator.envelope.principal, justification };
  const { violations } = await opened.session.propose(JSON.stringify(proposal), caller);
  return violations.filter((violation) => /\/(approval|channel)$/.test(violation.id)).length;
}
