import type { Mutant } from "../mutant.ts";

const proposing = ["test/session/propose.test.ts"];
const guarding = ["test/guard/guard.test.ts"];
const waiting = ["test/session/stale-state.test.ts"];

const mutant = (file: string, what: string, from: string, to: string, by: readonly string[]): Mutant => ({
  file,
  what,
  from,
  to,
  by,
});

const propose = "runtime/session/propose.ts";
const settle = "runtime/session/settle.ts";
const guard = "runtime/guard/guard.ts";

/** What is decided on a ledger, and what is executed. */
export const sessions: readonly Mutant[] = [
  mutant(
    propose,
    "an allow that is not in the ledger leaves",
    'if (verdict.verdict !== "allow") return { ...verdict, seq: null',
    "if (verdict.verdict.length > 0) return { ...verdict, seq: null",
    proposing,
  ),
  mutant(
    propose,
    "a lost race is answered as if it were won",
    'if (result.outcome === "lost") continue;',
    'if (result.outcome === "lost") return { ...decided.verdict, seq: null, proposalHash: name.hash ?? null, token };',
    proposing,
  ),
  mutant(
    propose,
    "a repeated proposal is decided again",
    'before.verdict !== "hold" ||',
    'before.verdict === "hold" &&',
    proposing,
  ),
  mutant(
    "runtime/ledger/log.ts",
    "what was judged on an older state is written on a newer one",
    "on.hash !== head.hash",
    "on.seq > head.seq",
    waiting,
  ),
  mutant(
    propose,
    "a kill that came while the signer was waited for is not looked for",
    "token !== null && isKilled(desk)",
    'token === "" && isKilled(desk)',
    waiting,
  ),
  mutant(
    "runtime/session/resume/resume.ts",
    "a resumption is written whatever came while its keys were verified",
    "body }, end.head)",
    "body })",
    waiting,
  ),
  mutant(propose, "what has expired stays reserved", "endOverdue(desk, time.now)", "endOverdue(desk, 0)", proposing),
  mutant(
    "runtime/session/overdue.ts",
    "what was redeemed may stay unsettled for ever",
    "(log.state, now - waits)",
    "(log.state, 0)",
    guarding,
  ),
  mutant(
    "runtime/session/repeat.ts",
    "an id is good for any proposal",
    "if (before.proposalHash !== proposalHash)",
    'if (before.proposalHash === "")',
    proposing,
  ),
  mutant(
    "runtime/session/repeat.ts",
    "an expired allow gives its token again",
    "now < standing.expiresAt",
    "now < Number.POSITIVE_INFINITY",
    proposing,
  ),
  mutant(
    "runtime/session/decide-and-reserve.ts",
    "an allow reserves for longer than its token is good",
    "+ tokenSeconds) * 1000",
    "+ tokenSeconds + 1) * 1000",
    proposing,
  ),
  mutant("runtime/session/desk.ts", "the clock may go back", "if (now >= last)", "if (now >= 0)", proposing),
  mutant(
    "runtime/session/own-proposal.ts",
    "bytes stay their owner's",
    "new Uint8Array(proposal)",
    "proposal",
    proposing,
  ),
  mutant(
    "runtime/session/session.ts",
    "a session is opened under another envelope",
    "if (end.envelope !== evaluator.envelopeDigest)",
    'if (end.envelope === "")',
    proposing,
  ),
  mutant(
    "runtime/session/session.ts",
    "a session is opened under another policy",
    "policy !== evaluator.policyDigest",
    'policy === ""',
    proposing,
  ),
  mutant(
    "runtime/session/session.ts",
    "what nobody signed gets authority",
    "log.state.signatures === 0",
    "log.state.signatures === -1",
    proposing,
  ),
  mutant(
    propose,
    "an id is anybody's",
    "principal === evaluator.envelope.principal ? name",
    'principal !== "" ? name',
    proposing,
  ),
  mutant(
    "runtime/session/decide-and-reserve.ts",
    "reservations outlive the envelope",
    "* 1000, endOf(desk))",
    "* 1000, Number.MAX_SAFE_INTEGER)",
    proposing,
  ),
  mutant(
    "runtime/session/redeem.ts",
    "overdue effects do not matter to others",
    "await endOverdue(desk, time.now)",
    "await endOverdue(desk, 0)",
    guarding,
  ),
  mutant(
    "runtime/session/kill/kill.ts",
    "a kill that could not be written is forgotten",
    "if (killed === undefined) return true;",
    "if (killed?.signal !== '') return true;",
    proposing,
  ),
  mutant(settle, "a late report is forgotten", "} else if (isOwn) {", '} else if (isOwn && jti === "") {', guarding),
  mutant(
    "runtime/session/incident.ts",
    "a disagreement freezes nothing",
    'code === "ENGINE_DISAGREEMENT"',
    'code === "ENGINE_FAILURE"',
    proposing,
  ),
  mutant(settle, "any report lowers the charge", "(proof === undefined || outcome", "(outcome", guarding),
  mutant(
    settle,
    "an invalid receipt is no incident",
    "if (receipt?.ok === false)",
    'if (receipt?.ok === false && receipt.message === "")',
    guarding,
  ),
  mutant(
    settle,
    "a result that does not decode goes unnoticed",
    "lacking.length === 0 ? []",
    "lacking.length >= 0 ? []",
    guarding,
  ),
  mutant(
    settle,
    "a report that is refused leaves the effect unsettled",
    'if (appended.outcome === "refused") {',
    'if (appended.outcome === "refused" && incidents.length > 9) {',
    guarding,
  ),
  mutant(guard, "a token of another envelope is taken", "claims.env !== envelopeDigest", 'claims.env === ""', guarding),
  mutant(guard, "a token of another policy is taken", "claims.pol !== policyDigest", 'claims.pol === ""', guarding),
  mutant(guard, "any proposal comes with a token", "claims.prp !== hash", 'claims.prp === ""', guarding),
  mutant(
    guard,
    "a verdict of another ledger is taken",
    "if (stale !== undefined) return stale;",
    "if (stale === null) return stale;",
    guarding,
  ),
  mutant(
    guard,
    "the effect does not wait for its record",
    'if (consumed.outcome === "appended")',
    'if (consumed.outcome === "appended" || options.clock() > 0)',
    guarding,
  ),
  mutant(
    guard,
    "what failed is not known to have happened",
    'let report: Settlement = { outcome: "unknown" };',
    'let report: Settlement = { outcome: "executed" };',
    guarding,
  ),
  mutant("runtime/guard/freeze.ts", "a tool changes what was verified", "Object.freeze(value)", "value", guarding),
];
