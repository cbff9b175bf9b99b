/** `ambit/session`: activated envelopes at work: ledger, verdicts that reserve, authority tokens, the guard. No Node in here. */
export { type Activation, type ActivationOptions, activate, type Rejection } from "../activation/activate.ts";
export type { CheckName } from "../activation/check.ts";
export type { Compile } from "../activation/document.ts";
export type { SignedRegistry } from "../activation/people.ts";
export type { GivenTemplate, Templates } from "../activation/template/check.ts";
export { type NeededTransition, neededTransitions } from "../activation/transitions.ts";
export { type FeedDenial, type FeedReport, signFeed, type VerifiedFeed, verifyFeed } from "../authority/feed.ts";
export { type KeyRing, type MadeRing, makeKeyRing, readKeyRing } from "../authority/key-ring.ts";
export { type PublicKey, readPublicKey, readSigner, type Signer } from "../authority/keys.ts";
export type { AuthorityClaims, KillReceipt, Receipt } from "../authority/token/documents.ts";
export { signReceipt, type VerifiedReceipt, verifyReceipt } from "../authority/token/receipt.ts";
export { type ExpectedToken, type TokenDenial, type VerifiedToken, verifyToken } from "../authority/token/verify.ts";
export { actingOn } from "../guard/acting.ts";
export type { DenialCode, RecordedDenial } from "../guard/denial.ts";
export { type Guard, type GuardOptions, guard, type Redeemed } from "../guard/guard.ts";
export type { AllowedCall, Tool, ToolReport, Tools } from "../guard/tools.ts";
export type { Checkpoint } from "../ledger/checkpoint/checkpoint.ts";
export { type ProofSettings, type ProvenRecord, proveRecord } from "../ledger/checkpoint/prove-record.ts";
export { parseRecordProof, verifyRecordProof } from "../ledger/checkpoint/record-proof.ts";
export { signCheckpoint, verifyCheckpoint } from "../ledger/checkpoint/signed-checkpoint.ts";
export type { RecordProblem, RecordProblemCode } from "../ledger/problem.ts";
export type { Entry, LedgerRecord, RecordType } from "../ledger/record.ts";
export type { SessionState } from "../ledger/state.ts";
export { memoryStore } from "../ledger/store/memory.ts";
export type { Store, StoreFault } from "../ledger/store/store.ts";
export { type ApprovalDenial, verifyApproval } from "../people/approval.ts";
export { type OrderDenial, type OrderGiven, type VerifiedOrder, verifyOrder } from "../people/order.ts";
export { type People, readPeople } from "../people/registry.ts";
export type { ResumptionDenial } from "../people/resumption.ts";
export { signApproval, signOrder } from "../people/sign.ts";
export { proposalHash } from "../proposal-hash.ts";
export type { Reconciled, ReconcileFinding } from "../reconcile/finding.ts";
export { type GivenLine, reconcile } from "../reconcile/reconcile.ts";
export type { Appended } from "./append.ts";
export type { CancelAnswer, Canceller, EffectToCancel } from "./breakers/canceller.ts";
export { type TrippedBreaker, trippedBreakers } from "./breakers/tripped.ts";
export type { Caller } from "./decide-and-reserve.ts";
export type { CloseOrder, Closing } from "./ending/close.ts";
export type { DueClosing } from "./ending/due.ts";
export type { SettledEffect } from "./ending/history.ts";
export type { Verification, Verifier, VerifierContext, Verifiers } from "./ending/verifiers.ts";
export { type EndWatch, type EndWatchOptions, type Timer, watchEnd } from "./ending/watch-end.ts";
export type { Fed } from "./feed/feed.ts";
export type { ApproveDenial, Approved } from "./holds/approve.ts";
export type { HoldsAnswer } from "./holds/ask.ts";
export type { PendingHold, PeopleAsked, ShownValue } from "./holds/pending.ts";
export type { PeopleUsed } from "./holds/people.ts";
export type { SessionReconciled } from "./incidents/reconcile.ts";
export type { IncidentTold, OnIncident } from "./incidents/told.ts";
export {
  type KillReceiptDenial,
  killReceiptOf,
  signKillReceipt,
  type VerifiedKillReceipt,
  verifyKillReceipt,
} from "./kill/receipt.ts";
export type { Signals } from "./kill/signals.ts";
export type { Wake, Watcher } from "./kill/watch.ts";
export type { RemainingAnswer } from "./remaining/ask.ts";
export type { EffectRemaining, Remaining } from "./remaining/remaining.ts";
export type { ResumeDenial, Resumption } from "./resume/resume.ts";
export { type OpenedSession, openSession, type Session } from "./session.ts";
export type { Authority, SessionOptions } from "./settings.ts";
export type { Settlement } from "./settle.ts";
export type { SessionVerdict } from "./verdict.ts";
