import { type Mutant, mutant } from "../mutant.ts";

const fold = ["test/ledger/fold.test.ts"];
const chain = ["test/ledger/chain.test.ts"];
const form = ["test/decoding/canonical.test.ts"];
const facts = ["test/ledger/facts.test.ts"];
const history = ["test/ledger/history.test.ts"];
const lying = ["test/ledger/lying-store.test.ts"];
const stores = ["test/ledger/store.test.ts"];
const sqlite = ["test/ledger/sqlite.test.ts"];
const postgres = ["test/ledger/postgres.test.ts"];

const reservation = "runtime/ledger/fold/reservation.ts";
const decided = "runtime/ledger/fold/decided.ts";
const people = "runtime/ledger/fold/people.ts";
const parse = "runtime/ledger/chain/parse.ts";
const ordered = "schema/json/ordered.ts";
const follow = "runtime/ledger/chain/follow.ts";
const approvals = "runtime/ledger/facts/approvals.ts";
const meters = "runtime/ledger/facts/meters.ts";

/** What a session may come to, and the ledger that it is folded from. */
export const ledger: readonly Mutant[] = [
  mutant(
    reservation,
    "a token is redeemed twice",
    'reservation.consumedAt !== undefined) return missing(body, "to consume")',
    'false) return missing(body, "to consume")',
    fold,
  ),
  mutant(
    reservation,
    "a token is redeemed as it expires",
    "at >= reservation.expiresAt",
    "at > reservation.expiresAt",
    fold,
  ),
  mutant(reservation, "a token is redeemed after the kill", "return notRunning(state);", "return undefined;", fold),
  mutant(
    reservation,
    "any token will do",
    "reservation?.jti === jti ? reservation : undefined",
    "jti === jti ? reservation : undefined",
    fold,
  ),
  mutant(reservation, "nothing asks for a receipt", "body.receipt === undefined)", "body.receipt === null)", fold),
  mutant(reservation, "an unknown outcome gives back", '&& body.outcome === "unknown")', "&& false)", fold),
  mutant(
    reservation,
    "calls are given back by a settlement",
    "isCount(bound) && actual",
    'isCount("") && actual',
    fold,
  ),
  mutant(
    reservation,
    "overspending does not freeze",
    "if (actual <= amount) continue;",
    "if (amount >= 0) continue;",
    fold,
  ),
  mutant(reservation, "a good token is released", "if (at < reservation.expiresAt)", "if (false)", fold),
  mutant(
    reservation,
    "a release keeps the amount",
    "state.sums.add(bound, -amount, bucket)",
    "state.sums.add(bound, 0, bucket)",
    history,
  ),
  mutant(decided, "an allow follows the kill", "return notRunning(state) ?? overflow(", "return overflow(", fold),
  mutant(decided, "sums overflow", "!sums.holds(bound, charge)", "!sums.holds(bound, charge) && false", fold),
  mutant(decided, "a denied proposal is decided again", 'before.verdict !== "hold" || ', "", fold),
  mutant(
    decided,
    "approvals last",
    "state.approvals.delete(proposalHash)",
    "state.approvals.has(proposalHash)",
    history,
  ),
  mutant(
    people,
    "an older approval replaces a newer one",
    "isSame(other, given) && other.from > given.from",
    "isSame(other, given) && other.from > given.from + 9e15",
    history,
  ),
  mutant(people, "an approval is recorded at its end", "at >= exp * 1000", "at > exp * 1000", fold),
  mutant(people, "an approval is recorded before it is given", "at < iat * 1000 || ", "", fold),
  mutant(
    "schema/json/bare.ts",
    "members are inherited",
    "Object.setPrototypeOf(value, null);",
    "Object.setPrototypeOf(value, Object.prototype);",
    form,
  ),
  mutant("schema/json/bare.ts", "copies inherit", "return Object.create(nothing);", "return {};", form),
  mutant("runtime/ledger/chain/size.ts", "a record has any size", "text.length <= longestRecord", "true", lying),
  mutant("runtime/ledger/log.ts", "a page has any size", "const pageLength = 50;", "const pageLength = 1_000;", lying),
  mutant(
    "runtime/ledger/store/careful.ts",
    "a fault without a name is none",
    'if (ownMember(answer, "ok") !== true || !Array.isArray(given))',
    "if (!Array.isArray(given))",
    lying,
  ),
  mutant(
    "runtime/ledger/store/careful.ts",
    "any outcome will do",
    'return { outcome: "failed", fault: faultOf(answer) };',
    'return { outcome: "appended" };',
    lying,
  ),
  mutant(people, "an approval is used twice", "if (usedApprovals.has(nameOf(body)))", "if (false)", fold),
  mutant("runtime/ledger/fold/fold.ts", "records follow the close", 'if (state.phase === "closed" || ', "if (", fold),
  mutant(
    parse,
    "hashes are not compared",
    "sha256Hex(unhashedText(record, text)) !== record.hash",
    'record.hash === ""',
    chain,
  ),
  mutant(parse, "other spellings are taken", "form.text !== text || ", "", chain),
  mutant(
    parse,
    "a record may have more members than its own",
    " || Object.keys(record).length !== frameMembers",
    "",
    chain,
  ),
  mutant(ordered, "members stay as they stand", "if (!isSorted(names)) names.sort();", "", form),
  mutant(
    ordered,
    "members called by numbers stand where objects put them",
    "return first >= digits.first && first <= digits.last;",
    "return first < 0;",
    form,
  ),
  mutant(ordered, "NaN is a number", "Number.isFinite(value) ? value + 0 : unordered", "value + 0", form),
  mutant(ordered, "there are two zeros", "value + 0 : unordered", "value : unordered", form),
  mutant(ordered, "arrays write themselves", 'if ("toJSON" in values) return unordered;', "", form),
  mutant(ordered, "dates are objects", 'if ("toJSON" in object) return unordered;', "", form),
  mutant(
    "schema/json/canonical.ts",
    "lone surrogates are taken",
    'text === undefined || text.includes("\\\\ud")',
    "text === undefined",
    form,
  ),
  mutant(parse, "bodies are not looked at", "if (wrong !== undefined) return", "if (wrong === null) return", chain),
  mutant(follow, "links are not followed", "if (record.prev !== end.head.hash)", "if (false)", chain),
  mutant(
    follow,
    "a session is not named after its first record",
    "return namesItsSession(record) ? undefined",
    "return true ? undefined",
    chain,
  ),
  mutant(follow, "the clock goes back", "if (at >= last)", "if (at >= 0 || last)", fold),
  mutant("runtime/ledger/facts/windows.ts", "a window holds its beginning", "> begin)", ">= begin)", facts),
  mutant(
    approvals,
    "a refusal does not count",
    "refusalsOf(bound, roles, said).length > 0",
    "refusalsOf(bound, roles, said).length < 0",
    facts,
  ),
  mutant(
    approvals,
    "two people of one role lift a channel",
    "haveTwoRoles(standing) ?",
    "standing.length > 0 ?",
    facts,
  ),
  mutant(approvals, "approvals do not expire", "from <= now && now < until", "from <= now || now < until", facts),
  mutant(
    meters,
    "sums are not kept apart",
    'return "value" in value ? canonicalJson(value.value) : undefined',
    'return ""',
    facts,
  ),
  mutant(meters, "amounts below zero are charged", "&& amount >= 0 ?", "?", facts),
  mutant(
    "runtime/ledger/store/memory.ts",
    "the last record is not compared",
    "last.hash !== after.hash",
    "false",
    stores,
  ),
  mutant(
    "runtime/node/sqlite-store.ts",
    "the last record is not compared",
    "AND hash = :afterHash",
    "AND :afterHash = :afterHash",
    stores,
  ),
  mutant(
    "runtime/node/sqlite-store.ts",
    "a failed connection is kept",
    "drop(connection);\n      connection = undefined;\n      return",
    "return",
    sqlite,
  ),
  mutant("runtime/node/sqlite-store.ts", "a removed file is written on", "      place.check();\n", "", sqlite),
  mutant(
    "runtime/node/sqlite-store.ts",
    "a removed file is made anew",
    "if (connection === undefined) place?.expectFile();",
    "",
    sqlite,
  ),
  mutant(
    "runtime/node/postgres/statements.ts",
    "the last record is not compared",
    "hash = $6",
    "$6::text = $6",
    stores,
  ),
  mutant(
    "runtime/node/postgres/statements.ts",
    "an append is confirmed before it is flushed",
    "FROM pg_catalog.set_config('synchronous_commit', 'on', true) AS durable",
    "FROM (SELECT 'on' AS durable) AS never_mind",
    postgres,
  ),
  mutant(
    "runtime/node/postgres/statements.ts",
    "two make the tables at once",
    "PERFORM pg_catalog.pg_advisory_xact_lock",
    "PERFORM pg_catalog.pg_try_advisory_xact_lock",
    postgres,
  ),
  mutant(
    "runtime/node/postgres/statements.ts",
    "a call that mentions an end is one",
    `text LIKE '%,"type":"closed"}'`,
    `text LIKE '%,"type":"closed"}%'`,
    postgres,
  ),
  mutant(
    "runtime/node/postgres/statements.ts",
    "tables of somebody else are added to",
    "WHERE relnamespace = ",
    "WHERE relname = '' AND relnamespace = ",
    postgres,
  ),
  mutant(
    "runtime/node/postgres/store.ts",
    "a serialization failure is a fault",
    `answer.state === serializationFailure ? { outcome: "lost" } : `,
    `answer.state === "" && serializationFailure ? { outcome: "lost" } : `,
    postgres,
  ),
  mutant("runtime/ledger/log.ts", "a cut ledger is gone on with", "if (last !== known)", "if (last === null)", sqlite),
  mutant(
    "runtime/ledger/log.ts",
    "a record stands twice",
    "if (record.seq === seq) return undefined",
    "return undefined",
    chain,
  ),
  mutant(people, "old evidence replaces new", "Math.max(seenAt, state", "Math.min(seenAt, state", history),
];
