/**
 * The only way to a tool (SPEC §8): a token is redeemed once, for the very proposal that was judged, and what is executed is what was
 * verified. Whatever is wrong is a denial, recorded with the proposal's hash and `executed: false`.
 */
import { canonicalJson } from "../../schema/json/canonical.ts";
import type { KeyRing } from "../authority/key-ring.ts";
import type { AuthorityClaims } from "../authority/token/documents.ts";
import { verifyToken } from "../authority/token/verify.ts";
import type { DecodedCall, Proposal } from "../decode/decode.ts";
import { reasonOf } from "../fault.ts";
import { membersOf } from "../own.ts";
import { proposalHash, requestDigest } from "../proposal-hash.ts";
import type { Appended } from "../session/append.ts";
import { ownProposal } from "../session/own-proposal.ts";
import type { Session } from "../session/session.ts";
import type { Settlement } from "../session/settle.ts";
import { type Denial, deny, type RecordedDenial, recordDenial } from "./denial.ts";
import { freezeDeep } from "./freeze.ts";
import { stoppedBy } from "./stopped.ts";
import { recorder } from "./strangers.ts";
import type { Tool, ToolReport, Tools } from "./tools.ts";

export interface GuardOptions {
  readonly session: Session;
  /** The gateways whose tokens are believed. */
  readonly keys: KeyRing;
  /** The gateway's id: `iss`. */
  readonly issuer: string;
  /** The executor's own id: `aud`. */
  readonly audience: string;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly tools: Tools;
}

export type Redeemed =
  | { readonly outcome: "denied"; readonly denial: RecordedDenial }
  /** `unknown`: the tool failed, and its effect may or may not have happened. */
  | {
      readonly outcome: "executed" | "not_executed" | "unknown";
      readonly result: unknown;
      /** Why the tool failed. */
      readonly reason?: string;
      /** How the settlement was recorded. Where it was not, the effect stays charged in full. */
      readonly settled: Appended;
    };

export interface Guard {
  /** Never throws; no promise of it is rejected. */
  redeem(token: unknown, proposal: Proposal): Promise<Redeemed>;
}

export function guard({ tools, ...options }: GuardOptions): Guard {
  const byName = new Map(Object.entries(tools));
  const record = recorder(options.session);
  return {
    async redeem(token, given) {
      const proposal = ownProposal(given);
      const { session } = options;
      const hash = proposalHash(proposal, session.evaluator.limits);
      const verified = await verify(options, byName, token, proposal, hash).catch(unverifiable);
      if (!verified.ok) {
        const denial = await record(verified.denial, hash);
        return { outcome: "denied", denial };
      }
      // Right before the effect, whatever the store has waited for.
      const stopped = stoppedBy(session, verified.claims, options.clock);
      return stopped === undefined ? execute(session, verified) : stop(session, verified, stopped, hash);
    },
  };
}

interface Verified {
  readonly ok: true;
  readonly claims: AuthorityClaims;
  readonly call: DecodedCall;
  readonly tool: Tool;
}

type Verification = Verified | { readonly ok: false; readonly denial: Denial };

/** Every check before the effect; the last one writes `consumed`. */
async function verify(
  options: Omit<GuardOptions, "tools">,
  tools: ReadonlyMap<string, Tool>,
  token: unknown,
  proposal: Proposal,
  hash: string | undefined,
): Promise<Verification> {
  const { session, keys, issuer, audience, clock } = options;
  const verified = await verifyToken(token, keys, { iss: issuer, aud: audience, now: clock() });
  if (!verified.ok) return deny(verified.code, verified.message);
  const { claims } = verified;
  const { envelopeDigest, policyDigest } = session.evaluator;
  if (claims.env !== envelopeDigest) return deny("ENVELOPE_MISMATCH", "the token is of another envelope");
  if (claims.pol !== policyDigest) return deny("POLICY_CHANGED", "the policy has changed since the verdict");
  if (claims.prp !== hash) return deny("PROPOSAL_MISMATCH", "the token is of another proposal");
  const decoded = session.evaluator.decode(proposal);
  if (!decoded.ok || !isScope(decoded.call, claims))
    return deny("REQUEST_MISMATCH", "the call is not the one that was judged");
  const tool = tools.get(decoded.call.tool);
  if (typeof tool !== "function")
    return deny("TOOL_UNKNOWN", `the guard has no tool ${JSON.stringify(decoded.call.tool)}`);
  const stale = await recordDiffers(session, claims);
  if (stale !== undefined) return stale;
  const { seq: reserved, jti } = claims;
  const consumed = await session.redeem(reserved, jti);
  if (consumed.outcome === "appended") return { ok: true, claims, call: decoded.call, tool };
  const { code, message } = consumed.outcome === "refused" ? consumed.problem : consumed.fault;
  return deny(code, message);
}

function isScope({ effect, tool, fields }: DecodedCall, { scp }: AuthorityClaims): boolean {
  return canonicalJson({ effect, fields, tool }) === canonicalJson(scp);
}

/** The verdict that the token names must stand in this session's ledger, as it was signed. */
async function recordDiffers(session: Session, claims: AuthorityClaims): Promise<Verification | undefined> {
  const record = await session.read(claims.seq);
  const missing = `record ${claims.seq} of this session is not the verdict that the token is of`;
  if (record?.type !== "decided") return deny("RESERVATION_MISSING", missing);
  const { proposalHash: hash, request, reservation, policy } = record.body;
  if (reservation?.jti !== claims.jti || hash !== claims.prp) return deny("RESERVATION_MISSING", missing);
  if (request === null || requestDigest(request) !== claims.req || policy !== claims.pol)
    return deny("REQUEST_MISMATCH", "the recorded request is not the one that the token is of");
  return undefined;
}

/** It was redeemed, and does not begin. */
async function stop(session: Session, { claims }: Verified, by: Denial, hash: string | undefined): Promise<Redeemed> {
  await session.settle(claims.seq, claims.jti, { outcome: "not_executed" });
  return { outcome: "denied", denial: await recordDenial(session, by, hash) };
}

/** What is told is what was settled: the ledger's word, not the tool's. */
async function execute(session: Session, { claims, call, tool }: Verified): Promise<Redeemed> {
  const { seq, jti } = claims;
  const allowed = {
    effect: call.effect,
    tool: call.tool,
    fields: freezeDeep(call.fields),
    jti,
    signal: AbortSignal.any([session.killed]),
  };
  let report: Settlement = { outcome: "unknown" };
  let reason: string | undefined;
  try {
    report = plainReport(await tool(freezeDeep(call.args), allowed));
  } catch (cause) {
    reason = reasonOf(cause);
  }
  const settled = await session.settle(seq, jti, report);
  const isSettled = settled.outcome === "appended" && settled.record.type === "settled";
  const outcome = isSettled ? settled.record.body.outcome : "unknown";
  const result = outcome === "unknown" ? undefined : report.result;
  return { outcome, result, settled, ...(reason === undefined ? {} : { reason }) };
}

/**
 * Each member read once. What has no JSON is no result.
 *
 * @throws whatever a report throws that is none
 */
function plainReport(given: ToolReport): Settlement {
  if (typeof given !== "object" || given === null)
    throw new TypeError("the tool has answered with no report: an object was expected, such as `{ result }`");
  const members = membersOf(given, "outcome", "result", "amounts", "metrics", "receipt");
  const { outcome = "executed", result, amounts, metrics, receipt } = members;
  const text = jsonOf(result);
  return {
    outcome,
    ...(text === undefined ? {} : { result: JSON.parse(text) }),
    ...(amounts === undefined ? {} : { amounts }),
    ...(metrics === undefined ? {} : { metrics }),
    ...(receipt === undefined ? {} : { receipt }),
  };
}

function jsonOf(result: unknown): string | undefined {
  try {
    return JSON.stringify(result);
  } catch {
    return undefined;
  }
}

/** A clock or a store that throws, against its promise. */
function unverifiable(cause: unknown): Verification {
  return deny("STORE_UNAVAILABLE", reasonOf(cause));
}
