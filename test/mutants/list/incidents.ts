import type { Mutant } from "../mutant.ts";

const incidents = ["test/incidents/incidents.test.ts"];
const chain = ["test/incidents/chain.test.ts"];
const unwritten = ["test/incidents/unwritten.test.ts"];
const vouched = ["test/incidents/vouched-people.test.ts"];
const unsigned = ["test/incidents/unsigned.test.ts"];
const logs = ["test/reconcile/reconcile.test.ts"];

const mutant = (file: string, what: string, from: string, to: string, by: readonly string[]): Mutant => ({
  file: `runtime/${file}`,
  what,
  from,
  to,
  by,
});

/** What stops a session when something has gone wrong. */
export const stops: readonly Mutant[] = [
  mutant(
    "session/settle.ts",
    "an effect under a token that nobody gave is no incident",
    "(await isGranted(desk, jti)) === false",
    "(await isGranted(desk, jti)) === undefined",
    incidents,
  ),
  mutant(
    "session/incidents/watched-log.ts",
    "a resumption by one key is believed until somebody looks",
    "refresh: async () => (await log.refresh()) ?? (await examine()),",
    "refresh: () => log.refresh(),",
    incidents,
  ),
  mutant(
    "session/incidents/watched-log.ts",
    "what escalates is followed by whatever else",
    'if (areOpen() && entry.type !== "killed") return { outcome: "lost" };',
    "",
    incidents,
  ),
  mutant(
    "session/incident.ts",
    "an incident that the store does not take is forgotten",
    "if (freezes) desk",
    "if (freezes && about === 0) desk",
    unwritten,
  ),
  mutant(
    "session/settle.ts",
    "what is wrong with a settlement may be lost after it",
    "await tellAll(desk, charged.incidents, decided);\n  const appended = await write(desk, {",
    "setTimeout(() => desk.inTurn(() => tellAll(desk, charged.incidents, decided)), 1);\n  const appended = await write(desk, {",
    unwritten,
  ),
  mutant(
    "session/incidents/disagreements.ts",
    "a disagreement whose process has ended freezes nothing",
    "if (found !== undefined) this",
    "if (found !== undefined && seq === 0) this",
    unwritten,
  ),
  mutant(
    "session/incidents/escalations.ts",
    "what the ledger has revoked counts where the host names people",
    "return problem ?? (vouched === undefined || inForce === undefined ? undefined : lacks(inForce));",
    "return problem;",
    vouched,
  ),
  mutant(
    "session/incidents/unsigned.ts",
    "an approval in the ledger is believed without its signature",
    'record.type === "approval" && record.body.decision === "approve"',
    'record.type === "approval" && record.body.bound === ""',
    unsigned,
  ),
  mutant(
    "ledger/fold/life.ts",
    "a forged approval counts again once people have resumed",
    'if (body.code === "SIGNATURE_WRONG" && body.about !== undefined) withdraw(state, body.about);',
    "",
    unsigned,
  ),
  mutant(
    "session/incidents/examined.ts",
    "an incident that does not freeze waves a forged record through",
    " || !record.body.freezes) return;",
    ") return;",
    unsigned,
  ),
  mutant(
    "session/incidents/unsigned.ts",
    "the people of the ledger alone say whose approval it is",
    "for (const by of [vouched, inForce])",
    "for (const by of [inForce])",
    unsigned,
  ),
  mutant(
    "session/incidents/unsigned.ts",
    "who writes to the ledger says who the people are",
    "read.ok ? undefined : `names a registry",
    "read !== undefined ? undefined : `names a registry",
    unsigned,
  ),
  mutant(
    "session/incidents/unsigned.ts",
    "a receipt that nobody signed gives back what was reserved",
    "executors !== undefined && givesBack(record, before)",
    "executors !== undefined && !givesBack(record, before)",
    unsigned,
  ),
  mutant(
    "session/incidents/unsigned.ts",
    "who has left makes an old approval an incident",
    "if (body.bound === undefined || isOver)",
    "if (body.bound === undefined)",
    unsigned,
  ),
  mutant(
    "session/holds/approve.ts",
    "the people that the host names are not asked",
    "await peopleInForce(people), named]",
    "await peopleInForce(people)]",
    unsigned,
  ),
  mutant(
    "session/holds/people.ts",
    "a registry that the ledger refuses is believed",
    "vouched.people = before;",
    "vouched.people = people ?? before;",
    vouched,
  ),
  mutant(
    "session/incidents/told.ts",
    "a subscriber throws into the session",
    "Promise.resolve(told)\n      .then((each) => onIncident(each))\n      .catch(() => undefined);",
    "void onIncident(told);",
    ["test/incidents/told.test.ts"],
  ),
  mutant(
    "activation/escalation.ts",
    "the agent is one of two keys",
    " && !isByAgent(given, envelope.principal)",
    "",
    incidents,
  ),
  mutant(
    "audit/signatures.ts",
    "the agent may approve his own calls",
    "envelope !== undefined && isByAgent(record.body, envelope.principal)",
    "envelope === undefined && isByAgent(record.body, '')",
    ["test/audit/people.test.ts"],
  ),
  mutant(
    "people/resumption-recorded.ts",
    "one key lifts a freeze",
    "if (!needsTwo) return undefined;",
    "if (!needsTwo || known.length > 0) return undefined;",
    incidents,
  ),
  mutant(
    "ledger/log.ts",
    "a ledger that heals is believed again",
    "    brokenBy = broken(problem);",
    "    if (state.end.head.seq >= 0) return broken(problem);\n    brokenBy = broken(problem);",
    chain,
  ),
  mutant("ledger/log.ts", "a changed last record is followed", "{ ...head, text: lastText }", "head", chain),
  mutant(
    "ledger/log.ts",
    "who looks at the whole ledger overlooks its end",
    "(seq === last && text !== known)",
    "seq > last",
    chain,
  ),
  mutant(
    "session/incidents/unrecorded.ts",
    "a ledger that lacks what was seen is opened",
    "if (head.seq > 0 && record?.hash !== head.hash) return lacks(head.seq);",
    "",
    chain,
  ),
  mutant(
    "reconcile/reconciliation.ts",
    "what was never redeemed may be executed",
    "if (!granted.isRedeemed)",
    "if (granted.isReleased)",
    logs,
  ),
  mutant(
    "reconcile/reconciliation.ts",
    "one redemption is good for many effects",
    "if (times === 2)",
    "if (times === 9)",
    logs,
  ),
  mutant(
    "reconcile/reconciliation.ts",
    "a line that is none is passed over",
    'this.#add("LOG_UNREADABLE",',
    'if (number < 0) this.#add("LOG_UNREADABLE",',
    logs,
  ),
  mutant(
    "reconcile/reconciliation.ts",
    "a call without a token is good once it was redeemed under one",
    "&& !this.#mentioned.has(each)",
    "",
    logs,
  ),
  mutant("reconcile/amounts.ts", "a log may say more than was charged", "told > charged ||", "", logs),
];
