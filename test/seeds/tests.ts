/** Tests that show more than one item. */
const guardTest = (name: string) => `test/guard/guard.test.ts: ${name}`;
const attack = (name: string) => guardTest(`attacks > ${name}`);

export const forgedToken = attack("a forged token");
export const strangersKey = attack("a key that is not pinned");
export const noToken = attack("no token");
export const expiredToken = attack("an expired token");
export const anyByteOfToken =
  "test/authority/token.test.ts: a good token is denied > with any one byte of it flipped, and with any one character of it left out, doubled or replaced";
export const malformedToken =
  "test/authority/token.test.ts: whatever else comes in is denied, never thrown at > $given: TOKEN_MALFORMED";
export const denialRecorded = guardTest(
  "attacks > each denial is on record: verdict, time, reason, proposal hash, executed: false",
);
export const denialProven =
  "test/guard/observable-absence.test.ts: a denial > is proven to stand in the ledger: verdict, time, reason, proposal hash, executed: false";
export const verdictsRecorded =
  "test/session/propose.test.ts: deciding on the ledger > every verdict is recorded before it leaves: allow, deny, and what cannot be decoded";
export const storeDown =
  "test/session/propose.test.ts: no record, no allow > a store that is down is a deny, and an allow again when it is back";
export const chainBroken = "test/ledger/chain.test.ts: a broken chain is not opened > %s";
export const everyByte = "test/audit/flips.test.ts: every byte of its lines, flipped twice, is no record any more";
export const engineFault = "test/runtime/faults.test.ts: an engine that %s > %s: deny, engine failure, one report";
export const blankSheet = "test/reading/blank-sheet.test.ts: a blank $line > %s";
export const defaultDeny = "test/laws/default-deny.test.ts: what no effect grants is denied, whatever the state";
export const rejected = (check: string) =>
  `test/activation/activate.test.ts: an envelope is rejected by the check > ${check}`;
export const seedTest = (name: string) => `test/seeds/gateway.test.ts: ${name}`;
export const threat = (file: string, name: string) => `test/threats/${file}.test.ts: ${name}`;
export const agentRecovers =
  "test/breakers/resume.test.ts: RECOVERY_FROM_AGENT_DENIED, recorded and not executed: > %s";
export const tripsAfterSettlement =
  "test/breakers/session.test.ts: a metric that an executor reports > trips, is told with its value, and nothing is allowed any more";
export const cancels =
  "test/breakers/cancel.test.ts: every external effect that happened or may have is cancelled, and no other one";
export const templateRejects = "test/templates/activate.test.ts: an envelope with a template > %s is rejected";
export const narrative =
  "test/laws/narrative.test.ts: reasoning and ignored arguments change neither the decoded request nor the verdict";
export const windowCloses = "test/session/oracle.test.ts: it closes by itself, at the millisecond";
export const witnessSays =
  "test/session/ending/close.test.ts: once its end has begun > its witness says what was attempted, changed and left open, with digests";
export const routine =
  "test/session/routine.test.ts: 0 approvals are asked for over the routine calls of the examples, and some over those that are held";
export const selfcheckWell =
  "test/selfcheck/selfcheck.test.ts: a deployment in which all is well reaches level 3, and its ledger is not written to";
export const keyReadable = "test/selfcheck/selfcheck.test.ts: level 2 is not reached > with a key that others can read";
