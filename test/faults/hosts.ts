/** Hosts whose engines are the real ones, held so that they can be made to fail. */
import { cedarEngine } from "../../runtime/engines/cedar/engine.ts";
import type { Engine } from "../../runtime/engines/engine.ts";
import { referenceEngine } from "../../runtime/engines/reference.ts";
import { regoEngine } from "../../runtime/engines/rego/engine.ts";
import { createHost, type FaultReport, type Host } from "../../runtime/index.ts";
import { cedarWasm } from "../../runtime/node/index.ts";
import type { EngineAnswer, EngineName } from "../../schema/verdict.ts";

export interface AnswerHand {
  /** Stands in for what the engine answers while it is set. */
  tamper: ((honest: () => EngineAnswer) => unknown) | undefined;
  /** How often the host has had the engine start anew. */
  renewed: number;
}

export interface HeldHost {
  readonly engines: readonly EngineName[];
  readonly host: Host;
  readonly hands: Readonly<Record<EngineName, AnswerHand>>;
  /** What the host's subscriber has heard. */
  readonly reports: FaultReport[];
}

const wasm = await cedarWasm();
const makers: Readonly<Record<EngineName, () => Engine>> = {
  cedar: () => cedarEngine(wasm),
  rego: () => regoEngine(),
  reference: () => referenceEngine,
};

export function heldHost(engines: readonly EngineName[]): HeldHost {
  const newHand = (): AnswerHand => ({ tamper: undefined, renewed: 0 });
  const hands = { cedar: newHand(), rego: newHand(), reference: newHand() };
  const reports: FaultReport[] = [];
  const host = createHost({
    engines: engines.map((name) => held(makers[name](), hands[name])),
    onFault: (report) => reports.push(report),
  });
  return { engines, host, hands, reports };
}

function held(engine: Engine, hand: AnswerHand): Engine {
  return {
    name: engine.name,
    load(policy) {
      const loaded = engine.load(policy);
      return {
        judge(request) {
          const honest = () => loaded.judge(request);
          return hand.tamper === undefined ? honest() : (hand.tamper(honest) as EngineAnswer);
        },
        renew() {
          hand.renewed += 1;
          loaded.renew();
        },
        drop: () => loaded.drop(),
      };
    },
  };
}
