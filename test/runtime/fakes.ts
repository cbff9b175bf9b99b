/** Engines that fail in every way there is. */
import type { Engine } from "../../runtime/engines/engine.ts";
import type { EngineName } from "../../schema/verdict.ts";

/** An engine that answers as told; `answer` may be of any shape, as an engine gone wrong would give it. */
export function engineThat(name: EngineName, answer: () => unknown, renew: () => void = () => {}): Engine {
  const judge = (): never => answer() as never;
  return { name, load: () => ({ judge, renew, drop() {} }) };
}

export const allows = () => ({ verdict: "allow", violations: [] });
export const denies = () => ({ verdict: "deny", violations: ["kill"] });

export const faults: Readonly<Record<string, () => unknown>> = {
  "throws an error": () => {
    throw new Error("trap: unreachable");
  },
  "throws a string": () => {
    throw "abort";
  },
  "throws nothing": () => {
    throw undefined;
  },
  "throws an error that cannot be read": () => {
    throw new Proxy(new Error("x"), {
      get() {
        throw new Error("no");
      },
    });
  },
  "recurses for ever": () => {
    const again = (): number => again() + 1;
    return again();
  },
  "answers nothing": () => undefined,
  "answers null": () => null,
  "answers a promise": () => Promise.resolve(allows()),
  "answers true": () => true,
  "answers a word": () => "allow",
  "answers a list": () => [],
  "answers a verdict without violations": () => ({ verdict: "allow" }),
  "answers violations without a verdict": () => ({ violations: [] }),
  "answers a verdict by inheritance": () => Object.create(allows()),
  "answers a verdict that is none": () => ({ verdict: "ALLOW", violations: [] }),
  "answers violations that are no list": () => ({ verdict: "allow", violations: { length: 0 } }),
  "answers a violation that is no string": () => ({ verdict: "deny", violations: [1] }),
  "answers a violation of no bound": () => ({ verdict: "deny", violations: ["nonsense"] }),
  "answers a bound of another effect": () => ({ verdict: "deny", violations: ["effects/nobody/allow/x"] }),
  "answers a hold on an approval that nobody is asked for": () => ({
    verdict: "hold",
    violations: ["effects/nobody/approval"],
  }),
  "answers another envelope, and a bound": () => ({ verdict: "deny", violations: ["envelope", "kill"] }),
  "answers violations that are not there": () => ({ verdict: "deny", violations: Array(3) }),
  "answers violations without end": () => ({ verdict: "deny", violations: Array(50_000).fill("kill") }),
  "answers a violation twice": () => ({ verdict: "deny", violations: ["kill", "kill"] }),
  "allows with violations": () => ({ verdict: "allow", violations: ["kill"] }),
  "holds what is a deny": () => ({ verdict: "hold", violations: ["kill"] }),
  "holds without violations": () => ({ verdict: "hold", violations: [] }),
  "denies without violations": () => ({ verdict: "deny", violations: [] }),
  "answers with a getter that throws": () => ({
    get verdict() {
      throw new Error("no");
    },
    violations: [],
  }),
};
