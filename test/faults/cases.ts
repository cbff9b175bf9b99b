/** Every way for every engine of a host: how to let the engine go wrong for one question, and how to tell that it did. */
import type { EngineName } from "../../schema/verdict.ts";
import { answerWays } from "./answer-ways.ts";
import { cedarWays } from "./cedar-ways.ts";
import type { HeldHost } from "./hosts.ts";
import { type Hand, hands, honestly } from "./instances.ts";
import { isLie, type Kind, type Way } from "./kinds.ts";
import { regoWays } from "./rego-ways.ts";

export interface Case {
  readonly host: HeldHost;
  readonly engine: EngineName;
  readonly kind: Kind;
  readonly name: string;
  /** Has the question before answered; what the engine said to it may be needed. */
  readonly prepare: (run: () => void) => readonly unknown[];
  /** Lets the engine go wrong meanwhile; answers how often it did. */
  readonly tamper: (run: () => void, circumstances: Circumstances) => number;
  /** The question before costs the engine its instance. */
  readonly isCold: boolean;
}

export interface Circumstances {
  readonly pick: number;
  /** What the engine answered to the question before. */
  readonly stale: readonly unknown[];
  /** Asks the same evaluator something else, honestly. */
  readonly askAgain: () => unknown;
}

/** With one engine nothing is there to contradict a lie that is well told: no promise is made, so none of them is tried. */
export function casesOf(host: HeldHost): readonly Case[] {
  const cases = host.engines.flatMap((engine) => [...instanceCases(host, engine), ...answerCases(host, engine)]);
  return host.engines.length > 1 ? cases : cases.filter(({ kind }) => !isLie(kind));
}

function instanceCases(host: HeldHost, engine: EngineName): readonly Case[] {
  switch (engine) {
    case "cedar":
      return [...cedarWays.map((way) => instanceCase(host, engine, hands.cedar, way)), refusal(host, engine)];
    case "rego":
      return [...regoWays.map((way) => instanceCase(host, engine, hands.rego, way)), refusal(host, engine)];
    case "reference":
      return [];
  }
}

function instanceCase<Call>(host: HeldHost, engine: EngineName, hand: Hand<Call>, way: Way<Call>): Case {
  return {
    ...{ host, engine, kind: way.kind, name: `${engine}'s instance: ${way.name}`, isCold: false },
    prepare(run) {
      const texts: unknown[] = [];
      hand.watch = (text) => texts.push(text);
      return released(hand, run, () => texts);
    },
    tamper(run, { pick, stale }) {
      let times = 0;
      hand.tamper = (call) => {
        times += 1;
        const answer = way.answer(call, pick, stale.slice(times - 1));
        if (answer === honestly) times -= 1;
        return answer;
      };
      return released(hand, run, () => times);
    },
  };
}

function refusal(host: HeldHost, engine: "cedar" | "rego"): Case {
  const hand = hands[engine];
  return {
    ...{ host, engine, kind: "out of memory", name: `${engine}: no memory for a new instance`, isCold: true },
    prepare(run) {
      hand.tamper = () => {
        throw new WebAssembly.RuntimeError("unreachable");
      };
      return released(hand, run, () => []);
    },
    tamper(run) {
      let times = 0;
      hand.refuse = () => {
        times += 1;
        throw new RangeError("WebAssembly.Instance(): Out of memory: Cannot allocate Wasm memory for new instance");
      };
      return released(hand, run, () => times);
    },
  };
}

function released<T>(hand: Hand<never>, run: () => void, result: () => T): T {
  try {
    run();
    return result();
  } finally {
    hand.tamper = undefined;
    hand.watch = undefined;
    hand.refuse = undefined;
  }
}

function answerCases(host: HeldHost, engine: EngineName): readonly Case[] {
  const hand = host.hands[engine];
  return answerWays.map((way) => ({
    ...{ host, engine, kind: way.kind, name: `${engine}: ${way.name}`, isCold: false },
    prepare(run) {
      const answers: unknown[] = [];
      hand.tamper = (honest) => {
        const answer = honest();
        answers.push(answer);
        return answer;
      };
      run();
      hand.tamper = undefined;
      return answers;
    },
    tamper(run, { pick, stale, askAgain }) {
      let times = 0;
      hand.tamper = (honest) => {
        times += 1;
        hand.tamper = undefined;
        return way.answer({ honest, askAgain }, pick, stale);
      };
      run();
      hand.tamper = undefined;
      return times;
    },
  }));
}
