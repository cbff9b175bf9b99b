/** Ledgers as a gateway writes them: real verdicts of a real envelope on the facts of the fold, reserved, redeemed, settled. */
import { base64url } from "jose";
import { compile } from "../../compiler/compile.ts";
import type { Evaluator } from "../../runtime/evaluator.ts";
import { type Sealed, seal, sealFirst } from "../../runtime/ledger/chain/seal.ts";
import { planFacts } from "../../runtime/ledger/facts/facts.ts";
import { foldFirst, foldNext } from "../../runtime/ledger/fold/fold.ts";
import type { Entry } from "../../runtime/ledger/record.ts";
import { expiredReservations, type SessionState } from "../../runtime/ledger/state.ts";
import { createHost } from "../../runtime/load.ts";
import { cedarWasm } from "../../runtime/node/cedar-wasm.ts";
import { decidedEntry } from "../../runtime/session/decided-entry.ts";
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import { sha256Bytes } from "../../schema/json/sha256.ts";
import { entry, type Later } from "../ledger/entries.ts";

const begin = Date.parse("2026-01-01T12:00:00Z");

/** A wallet of 100.00 in all, 60.00 for each payee, twenty calls a minute. */
export const envelopeOf = (id: string, calls = 1_000_000) =>
  JSON.stringify({
    ambit: "1",
    id,
    goal: { summary: "Pay small bills" },
    issuer: "authz.example",
    principal: "agent:payer",
    mode: "window",
    validity: { notBefore: "2026-01-01T00:00:00Z", expiresAt: "2027-01-01T00:00:00Z", maxDurationSeconds: 31_536_000 },
    capabilities: [],
    budgets: { actions: { max: calls }, spend: { max: "100.00", unit: "EUR" } },
    effects: {
      pay: {
        tools: ["pay"],
        external: false,
        fields: {
          payee: { from: "/payee", type: "string" },
          amount: { from: "/amount", type: "decimal", scale: 2, unit: "EUR" },
        },
        results: { receipt: { from: "/id", type: "string" } },
        allow: { payee: { oneOf: ["ann", "bob"] } },
        perCall: { amount: { max: "50.00" } },
        session: { calls: { max: calls }, amount: { max: "60.00", perField: "payee" } },
        velocity: [{ max: 20, seconds: 60 }],
        consumes: { spend: "amount" },
      },
      look: {
        tools: ["look"],
        external: false,
        fields: { receipt: { from: "/id", type: "string" } },
        allow: { receipt: { producedBy: "pay/receipt" } },
        session: { calls: { max: calls } },
        velocity: [{ max: 1000, seconds: 60 }],
      },
    },
    forbidden: [],
    evidence: { perimeter: { maxAgeSeconds: 3600 } },
    recovery: "manual_only",
    killSwitch: { signal: `kill/${id}` },
  });

export interface Gateway {
  readonly evaluator: Evaluator;
  readonly state: SessionState;
  readonly chain: readonly Sealed[];
  readonly document: string;
  /** Puts a record at the end, whether or not the fold takes it. */
  readonly force: (entry: Entry<Later>) => Sealed;
  readonly append: (entry: Entry<Later>) => Sealed;
  /** Judges, and records the verdict. */
  readonly propose: (tool: string, args: object, at: number) => Sealed;
}

const both = createHost({ cedarWasm: await cedarWasm() });
/** Quick, for ledgers that are long. */
export const reference = createHost({ engines: ["reference"] });

export function openGateway(
  id: string,
  change: Partial<Entry<"activated">["body"]> = {},
  host = both,
  document = envelopeOf(id),
): Gateway {
  const { artefacts, diagnostics } = compile(new TextEncoder().encode(document));
  if (artefacts === undefined) throw new Error(JSON.stringify(diagnostics));
  const evaluator = host.load(artefacts);
  const body = { id, document, policy: evaluator.policyDigest, signatures: [], ...change };
  const first = sealFirst({ type: "activated", at: begin, body }, evaluator.envelopeDigest);
  const folded = foldFirst(first.record, first.record.session);
  if (!folded.ok) throw new Error(folded.problem.message);
  const { state } = folded;
  const facts = planFacts(evaluator.envelope);
  const chain = [first];
  const force = (later: Entry<Later>) => {
    const { session, seq, hash, envelope } = chain.at(-1)!.record;
    const sealed = seal(later, { seq, hash }, { session, envelope });
    chain.push(sealed);
    return sealed;
  };
  const append = (later: Entry<Later>) => {
    const sealed = force(later);
    const problem = foldNext(state, sealed.record);
    if (problem !== undefined) throw new Error(problem.message);
    return sealed;
  };
  const propose = (tool: string, args: object, at: number) => {
    const proposalHash = sha256(canonicalJson({ tool, args }));
    const decided = evaluator.decideReported(JSON.stringify({ tool, args }), ({ effect, fields }) => ({
      principal: "agent:payer",
      now: at,
      state: facts.stateOf(state, { effect, fields, proposalHash }, at),
    }));
    const { verdict, effect, fields } = decided.verdict;
    const { session, head } = state.end;
    const place = { session, seq: head.seq + 1, prev: head.hash, proposalHash };
    const jti = base64url.encode(sha256Bytes(canonicalJson(place)));
    const charges = verdict === "allow" ? facts.chargesOf({ effect: effect!, fields: fields!, proposalHash }, at)! : {};
    const reservation = verdict === "allow" ? { jti, expiresAt: at + 30_000, charges } : undefined;
    return append(decidedEntry(at, decided, { hash: proposalHash, id: undefined }, reservation));
  };
  return { evaluator, state, chain, document, force, append, propose };
}

export function tokenOf({ record }: Sealed): { readonly decided: number; readonly jti: string } {
  if (record.type !== "decided" || record.body.reservation === undefined) throw new Error("no allow");
  return { decided: record.seq, jti: record.body.reservation.jti };
}

/** A long life: allows that are settled or expire, denials, calls that do not decode, evidence. */
export function longLife(id: string, records: number, host = both): Gateway {
  const gateway = openGateway(id, {}, host);
  const { append, propose, state, chain } = gateway;
  append(entry("evidence", begin, { name: "perimeter", seenAt: begin }));
  for (let i = 0, at = begin; chain.length < records; i++, at += 7_000) {
    if (i % 300 === 299) append(entry("evidence", at, { name: "perimeter", seenAt: at }));
    for (const { decided, jti } of expiredReservations(state, at)) append(entry("released", at, { decided, jti }));
    if (i % 9 === 8) propose("pay", { payee: "eve", amount: "1.00" }, at);
    if (i % 11 === 10) propose("pay", { payee: "ann", amount: 1.005 }, at);
    if (i % 13 === 12) propose("look", { id: `r-${i % 5}` }, at);
    const allowed = propose("pay", { payee: i % 2 === 0 ? "ann" : "bob", amount: "0.00" }, at);
    if (i % 7 === 6) continue;
    if (allowed.record.type !== "decided" || allowed.record.body.verdict !== "allow") continue;
    const token = tokenOf(allowed);
    append(entry("consumed", at + 10, token));
    const results = { receipt: `r-${i % 5}` };
    append(entry("settled", at + 20, { ...token, outcome: "executed", amounts: {}, results, metrics: [] }));
  }
  return gateway;
}

export const linesOf = (chain: readonly Sealed[]): string => chain.map(({ text }) => `${text}\n`).join("");
export { begin };
