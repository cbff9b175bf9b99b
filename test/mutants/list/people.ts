import { type Mutant, mutant } from "../mutant.ts";

const registries = ["test/people/registry.test.ts"];
const approvals = ["test/people/approval.test.ts"];
const keys = ["test/people/two-keys.test.ts"];
const activations = ["test/activation/activate.test.ts"];

const registry = "runtime/people/registry.ts";
const sameName = "runtime/people/same-name.ts";
const joined = "runtime/people/joined.ts";
const orders = "cli/ledger/order.ts";
const neverCounts = "runtime/people/never-counts.ts";
const statement = "runtime/people/statement.ts";
const twoKeys = "runtime/people/two-keys.ts";
const transitions = "schema/two-keys.ts";
const activate = "runtime/activation/activate.ts";
const standing = "runtime/activation/standing.ts";
const document = "runtime/activation/document.ts";
const integrity = "runtime/activation/integrity.ts";
const activationPeople = "runtime/activation/people.ts";

/** Whose word counts, and what an activation takes it for. */
export const people: readonly Mutant[] = [
  mutant(
    registry,
    "anybody may say who the people are",
    "trusted, typOf.registry, payload);",
    "trusted, typOf.registry, payload).then((got): typeof got => (got.ok ? got : { ok: true, kids: [] }));",
    registries,
  ),
  mutant(
    registry,
    "a key may be named otherwise in its JWK",
    "jwk.kid !== undefined && jwk.kid !== kid",
    "jwk.kid === kid && false",
    registries,
  ),
  mutant(sameName, "one name stands for two people", "keys[first]?.person ?? person", "person", registries),
  mutant(sameName, "capitals tell two people apart", ".toUpperCase().toLowerCase()", "", registries),
  mutant(
    joined,
    "a key that was revoked comes back by an older registry",
    "revokedAt === undefined ?",
    "revokedAt !== null ?",
    ["test/incidents/leavers.test.ts"],
  ),
  mutant(
    "runtime/session/holds/people.ts",
    "anybody's registry says who has left",
    "const then = signed.ok ?",
    'const then = signed.ok || inForce.digest !== "" ?',
    ["test/incidents/leavers.test.ts"],
  ),
  mutant("runtime/audit/registries.ts", "who has left has signed nothing", ": joinPeople(people, then)", ": people", [
    "test/audit/people.test.ts",
  ]),
  mutant(
    "runtime/audit/orders.ts",
    "an order to close must outlast the checks",
    'what === "close" ? carriedOutAt(by, at, stoppedAt) : at',
    "stoppedAt === 0 ? carriedOutAt(by, at, stoppedAt) : at",
    ["test/audit/orders.test.ts"],
  ),
  mutant(
    "runtime/ledger/fold/orders.ts",
    "an order that has expired closes",
    "from >= exp * 1000",
    "from >= exp * 9e15",
    ["test/audit/orders.test.ts"],
  ),
  mutant(
    orders,
    "a key that the ledger has revoked gives orders",
    "ledgers === undefined ? verified :",
    "ledgers !== null ? verified :",
    ["test/cli/orders.test.ts"],
  ),
  mutant(orders, "an order ends before it is recorded", "Math.max(now, at)", "Math.max(now, 0 * at)", [
    "test/cli/orders.test.ts",
  ]),
  mutant(registry, "a key counts before its time", "return from <= at && (", "return (", registries),
  mutant(registry, "a key counts as it is revoked", "at < revokedAt)", "at <= revokedAt)", registries),
  mutant(registry, "roles are held for ever", ".filter((key) => countsAt(key, now))", "", registries),
  mutant(statement, "two may sign one approval", "|| others.length > 0)", ")", approvals),
  mutant(
    statement,
    "any role may be claimed",
    "if (foreign !== undefined) return",
    "if (foreign === null) return",
    approvals,
  ),
  mutant(
    statement,
    "approvals are good for any envelope",
    "if (envelope !== context.envelope) return",
    "if (false) return",
    approvals,
  ),
  mutant(
    statement,
    "approvals are good for any session",
    "session !== undefined && session !== context.session",
    "session === null",
    approvals,
  ),
  mutant(
    statement,
    "approvals from the future are good",
    "if (now < iat * 1000) return",
    "if (false) return",
    approvals,
  ),
  mutant(statement, "approvals are good for ever", "if (now >= exp * 1000) return", "if (false) return", approvals),
  mutant(statement, "a key may come later than its signature", "countsAt(signer, from) &&", "", approvals),
  mutant(statement, "an approval outlasts its key", "&& outlasts;", ";", approvals),
  mutant(
    neverCounts,
    "an approval is of two things",
    "(bound === undefined) !== (transition === undefined)",
    "true",
    approvals,
  ),
  mutant(twoKeys, "one person holds both keys", "one.person !== other.person && ", "", keys),
  mutant(twoKeys, "both keys are of one role", "role !== another", "role.length > 0 && another.length > 0", keys),
  mutant(twoKeys, "nobody is heard who refuses", 'decision !== "approve"', "decision === undefined", keys),
  mutant(
    transitions,
    "local flags are not told from others",
    "!localFlags.includes(flag)",
    "localFlags.includes(flag)",
    activations,
  ),
  mutant(
    transitions,
    "agents are created without asking",
    "tags.includes(creatingTag)",
    'tags.includes("")',
    activations,
  ),
  mutant(transitions, "effects execute without asking", 'channel === "execute"', 'channel === "propose"', activations),
  mutant(
    document,
    "the schema is the compiler's word alone",
    "compile<Envelope>(envelopeSchema)",
    "compile<Envelope>({})",
    activations,
  ),
  mutant(
    activate,
    "an envelope need not be signed",
    "if (signature === undefined) return fail",
    "if (signature === undefined) return { ok: true, signatures: [] };\n  if (signature === null) return fail",
    activations,
  ),
  mutant(
    activate,
    "any signature will do",
    "typOf.envelope, payloadOf(value));",
    "typOf.envelope, payloadOf(value)).then((got): typeof got => (got.ok ? got : { ok: true, kids: [] }));",
    activations,
  ),
  mutant(
    standing,
    "expired envelopes begin",
    "now < end.value ? undefined",
    "now < Number.POSITIVE_INFINITY ? undefined",
    activations,
  ),
  mutant(standing, "parents are taken on trust", "if (parent !== undefined)", "if (parent === null)", activations),
  mutant(
    integrity,
    "policies are not compared with the envelope's",
    "if (other !== undefined) return",
    "if (other === null) return",
    activations,
  ),
  mutant(
    integrity,
    "manifests are not compared with the envelope's",
    "if (meaningOf(manifest) !== ",
    "if (false && meaningOf(manifest) !== ",
    activations,
  ),
  mutant(
    integrity,
    "other artefacts may be loaded",
    "evaluator.policyDigest === manifest.policy && evaluator.envelopeDigest === manifest.envelope",
    "evaluator !== undefined",
    activations,
  ),
  mutant(
    activationPeople,
    "roles need nobody who holds them",
    "if (missing !== undefined)",
    "if (missing === null)",
    activations,
  ),
  mutant(
    activationPeople,
    "bad approvals are passed over",
    "if (!verified.ok) return",
    "if (!verified.ok && asked.now > 0) continue;\n    if (!verified.ok) return",
    activations,
  ),
  mutant(
    activationPeople,
    "one transition's keys are another's",
    "approval.transition === transition",
    "transition !== undefined",
    activations,
  ),
  mutant(
    activationPeople,
    "an approval is given twice",
    "digest === approval.digest && person === approval.person",
    "false",
    activations,
  ),
  mutant(
    document,
    "a document without a canonical form ends the activation",
    "return { digest: sha256(source), ...said, problem: `has no canonical form",
    "throw error;\n    return { digest: sha256(source), ...said, problem: `has no canonical form",
    activations,
  ),
  mutant(
    activate,
    "a folder that throws ends the activation",
    'return fail("integrity", `the envelope could not be read: ',
    'throw error;\n    return fail("integrity", `the envelope could not be read: ',
    activations,
  ),
  mutant(
    "cli/commands/sign.ts",
    "what never counts is signed",
    "const reason = neverCounts(read.document);",
    "const reason = undefined;",
    ["test/people/never-counts.test.ts"],
  ),
  mutant(
    registry,
    "a role may have the name of a member of every object",
    "roles.find((role) => role in Object.prototype)",
    "roles.find(() => false)",
    registries,
  ),
];
