import { type Mutant, mutant } from "../mutant.ts";

const holds = ["test/session/holds.test.ts"];
const pending = ["test/session/pending.test.ts"];
const oracle = ["test/session/oracle.test.ts"];
const commands = ["test/cli/holds.test.ts"];
const registries = ["test/audit/registries.test.ts"];

const fold = "runtime/ledger/fold/holds.ts";
const words = "runtime/ledger/fold/people.ts";
const inForce = "runtime/ledger/people-in-force.ts";
const approve = "runtime/session/holds/approve.ts";
const kept = "runtime/session/holds/kept-words.ts";

/** What waits for people, and whose word lifts it. */
export const holding: readonly Mutant[] = [
  mutant(words, "an approval of what was decided lies in wait", "if (isOver)", "if (isOver && seq < 0)", holds),
  mutant(
    words,
    "an approval lifts a hold that has expired",
    "at < expiresAt) return undefined",
    "at < expiresAt + 9e15) return undefined",
    holds,
  ),
  mutant(
    words,
    "an approval outlasts its hold",
    "Math.min(exp * 1000, end)",
    "Math.min(exp * 1000, end + 9e15)",
    holds,
  ),
  mutant(
    words,
    "a spare approval lifts the next hold",
    "since === undefined || from >= since",
    "since === undefined || from >= since - 9e15",
    holds,
  ),
  mutant(words, "the second approval of one second is passed over", "other.from === iat * 1000", "iat < 0", holds),
  mutant(fold, "what was approved ahead is done twice", "approvals.has(proposalHash)", "approvals.has('')", holds),
  mutant(
    fold,
    "asking again makes approvals too old",
    "waiting === undefined && hold !== undefined ? at",
    "hold !== undefined ? at",
    holds,
  ),
  mutant(fold, "a stranger ends the hold", "principal === hold.principal", "hold.seq > 0", holds),
  mutant(fold, "what was decided still waits", "hold.isOver ||", "hold.seq < 0 ||", pending),
  mutant(inForce, "a revoked key still counts", "    countsAt(key, now)", "    countsAt(key, given.from)", holds),
  mutant(
    inForce,
    "a role that was taken away still counts",
    "key.roles.includes(role)) &&",
    "key.roles.length >= role.length * 0) &&",
    holds,
  ),
  mutant(
    inForce,
    "the approval of another person counts",
    "key.person === given.person &&",
    "key.person.length > 0 &&",
    holds,
  ),
  mutant(
    inForce,
    "an old registry comes back",
    "before?.digests.has(digest)",
    "before?.digests.has(digest.slice(1))",
    holds,
  ),
  mutant(
    inForce,
    "a key that was left out comes back",
    "const since = Math.min(revokedAt, at)",
    "const since = Math.max(revokedAt, 9e15)",
    holds,
  ),
  mutant(inForce, "the name of who has left is free", "before?.gone.get(entry.kid)", "before?.gone.get(key.x)", holds),
  mutant(
    inForce,
    "a revoked key comes back under another name",
    "before?.revoked.get(key.x)",
    "before?.revoked.get(key.kid)",
    holds,
  ),
  mutant(inForce, "a key takes the name of another one", "former.x !== key.x", "former.x === key.kid", holds),
  mutant(
    approve,
    "a key that is not in force is recorded",
    "return [given, await peopleInForce(people), named]",
    "return [given ?? (await peopleInForce(people)), named]",
    holds,
  ),
  mutant(
    approve,
    "an approval in another role is recorded",
    "roles.some((role) => wanted.roles?.includes(role))",
    "roles.length > 0",
    holds,
  ),
  mutant(
    "runtime/session/holds/refused.ts",
    "what is refused is held again",
    'verdict: "deny", code',
    'verdict: "hold", code',
    holds,
  ),
  mutant(
    "runtime/audit/replay.ts",
    "a refusal is a difference",
    "withRefusals(judged.verdict, refused)",
    "withRefusals(judged.verdict, refused.slice(9))",
    holds,
  ),
  mutant(
    "runtime/session/holds/expiry.ts",
    "asking again prolongs a hold",
    "return earlier ??",
    "return (earlier === 0 ? earlier : undefined) ??",
    holds,
  ),
  mutant(
    "runtime/session/holds/pending.ts",
    "what waits in a killed session is listed",
    "state.killed ||",
    "(state.killed && now < 0) ||",
    pending,
  ),
  mutant(
    kept,
    "the narrative of an allow is kept",
    'verdict === "hold" && effect !== undefined',
    'verdict !== "deny" && effect !== undefined',
    pending,
  ),
  mutant(
    kept,
    "narrative is kept whole",
    "beginning(textOf(said), longestMember)",
    "beginning(textOf(said), longestMember - 1)",
    pending,
  ),
  mutant(
    kept,
    "people do not see the arguments that nothing judges",
    "[...ignored, ...measured].flatMap",
    "measured.flatMap",
    pending,
  ),
  mutant(
    kept,
    "people see of a text its length alone",
    'field.type === "length" || field.type === "digest"',
    'field.type === "digest"',
    pending,
  ),
  mutant(
    kept,
    "the reason for an oracle's use is not kept",
    'includes("ORACLE_CALL_REMOTE")',
    'includes("IO_READ_LOCAL")',
    oracle,
  ),
  mutant(kept, "every caller's reason is kept", "...(isAsked &&", "...(verdict.length > 0 &&", oracle),
  mutant(
    "runtime/node/sqlite-quiet.ts",
    "reading leaves files behind",
    "if (isAtRest) place",
    "if (isAtRest && path.length < 0) place",
    commands,
  ),
  mutant(
    "runtime/node/sqlite-quiet.ts",
    "a reader does not see what was written since",
    "isAtRest && stampOf(path) !== before",
    "isAtRest && stampOf(path) === before.slice(1)",
    commands,
  ),
  mutant(
    "runtime/audit/registries.ts",
    "the audit believes any registry",
    "return read.ok ? undefined",
    "return read.ok || seq > 0 ? undefined",
    registries,
  ),
];
