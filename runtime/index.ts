/** `ambit/runtime`: artefacts in, an evaluator out; proposals in, verdicts out. No Node in here. */
export { ArtefactsRefused } from "./artefacts/refused.ts";
export type { Decoded, DecodedCall, DecodeLimits, Proposal } from "./decode/decode.ts";
export { type Engine, EngineFault, type LoadedPolicy, type Policy } from "./engines/engine.ts";
export { referenceEngine } from "./engines/reference.ts";
export type { Evaluator, FaultSubscriber } from "./evaluator.ts";
export { type Facts, type FactsSource, type HostileFacts, isJustification } from "./facts.ts";
export type { Fault, FaultReport, Outcome } from "./fault.ts";
export { createHost, type Host, type HostOptions, type LoadOptions } from "./load.ts";
export { buildRequest } from "./request.ts";
export { freshFacts, freshState } from "./session/fresh.ts";
