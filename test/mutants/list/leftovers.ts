import type { Mutant } from "../mutant.ts";

const mutant = (file: string, what: string, from: string, to: string, by: string): Mutant => ({
  file,
  what,
  from,
  to,
  by: [by],
});

const jumping = "test/session/clock-jump.test.ts";
const settling = "test/session/bounded-settlement.test.ts";
const strange = "test/guard/strangers.test.ts";
const operating = "test/ledger/postgres-operations.test.ts";
const claiming = "test/audit/claims.test.ts";
const answering = "test/activation/lost-answer.test.ts";
const approving = "test/people/approval-session.test.ts";

const statements = "runtime/node/postgres/statements.ts";
const connections = "runtime/node/postgres/connections.ts";

/** What is bounded: times, reports, strangers; and the stores as they are run. */
export const leftovers: readonly Mutant[] = [
  mutant(
    "runtime/session/desk.ts",
    "any time is recorded",
    "isBeyond: now > horizon",
    "isBeyond: now > Infinity",
    jumping,
  ),
  mutant(
    "runtime/session/desk.ts",
    "what a session writes by itself is written under any time",
    "return time.ok && !time.isBeyond ? time.now",
    "return time.ok ? time.now",
    jumping,
  ),
  mutant(
    "runtime/session/propose.ts",
    "a proposal long after the end is decided",
    "if (time.isBeyond) return refuse(",
    "if (time.isBeyond && time.now < 0) return refuse(",
    jumping,
  ),
  mutant(
    "runtime/session/redeem.ts",
    "a redemption long after the end goes on",
    "if (time.isBeyond)",
    "if (time.isBeyond && time.now < 0)",
    jumping,
  ),
  mutant(
    "runtime/session/session-at.ts",
    "evidence is recorded long after the end",
    "if (time.isBeyond && !people",
    "if (time.isBeyond && people",
    jumping,
  ),
  mutant(
    "runtime/session/overdue.ts",
    "what is overdue for years ends now",
    "now > horizonOf(desk) ?",
    "now > Infinity ?",
    jumping,
  ),
  mutant(
    "runtime/session/ending/witness.ts",
    "the witness of an incident has any time",
    '(about === "end" ? clockOrLast(desk) : timeOrLast(desk))',
    "clockOrLast(desk)",
    jumping,
  ),
  mutant(
    "runtime/session/envelope-end.ts",
    "the horizon is the end",
    "+ Math.max(settleSeconds, tokenSeconds) * 1000",
    "+ Math.max(0 * settleSeconds, 0 * tokenSeconds)",
    jumping,
  ),
  mutant(
    "runtime/session/envelope-end.ts",
    "the horizon follows the shorter wait",
    "Math.max(settleSeconds",
    "Math.min(settleSeconds",
    jumping,
  ),
  mutant("runtime/decode/results.ts", "a page is an id", "value.length > longestResult", "value.length < 0", settling),
  mutant(
    "runtime/session/own-report.ts",
    "a text of any length is recorded",
    "value.length <= longest",
    "value.length >= 0",
    settling,
  ),
  mutant("runtime/session/own-report.ts", "a bound has any name", " || bound.length > longestText", "", settling),
  mutant("runtime/session/incident.ts", "half a pair of surrogates is told", ".toWellFormed()", "", settling),
  mutant(
    "runtime/guard/strangers.ts",
    "strangers fill the ledger",
    "session.state.strangers < mostRecorded",
    "session.state.strangers >= 0",
    strange,
  ),
  mutant("runtime/guard/strangers.ts", "strangers leave no trace", "counted < countedTogether", "counted > 0", strange),
  mutant(
    "runtime/guard/strangers.ts",
    "what could not be written is forgotten",
    "if (recorded.seq === null) counted += before + 1;",
    "",
    strange,
  ),
  mutant(
    "runtime/ledger/fold/decided.ts",
    "strangers trip the agent's breakers",
    "else if (!isOfResumption(body)) watchVerdict(state, body);",
    "if (!isOfResumption(body)) watchVerdict(state, body);",
    strange,
  ),
  mutant(
    "runtime/ledger/fold/decided.ts",
    "keys that let nothing go on stop a session that runs",
    "else if (!isOfResumption(body)) watchVerdict(state, body);",
    "else watchVerdict(state, body);",
    "test/breakers/session.test.ts",
  ),
  mutant(
    "runtime/ledger/fold/strangers.ts",
    "every denial of a token counts as a stranger's",
    "isStranger(violation.code)",
    'violation.code !== ""',
    strange,
  ),
  mutant(
    "runtime/activation/activate.ts",
    "an activation whose answer was lost is not found",
    'begun.outcome === "failed" ? await foundAgain',
    'begun.outcome !== "begun" && begun.outcome !== "failed" ? await foundAgain',
    answering,
  ),
  mutant(
    "runtime/activation/activate.ts",
    "an activation of another one is taken for this one",
    "|| claimed.session !== session)",
    "|| claimed.session === undefined)",
    answering,
  ),
  mutant(
    "runtime/people/approval.ts",
    "an approval of a bound counts in every ledger",
    "bound !== undefined && session === undefined &&",
    "bound !== undefined && session !== undefined &&",
    approving,
  ),
  mutant(
    "runtime/audit/claims.ts",
    "a session may lack its claim",
    "if (!claimed.has(session))",
    'if (!claimed.has(session) && session === "")',
    claiming,
  ),
  mutant(
    "runtime/audit/claims.ts",
    "a claim may lack its session",
    "if (only !== undefined && session !== only) continue;",
    "if (!this.#sessions.has(session)) continue;",
    claiming,
  ),
  mutant("runtime/audit/claims.ts", "any window is one's own", "whose === principal", "whose !== undefined", claiming),
  mutant(
    "runtime/node/postgres/records.ts",
    "pages begin where the last one ended",
    "(session, seq) > ($1",
    "(session, seq) >= ($1",
    claiming,
  ),
  mutant(
    "runtime/node/sqlite-quiet.ts",
    "reading makes files",
    "if (isAtRest) place",
    'if (path === "") place',
    claiming,
  ),
  mutant(
    statements,
    "a key that is judged too late is a key",
    "AND key.indisvalid AND key.indimmediate",
    "AND key.indisvalid",
    operating,
  ),
  mutant(statements, "a key of some rows is a key", "AND key.indpred IS NULL ", "AND true ", operating),
  mutant(statements, "a table that a crash empties will do", "relation.relpersistence <> 'p'", "false", operating),
  mutant(
    "runtime/node/postgres/ask.ts",
    "anybody may say what = means",
    'schemas.indexOf("pg_catalog") > 0',
    'schemas.indexOf("pg_catalog") > 99',
    operating,
  ),
  mutant(connections, "a pooler's refusal is for ever", "isPooled ||= isNews;", "", operating),
  mutant(
    connections,
    "a warning at the commit is not heard",
    'if (severity === "WARNING")',
    'if (severity === "PANIC")',
    operating,
  ),
];
