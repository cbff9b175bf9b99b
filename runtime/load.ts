/** The host: engines chosen once, any number of envelopes loaded and dropped at will (SPEC §1, §5). */
import type { Artefacts } from "../schema/artefacts.ts";
import type { Envelope } from "../schema/envelope.ts";
import type { HostileRequest } from "../schema/request.ts";
import type { EngineName, Verdict } from "../schema/verdict.ts";
import { verifyArtefacts } from "./artefacts/verify.ts";
import { type Decided, decide, judge, type Policy } from "./decide.ts";
import { type Decoded, type DecodeLimits, planDecoder, type Proposal } from "./decode/decode.ts";
import { chooseEngines } from "./engines/choose.ts";
import type { Engine, LoadedPolicy } from "./engines/engine.ts";
import type { FactsSource } from "./facts.ts";
import type { FaultReport } from "./fault.ts";

export interface HostOptions {
  /** Engines that must agree on every verdict; both WebAssembly engines by default. Engines of one's own are taken as they are. */
  readonly engines?: readonly (EngineName | Engine)[];
  /** Bytes of the Cedar package's WebAssembly module; needed where `cedar` is among the engines. */
  readonly cedarWasm?: Uint8Array;
  /** Hears of every verdict that stands for a fault. What it throws is ignored: it cannot change the verdict. */
  readonly onFault?: (report: FaultReport) => void;
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

/** One loaded envelope. Its functions are synchronous and never throw. */
export interface Evaluator {
  readonly envelope: Envelope;
  /** `sha256:<hex>` */
  readonly envelopeDigest: string;
  /** `sha256:<hex>` */
  readonly policyDigest: string;
  readonly engines: readonly EngineName[];
  decide(proposal: Proposal, facts: FactsSource): Verdict;
  decode(proposal: Proposal): Decoded;
  judge(request: HostileRequest): Verdict;
  /** Gives up what the engines hold; from then on every verdict is deny. */
  drop(): void;
}

/** @throws TypeError when no engine is chosen, one is chosen twice, or the Cedar module is not given */
export function createHost(options: HostOptions = {}): Host {
  const engines = chooseEngines(options.engines ?? ["cedar", "rego"], options.cedarWasm);
  return {
    load(artefacts, { expectPolicy } = {}) {
      const { manifest, envelope } = verifyArtefacts(artefacts, expectPolicy);
      const decode = planDecoder(envelope, options.limits);
      const loaded = loadAll(engines, (engine) => engine.load({ manifest, artefacts }));
      const policy: Policy = {
        envelope,
        digests: { envelope: manifest.envelope, policy: manifest.policy },
        decode,
        judges: loaded.map(({ engine, policy }) => ({
          name: engine.name,
          judge: (request) => policy.judge(request),
        })),
      };
      return evaluatorOf(policy, loaded, options.onFault);
    },
  };
}

interface Loaded {
  readonly engine: Engine;
  readonly policy: LoadedPolicy;
}

/** All or none: where one engine refuses, the others give up what they have loaded. */
function loadAll(engines: readonly Engine[], load: (engine: Engine) => LoadedPolicy): readonly Loaded[] {
  const loaded: Loaded[] = [];
  try {
    for (const engine of engines) loaded.push({ engine, policy: load(engine) });
    return loaded;
  } catch (refusal) {
    for (const { policy } of loaded) policy.drop();
    throw refusal;
  }
}

function evaluatorOf(policy: Policy, loaded: readonly Loaded[], onFault: HostOptions["onFault"]): Evaluator {
  const reported = ({ verdict, report }: Decided): Verdict => {
    if (report === undefined) return verdict;
    try {
      onFault?.(report);
    } catch {
      // A subscriber that fails must not change the verdict, and there is nobody else to tell.
    }
    return verdict;
  };
  return {
    envelope: policy.envelope,
    envelopeDigest: policy.digests.envelope,
    policyDigest: policy.digests.policy,
    engines: policy.judges.map(({ name }) => name),
    decide: (proposal, facts) => reported(decide(policy, proposal, facts)),
    decode: policy.decode,
    judge: (request) => reported(judge(policy, request)),
    drop() {
      for (const { policy } of loaded) policy.drop();
    },
  };
}
