/** The host: engines chosen once, any number of envelopes loaded and dropped at will (SPEC §1, §5). */
import type { Artefacts } from "../schema/artefacts.ts";
import type { EngineName } from "../schema/verdict.ts";
import type { Judge } from "./agree.ts";
import { ownFiles } from "./artefacts/own-files.ts";
import { verifyArtefacts } from "./artefacts/verify.ts";
import { type DecodeLimits, planDecoder } from "./decode/decode.ts";
import { chooseEngines } from "./engines/choose.ts";
import type { Engine, LoadedPolicy, Policy } from "./engines/engine.ts";
import { type Evaluator, evaluatorOf, type FaultSubscriber } from "./evaluator.ts";

export interface HostOptions {
  /** Engines that must agree on every verdict; both WebAssembly engines by default. Engines of one's own are taken as they are. */
  readonly engines?: readonly (EngineName | Engine)[];
  /** Bytes of the Cedar package's WebAssembly module; needed where `cedar` is among the engines. */
  readonly cedarWasm?: Uint8Array;
  readonly onFault?: FaultSubscriber;
  /** The most a proposal may be: SPEC §4. */
  readonly limits?: DecodeLimits;
}

export interface LoadOptions {
  /** The policy digest that must be found, `sha256:<hex>`. */
  readonly expectPolicy?: string;
}

export interface Host {
  /** @throws ArtefactsRefused or EngineFault, in one sentence that names the file */
  load(artefacts: Artefacts, options?: LoadOptions): Evaluator;
}

/** @throws TypeError when no engine is chosen, one is chosen twice, or the Cedar module is not given */
export function createHost(options: HostOptions = {}): Host {
  const engines = chooseEngines(options.engines ?? ["cedar", "rego"], options.cedarWasm);
  return {
    load(given, { expectPolicy } = {}) {
      const artefacts = ownFiles(given);
      const { manifest, envelope } = verifyArtefacts(artefacts, expectPolicy);
      // No closure that the evaluator keeps may hold the artefacts: there can be thousands of envelopes.
      const limits = { ...options.limits };
      const decode = planDecoder(envelope, limits);
      const loaded = loadAll(engines, { manifest, artefacts });
      const judges = loaded.map(
        ({ engine, policy }): Judge => ({
          name: engine.name,
          judge: (request) => policy.judge(request),
          renew: () => policy.renew(),
        }),
      );
      const digests = { envelope: manifest.envelope, policy: manifest.policy };
      const drop = () => dropAll(loaded);
      return evaluatorOf({ envelope, digests, decode, limits, judges }, drop, options.onFault);
    },
  };
}

interface Loaded {
  readonly engine: Engine;
  readonly policy: LoadedPolicy;
}

/** All or none: where one engine refuses, the others give up what they have loaded. */
function loadAll(engines: readonly Engine[], policy: Policy): readonly Loaded[] {
  const loaded: Loaded[] = [];
  try {
    for (const engine of engines) loaded.push({ engine, policy: engine.load(policy) });
    return loaded;
  } catch (refusal) {
    dropAll(loaded);
    throw refusal;
  }
}

function dropAll(loaded: readonly Loaded[]): void {
  for (const { policy } of loaded) policy.drop();
}
