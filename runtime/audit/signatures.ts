/** The signatures that a ledger keeps, verified again by keys that the auditor trusts. */
import type { Envelope } from "../../schema/envelope.ts";
import { parseJson, toValue } from "../../schema/json/parse.ts";
import type { ApprovalGiven, Charge } from "../../schema/ledger.ts";
import type { OrderPayload } from "../../schema/people.ts";
import { lackingTransition } from "../activation/escalation.ts";
import { templateProblem } from "../activation/template/record.ts";
import { verifyDetached } from "../authority/jws/detached.ts";
import { typOf } from "../authority/jws/typ.ts";
import type { KeyRing } from "../authority/key-ring.ts";
import type { PeopleInForce } from "../ledger/people-in-force.ts";
import type { LedgerRecord } from "../ledger/record.ts";
import { type ApprovalContext, isByAgent } from "../people/approval.ts";
import { payloadOf } from "../people/document.ts";
import type { OrderContext } from "../people/order.ts";
import { approvalProblem } from "../people/recorded.ts";
import type { People } from "../people/registry.ts";
import { attempt } from "./attempt.ts";
import { type Finding, signatureMissing, signatureWrong } from "./finding.ts";
import { checkOrder } from "./orders.ts";
import { peopleAt, registryProblem } from "./registries.ts";
import { noneBeside, receiptProblem, reportProblem } from "./reports.ts";
import { checkResumption, type Resuming } from "./resumptions.ts";

export interface Trust {
  /** Those of who issues envelopes and templates. */
  readonly keys?: KeyRing | undefined;
  /** Those of the executors, for receipts. None where `keys` are given and these are not: no key counts for two purposes unasked. */
  readonly executors?: KeyRing | undefined;
  /** Those of the feeds, for reports of evidence; none likewise. */
  readonly feeds?: KeyRing | undefined;
  readonly people?: People | undefined;
  /** Those of who may say who the people are: the registries that the ledger itself names are verified by them. */
  readonly registrars?: KeyRing | undefined;
}

/** What the session knows of where the record stands. */
export interface Standing {
  /** The one that was activated; undefined where it cannot be read. */
  readonly envelope: Envelope | undefined;
  /** What was reserved for the call that the record settles, by bound; undefined for every other record. */
  readonly reserved: ReadonlyMap<string, Charge> | undefined;
  /** What the record resumes from; undefined for every other record. */
  readonly resuming: Resuming | undefined;
  /** Those whose word counted at the record. */
  readonly inForce: PeopleInForce | undefined;
  /** When the session came to its end; undefined before. */
  readonly stoppedAt: number | undefined;
}

/** Undefined where the record bears no signature that can be verified with what is given. The promise may be rejected. */
export function verifySignatures(
  record: LedgerRecord,
  standing: Standing,
  { keys, executors, feeds, people, registrars }: Trust,
): Promise<Finding | undefined> | undefined {
  const { envelope, reserved, resuming, inForce } = standing;
  switch (record.type) {
    case "activated":
      return activation(record, envelope, inForce, { keys, people, registrars });
    case "people":
      return registryProblem(record.seq, record.body.registry, registrars);
    case "settled":
      return receiptProblem(record, executors ?? noneBeside(keys), reserved);
    case "approval":
      if (envelope !== undefined && isByAgent(record.body, envelope.principal))
        return Promise.resolve(signatureWrong(record.seq, "has an approval by the agent himself"));
      return peopleAt(inForce, people, registrars).then((who) =>
        who === undefined ? undefined : approval(record.seq, record.body, who, contextOf(record)),
      );
    case "resumed":
      return resumption(record, resuming, inForce, { people, registrars });
    case "evidence":
      return reportProblem(record, feeds ?? noneBeside(keys));
    case "killed":
      return order(record, "kill", record.body.by, standing, { people, registrars });
    case "incident":
      return order(record, "freeze", record.body.by, standing, { people, registrars });
    case "closed":
      return order(record, "close", record.body.by, standing, { people, registrars });
    default:
      return undefined;
  }
}

async function activation(
  record: LedgerRecord<"activated">,
  envelope: Envelope | undefined,
  inForce: PeopleInForce | undefined,
  { keys, people: given, registrars }: Trust,
): Promise<Finding | undefined> {
  const signed = keys === undefined ? undefined : await envelopeSigned(record, keys);
  if (signed !== undefined) return signed;
  const registry = await registryProblem(record.seq, record.body.registry, registrars);
  if (registry !== undefined) return registry;
  const people = await peopleAt(inForce, given, registrars);
  const origin = envelope && keys && (await templateProblem(envelope, record.body, keys, people));
  if (origin !== undefined) return signatureWrong(record.seq, origin);
  const lacking = envelope === undefined ? undefined : lackingTransition(envelope, record.body);
  if (lacking !== undefined)
    return signatureMissing(record.seq, `activates without two keys for \`${lacking.transition}\`: ${lacking.because}`);
  if (people === undefined) return undefined;
  const { approvals = [] } = record.body;
  // At its activation a session has no name yet that an approval could be for.
  const context = { ...contextOf(record), session: undefined };
  for (const given of approvals) {
    const problem = await approval(record.seq, given, people, context);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

async function resumption(
  record: LedgerRecord<"resumed">,
  resuming: Resuming | undefined,
  inForce: PeopleInForce | undefined,
  { people, registrars }: Trust,
): Promise<Finding | undefined> {
  const who = await peopleAt(inForce, people, registrars);
  return who === undefined || resuming === undefined ? undefined : checkResumption(record, resuming, who);
}

async function envelopeSigned({ seq, body }: LedgerRecord<"activated">, keys: KeyRing): Promise<Finding | undefined> {
  if (body.signatures.length === 0) return signatureMissing(seq, "activates an envelope that nobody has signed");
  const parsed = parseJson(body.document);
  if (!parsed.ok) return signatureWrong(seq, "has a document that is no JSON: nobody can have signed it");
  const payload = attempt(() => payloadOf(toValue(parsed.root)));
  if (payload === undefined)
    return signatureWrong(seq, "has a document without a canonical form: nobody can have signed it");
  for (const jws of body.signatures) {
    const verified = await verifyDetached(jws, keys, typOf.envelope, payload);
    if (!verified.ok) return signatureWrong(seq, `has an envelope whose signature does not hold: ${verified.message}`);
  }
  return undefined;
}

async function approval(
  seq: number,
  given: Readonly<ApprovalGiven>,
  people: People,
  context: ApprovalContext,
): Promise<Finding | undefined> {
  const problem = await approvalProblem(given, people, context);
  return problem === undefined ? undefined : signatureWrong(seq, problem);
}

function order(
  record: LedgerRecord,
  what: OrderPayload["order"],
  by: string | undefined,
  { inForce, stoppedAt }: Standing,
  { people, registrars }: Trust,
): Promise<Finding | undefined> | undefined {
  if (by === undefined) return undefined;
  return peopleAt(inForce, people, registrars).then((who) =>
    who === undefined ? undefined : checkOrder(record, what, by, who, stoppedAt),
  );
}

function contextOf({ envelope, session, at }: LedgerRecord): OrderContext {
  return { envelope, session, now: at, isPast: true };
}
