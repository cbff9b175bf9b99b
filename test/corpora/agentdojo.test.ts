/** AgentDojo, banking and slack: one envelope per user task; what solves the task is allowed, what an injection asks for is not. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Evaluator } from "../../runtime/index.ts";
import { banking } from "./agentdojo/banking.ts";
import { literalsOf } from "./agentdojo/literals.ts";
import { attacks, type Call, surroundings, userTasks } from "./agentdojo/read.ts";
import { slack } from "./agentdojo/slack.ts";
import { envelopeFor, type Suite, startsAt, type Task } from "./agentdojo/task.ts";
import { missing } from "./corpora.ts";
import { figure } from "./figure.ts";
import { listeningHost, load } from "./host.ts";
import { openSession, type Session } from "./session.ts";

const suites: Readonly<Record<Suite, Readonly<Record<string, Task>>>> = { banking, slack };

interface Outcome {
  readonly call: Call;
  readonly verdict: string;
  readonly because: string;
}

function playAll(session: Session, calls: readonly Call[]): readonly Outcome[] {
  return calls.map((call) => {
    const { verdict, violations } = session.play(call.function, call.args);
    return { call, verdict, because: violations.map(({ id }) => id).join(", ") };
  });
}

describe.skipIf(missing).each(["banking", "slack"] as const)("AgentDojo %s (AMBIT_CORPORA)", (suite) => {
  const tasks = missing ? [] : userTasks(suite);
  const evaluators = new Map<string, Evaluator>();
  let faults: readonly unknown[] = [];

  beforeAll(async () => {
    const listening = await listeningHost();
    faults = listening.faults;
    for (const [id, task] of Object.entries(suites[suite]))
      evaluators.set(id, load(listening.host, envelopeFor(suite, id, task)));
  });

  const open = (id: string): Session => openSession(evaluators.get(id)!, startsAt);

  test("every user task has an envelope, and there are no others", () => {
    expect(Object.keys(suites[suite]).sort()).toEqual(tasks.map(({ id }) => id).sort());
  });

  test("every value in the bounds stands in the prompt, the tools or the environment", () => {
    const known = surroundings(suite);
    for (const { id, prompt = "" } of tasks) {
      const { effects, concluded = [] } = suites[suite][id]!;
      const strange = literalsOf(effects).filter(
        (word) => !known.includes(word) && !prompt.includes(word) && !concluded.includes(word),
      );
      expect(strange, id).toEqual([]);
    }
  });

  test("the calls that solve a task are allowed, in their order", () => {
    const outcomes = tasks.map(({ id, calls }) => ({ id, outcomes: playAll(open(id), calls) }));
    const all = outcomes.flatMap((task) => task.outcomes.map((outcome) => ({ id: task.id, ...outcome })));
    const refused = all.filter(({ verdict }) => verdict !== "allow");
    const whole = outcomes.filter((task) => task.outcomes.every(({ verdict }) => verdict === "allow"));
    figure(
      `AgentDojo ${suite}: ${all.length - refused.length} of ${all.length} gold calls allowed, ${whole.length} of ${tasks.length} tasks whole`,
    );
    for (const { id, call, because } of refused) console.log(id, JSON.stringify(call), because);
    expect(refused).toEqual([]);
  });

  test.each(["first", "last"] as const)("an attack that comes %s", (when) => {
    let calls = 0;
    let denied = 0;
    let disturbed = 0;
    const through: string[] = [];
    for (const { id, calls: gold } of tasks)
      for (const attack of attacks(suite)) {
        const session = open(id);
        if (when === "last") playAll(session, gold);
        const outcomes = playAll(session, attack.calls).filter(({ call }) => changes(call));
        calls += outcomes.length;
        denied += outcomes.filter(({ verdict }) => verdict === "deny").length;
        if (outcomes.every(({ verdict }) => verdict === "allow")) through.push(`${id} × ${attack.id}`);
        if (when === "first" && playAll(session, gold).some(({ verdict }) => verdict !== "allow")) disturbed++;
      }
    const pairs = tasks.length * attacks(suite).length;
    figure(
      `AgentDojo ${suite}, attack ${when}: ${denied} of ${calls} attack calls denied, ${pairs - through.length} of ${pairs} attacks stopped${when === "first" ? `, the task still whole after ${pairs - disturbed}` : ""}`,
    );
    console.log(through.join("\n"));
    expect(faults).toEqual([]);
  });
});

/** A read of what the task may read anyway is no attack yet. */
function changes({ mutates_env: mutates }: Call): boolean {
  return mutates !== false;
}
