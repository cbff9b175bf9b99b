import type { Mutant } from "../mutant.ts";

const money = ["test/audit/money.test.ts"];
const forged = ["test/audit/forged.test.ts"];
const flips = ["test/audit/flips.test.ts"];
const people = ["test/audit/people.test.ts"];
const command = ["test/audit/command.test.ts"];

const mutant = (file: string, what: string, from: string, to: string, by: readonly string[]): Mutant => ({
  file: `runtime/audit/${file}`,
  what,
  from,
  to,
  by,
});

/** What an audit and a replay see through. */
export const audit: readonly Mutant[] = [
  mutant("money.ts", "an audit overlooks overspending", "!(sum <= cap)", "!(sum <= cap + 1)", money),
  mutant(
    "money.ts",
    "an audit keeps one sum for all buckets",
    "const sum = this.#add(bound, bucket, amount)",
    'const sum = this.#add(bound, "", amount)',
    money,
  ),
  mutant("money.ts", "an audit forgets the kill", "this.#killed = true", "this.#killed = false", money),
  mutant(
    "money.ts",
    "an audit takes any token of an allow",
    "held?.jti === jti ? held",
    "held?.jti !== '' ? held",
    money,
  ),
  mutant(
    "money.ts",
    "any incident excuses an overcharge",
    "if (record.body.freezes) this.#above = []",
    "this.#above = []",
    money,
  ),
  mutant("money.ts", "what was consumed may be released", "|| held.isConsumed", "|| false", money),
  mutant(
    "decisions.ts",
    "an audit believes the facts of a request",
    "if (difference !== undefined)",
    "if (difference === null)",
    forged,
  ),
  mutant(
    "decisions.ts",
    "an audit believes the charges of an allow",
    "if (charged !== undefined)",
    "if (charged === null)",
    forged,
  ),
  mutant("decisions.ts", "an audit takes any token id", "reservation.jti !== tokenId(", '"" === tokenId(', forged),
  mutant(
    "decisions.ts",
    "an audit takes requests under any envelope",
    'ownMember(request, "envelope") !== record.envelope || ',
    "",
    forged,
  ),
  mutant(
    "difference.ts",
    "members that only one document has do not count",
    "others.length === names.length",
    "others.length >= 0",
    forged,
  ),
  mutant(
    "session-audit.ts",
    "an audit takes any document for the envelope",
    "digestOf(document) !== record.envelope || ",
    "",
    forged,
  ),
  mutant(
    "session-audit.ts",
    "policies change unnoticed",
    "record.body.policy !== this.#first.body.policy",
    "false",
    forged,
  ),
  mutant("ledger-audit.ts", "one envelope runs in two sessions", "other !== session)", "other === null)", forged),
  mutant("ledger-audit.ts", "rows are filed under anything", "row.seq !== record.seq || ", "", flips),
  mutant(
    "witnesses.ts",
    "checkpoints are not compared",
    "holdsCheckpoint(rootAt, { head })",
    "holdsCheckpoint(() => head.root, { head })",
    flips,
  ),
  mutant(
    "signatures.ts",
    "an unsigned envelope passes where signers are known",
    "if (body.signatures.length === 0)",
    "if (body.signatures.length < 0)",
    command,
  ),
  mutant(
    "signatures.ts",
    "resumptions need no keys",
    "who === undefined || resuming === undefined ? undefined : checkResumption(record, resuming, who)",
    "undefined",
    people,
  ),
  mutant(
    "resumptions.ts",
    "resumptions that do not hold pass",
    "if (verified.ok) return undefined;",
    "if (verified.ok || seq > 0) return undefined;",
    people,
  ),
  {
    file: "runtime/ledger/stop.ts",
    what: "an operator alone lifts a freeze",
    from: 'phase === "frozen" || ending.isSuspect',
    to: 'phase === "closed"',
    by: people,
  },
  {
    file: "runtime/ledger/stop.ts",
    what: "approvals in store resume",
    from: "watched.stoppedAt ?? 0",
    to: "0 * (watched.stoppedAt ?? 0)",
    by: people,
  },
  mutant(
    "reports.ts",
    "a receipt of an unknown outcome gives back",
    'if (outcome !== "unknown") return amounts;',
    "if (outcome !== null) return amounts;",
    people,
  ),
  mutant(
    "reports.ts",
    "a receipt of an unknown outcome says nothing",
    "amount >= least(bound)",
    "amount < least(bound) && false",
    people,
  ),
  mutant(
    "signatures.ts",
    "what cannot be verified any more counted never",
    "now: at, isPast: true }",
    "now: at, isPast: false }",
    people,
  ),
  mutant("decisions.ts", "tokens live for ever", "reservation.expiresAt > record.at + longestLife", "false", forged),
  mutant("validity.ts", "redemptions outlast the envelope", "at < end)", "at <= end)", forged),
  mutant(
    "validity.ts",
    "redemptions outlast the session",
    "Math.min(end.value, activatedAt + maxDurationSeconds * 1000)",
    "end.value",
    forged,
  ),
  mutant("validity.ts", "redemptions come before the envelope", "begin <= at && ", "", forged),
  mutant(
    "session-audit.ts",
    "a verification that breaks down ends the audit",
    'verified.catch(() => signatureWrong(seq, "has a signature that cannot be verified"))',
    "verified",
    people,
  ),
  mutant(
    "session-audit.ts",
    "nobody hears of another registry",
    "body.people === people.digest) return",
    "body.people !== people.digest) return",
    people,
  ),
  mutant(
    "replay.ts",
    "an allow that no engine gave is passed over",
    'verdict === "deny" && (request',
    "(request",
    command,
  ),
  mutant(
    "replay.ts",
    "a replay compares no engines",
    "engine, verdict }) => verdict !== undefined && engines",
    "engine, verdict }) => verdict === null && engines",
    command,
  ),
];
