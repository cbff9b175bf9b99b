/** Ends that a dishonest gateway wrote: what a witness leaves out, a snapshot of another state, checks that nobody made. */
import { describe, expect, test } from "vitest";
import { readEnvelope } from "../../compiler/read/read.ts";
import { LedgerAudit } from "../../runtime/audit/ledger-audit.ts";
import { outcomeOf } from "../../runtime/ledger/ending.ts";
import { Account } from "../../runtime/ledger/witness/account.ts";
import { partsOf, witnessBody } from "../../runtime/ledger/witness/parts.ts";
import { stateDigest } from "../../runtime/ledger/witness/state-document.ts";
import { sha256 } from "../../schema/json/canonical.ts";
import type { Incident, PostconditionChecked, Witness } from "../../schema/ledger.ts";
import { entry } from "../ledger/entries.ts";
import { begin, envelopeOf, type Gateway, openGateway, tokenOf } from "./ledgers.ts";

const postconditions = [
  { id: "tidy", check: "no_open_orders", critical: true },
  { id: "settled", check: "no_unsettled_effects", critical: true },
];
const document = JSON.stringify({ ...JSON.parse(envelopeOf("env_end")), postconditions });

interface Forged {
  readonly snapshot?: Partial<Incident["snapshot"] & object>;
  readonly isWitnessed?: boolean;
  readonly witness?: (body: Witness) => Witness;
  readonly checks?: (bodies: PostconditionChecked[]) => PostconditionChecked[];
}

/** One call that is executed, one that nobody reports on; a freeze and its witness; the end. */
async function found({ snapshot, isWitnessed = true, witness = (body) => body, checks = (all) => all }: Forged) {
  const gateway = openGateway("env_end", {}, undefined, document);
  const { append, propose, state, evaluator } = gateway;
  const account = () => {
    const made = new Account();
    for (const { record } of gateway.chain) made.take(record);
    return partsOf(made.lists());
  };
  const write = (incident: number | undefined, at: number) =>
    append(
      entry(
        "witness",
        at,
        witness(witnessBody(account(), 1, { head: state.end.head, incident }, evaluator.policyDigest)),
      ),
    );
  append(entry("evidence", begin, { name: "perimeter", seenAt: begin }));
  const settled = { amounts: {}, results: {}, metrics: [] };
  for (const outcome of ["executed", "unknown"] as const) {
    const token = tokenOf(propose("pay", { payee: "ann", amount: "1.00" }, begin + 3));
    append(entry("consumed", begin + 3, token));
    const body = { ...settled, ...token, outcome };
    append(entry("settled", begin + 3, outcome === "executed" ? { ...body, resultDigest: sha256("{}") } : body));
  }
  propose("pay", { payee: "eve", amount: "1.00" }, begin + 4);
  const taken = { head: state.end.head.hash, state: stateDigest(state), policy: evaluator.policyDigest, ...snapshot };
  const { record } = append(
    entry("incident", begin + 5, { code: "OUTCOME_UNKNOWN", message: "", freezes: true, snapshot: taken }),
  );
  if (isWitnessed) write(record.seq, begin + 6);
  else append(entry("resumed", begin + 6, { approvals: ["{}"] }));
  if (isWitnessed) end(gateway, write, checks);
  return codesOf(gateway);
}

function end(
  { append, state }: Gateway,
  write: (incident: undefined, at: number) => unknown,
  checks: (bodies: PostconditionChecked[]) => PostconditionChecked[],
): void {
  write(undefined, begin + 7);
  const bodies = checks([
    { id: "tidy", holds: true, critical: true },
    { id: "settled", holds: false, critical: true },
  ]);
  for (const body of bodies) append(entry("postcondition", begin + 8, body));
  append(entry("closed", begin + 9, { as: outcomeOf(state) }));
}

async function codesOf({ chain }: Gateway): Promise<readonly string[]> {
  const ledger = new LedgerAudit({ readEnvelope: (text) => readEnvelope(text).envelope });
  for (const [i, { text }] of chain.entries()) await ledger.take({ text, line: i + 1 });
  for await (const { problems } of ledger.finished()) return problems.map(({ code, seq }) => `${code} ${seq}`);
  throw new Error("no session");
}

test("an honest end has nothing against it", async () => expect(await found({})).toEqual([]));

describe("found is", () => {
  test.each<readonly [what: string, forged: Forged, wanted: readonly string[]]>([
    ["a snapshot of another state", { snapshot: { state: sha256("another") } }, ["SNAPSHOT_FORGED 10"]],
    ["a resumption before the witness", { isWitnessed: false }, ["WITNESS_MISSING 11"]],
    [
      "a witness that leaves an attempt out",
      { witness: (body) => ({ ...body, attempted: body.attempted.slice(1) }) },
      ["WITNESS_FORGED 11", "WITNESS_FORGED 12"],
    ],
    [
      "a witness that leaves a change out",
      { witness: (body) => ({ ...body, changed: [] }) },
      ["WITNESS_FORGED 11", "WITNESS_FORGED 12"],
    ],
    [
      "a witness that adds what was left open",
      { witness: (body) => ({ ...body, deferred: body.attempted }) },
      ["WITNESS_FORGED 11", "WITNESS_FORGED 12"],
    ],
    [
      "a witness with another result",
      { witness: (body) => ({ ...body, changed: body.changed.map((each) => ({ ...each, resultDigest: null })) }) },
      ["WITNESS_FORGED 11", "WITNESS_FORGED 12"],
    ],
    ["a check that nobody made", { checks: (all) => all.slice(1) }, ["POSTCONDITION_MISSING 14"]],
    [
      "a check that is no condition of the envelope",
      { checks: (all) => [...all, { id: "other", holds: true, critical: true }] },
      ["POSTCONDITION_FORGED 15"],
    ],
    [
      "a critical check that was made a warning",
      { checks: (all) => all.map((each) => (each.id === "tidy" ? { ...each, critical: false } : each)) },
      ["POSTCONDITION_FORGED 13"],
    ],
    [
      "a check that the ledger tells otherwise",
      { checks: (all) => all.map((each) => ({ ...each, holds: true })) },
      ["POSTCONDITION_FORGED 14"],
    ],
  ])("%s", async (_, forged, wanted) => expect(await found(forged)).toEqual(wanted));
});
