/** The audit of one session, record by record: what the chain and the fold say, and beside them what must hold whatever they say. */
import type { Envelope } from "../../schema/envelope.ts";
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import { parseJson, toValue } from "../../schema/json/parse.ts";
import { type FactsPlan, planFacts } from "../ledger/facts/facts.ts";
import { foldFirst, foldNext, nextProblem } from "../ledger/fold/fold.ts";
import type { TreeHead } from "../ledger/merkle/subtree.ts";
import type { RecordProblem } from "../ledger/problem.ts";
import type { Head, LedgerRecord } from "../ledger/record.ts";
import { noHead } from "../ledger/record.ts";
import type { SessionState } from "../ledger/state.ts";
import { attempt } from "./attempt.ts";
import { checkBreakers } from "./breakers.ts";
import { capsOf } from "./caps.ts";
import { checkDecision } from "./decisions.ts";
import { Endings } from "./endings.ts";
import { type Finding, Findings, type Note, signatureWrong } from "./finding.ts";
import { Money } from "./money.ts";
import { resumingFrom } from "./resumptions.ts";
import { type Trust, verifySignatures } from "./signatures.ts";
import { checkRedemption, type Validity, validityOf } from "./validity.ts";
import { Witnesses } from "./witnesses.ts";

export interface AuditOptions extends Trust {
  /** Of a valid document; undefined for any other. */
  readonly readEnvelope: (document: string) => Envelope | undefined;
  /** What trusted checkpoints have said of each session, their signatures verified. */
  readonly checkpoints?: ReadonlyMap<string, readonly TreeHead[]>;
}

export interface SessionReport {
  /** Null for lines that belong to no session. */
  readonly session: string | null;
  /** The id of the envelope that was activated, and the digest that every record names. */
  readonly id: string | null;
  readonly envelope: string | null;
  /** All there are. */
  readonly records: number;
  /** Those up to which the chain and the fold are sound. */
  readonly sound: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly head: Head;
  /** Of the tree over all records (RFC 9162). */
  readonly tree: TreeHead;
  /** How many there are, and the first of them. */
  readonly findings: number;
  readonly problems: readonly Finding[];
  readonly notes: readonly Note[];
}

/** As many signatures are verified at once. */
const mostPending = 64;

export class SessionAudit {
  readonly #session: string;
  readonly #options: AuditOptions;
  readonly #findings = new Findings();
  readonly #notes: Note[] = [];
  readonly #endings = new Endings(this.#findings);
  readonly #counts: Record<string, number> = Object.create(null);
  readonly #witnesses: Witnesses;
  #state: SessionState | undefined;
  #envelope: Envelope | undefined;
  #validity: Validity | undefined;
  #facts: FactsPlan | undefined;
  #money: Money = new Money(new Map(), this.#findings);
  #first: LedgerRecord | undefined;
  #records = 0;
  #sound = 0;
  #isSound = true;
  #pending: Promise<Finding | undefined>[] = [];

  constructor(session: string, options: AuditOptions) {
    this.#session = session;
    this.#options = options;
    this.#witnesses = new Witnesses(options.checkpoints?.get(session) ?? []);
  }

  /** The number that the next record must have. */
  get next(): number {
    return this.#sound + 1;
  }

  /** The id that was activated; null for a session that was rejected, or has no first record. */
  get id(): string | null {
    return this.#first?.type === "activated" ? this.#first.body.id : null;
  }

  /** Of the envelope that was activated; undefined where that cannot be read. */
  get principal(): string | undefined {
    return this.#envelope?.principal;
  }

  add(code: Finding["code"], seq: number | null, message: string): void {
    this.#findings.add(code, seq, message);
  }

  /**
   * A text that is no record: nothing after it follows.
   *
   * @param text undefined where it is no text at all
   */
  refuse({ code, seq, message }: RecordProblem, text: string | undefined): void {
    this.#records += 1;
    if (text !== undefined) this.#witnesses.grow(text);
    if (this.#isSound) this.add(code, seq, message);
    this.#isSound = false;
  }

  /** A promise where signatures are to be waited for before the next record. */
  take(record: LedgerRecord, text: string): Promise<void> | undefined {
    this.#records += 1;
    this.#witnesses.grow(text);
    // What stands after a break is not looked at: nobody can say what it builds on.
    if (!this.#isSound) return undefined;
    this.#counts[record.type] = (this.#counts[record.type] ?? 0) + 1;
    const problem = this.#problemOf(record);
    // A record of another place says nothing about this one; what the fold refuses is looked at all the same.
    if (problem?.code !== "CHAIN_BROKEN") this.#look(record);
    if (problem !== undefined) {
      this.add(problem.code, problem.seq, problem.message);
      this.#isSound = false;
      return undefined;
    }
    // The fold forgets what was reserved as soon as it is settled.
    const reserved =
      record.type === "settled" ? this.#state?.reservations.get(record.body.decided)?.charges : undefined;
    const resuming =
      record.type === "resumed" && this.#state !== undefined ? resumingFrom(this.#state, this.#envelope) : undefined;
    this.#fold(record);
    this.#sound += 1;
    const stoppedAt = this.#state?.ending.stoppedAt;
    const standing = { envelope: this.#envelope, reserved, resuming, inForce: this.#state?.people, stoppedAt };
    const verified = verifySignatures(record, standing, this.#options);
    if (verified === undefined) return undefined;
    const { seq } = record;
    this.#pending.push(verified.catch(() => signatureWrong(seq, "has a signature that cannot be verified")));
    return this.#pending.length < mostPending ? undefined : this.#settle();
  }

  async end(): Promise<SessionReport> {
    await this.#settle();
    this.#money.end();
    this.#witnesses.end(this.#findings);
    const { kept, count } = this.#findings;
    return {
      session: this.#session,
      id: this.id,
      envelope: this.#first?.envelope ?? null,
      records: this.#records,
      sound: this.#sound,
      counts: { ...this.#counts },
      head: this.#state?.end.head ?? noHead,
      tree: this.#witnesses.head,
      findings: count,
      problems: kept.toSorted((a, b) => (a.seq ?? 0) - (b.seq ?? 0)),
      notes: this.#notes,
    };
  }

  #begin(record: LedgerRecord): void {
    this.#first = record;
    if (record.type !== "activated") return;
    this.#comparePeople(record);
    const { document, id } = record.body;
    const envelope = this.#options.readEnvelope(document);
    if (envelope === undefined) {
      this.add("ENVELOPE_UNREADABLE", 1, "the document that was activated is no valid envelope");
      return;
    }
    if (digestOf(document) !== record.envelope || envelope.id !== id) {
      this.add("ENVELOPE_MISMATCH", 1, "the document that was activated is not the envelope that is named");
      return;
    }
    this.#envelope = envelope;
    this.#validity = validityOf(envelope, record.at);
    this.#facts = planFacts(envelope);
    this.#money = new Money(capsOf(envelope), this.#findings);
  }

  /** People come and go while a session lasts: another registry than was in force is no fault, but worth a word. */
  #comparePeople({ seq, body }: LedgerRecord<"activated">): void {
    const { people } = this.#options;
    const isNamed = body.people !== undefined || body.approvals !== undefined;
    if (people === undefined || !isNamed || body.people === people.digest) return;
    const named = body.people ?? "none";
    const message = `record ${seq} names the registry of people ${named}, and approvals are judged by ${people.digest}`;
    this.#notes.push({ code: "PEOPLE_OTHER", seq, message });
  }

  #decide(record: LedgerRecord<"decided">, state: SessionState): void {
    if (this.#facts !== undefined) checkDecision(this.#facts, state, record, this.#findings);
    if (this.#first?.type === "activated" && record.body.policy !== this.#first.body.policy)
      this.add("POLICY_CHANGED", record.seq, `record ${record.seq} is judged by another policy than was activated`);
  }

  #problemOf(record: LedgerRecord): RecordProblem | undefined {
    if (this.#state !== undefined) return nextProblem(this.#state, record);
    const folded = foldFirst(record, this.#session);
    return folded.ok ? undefined : folded.problem;
  }

  #look(record: LedgerRecord): void {
    if (this.#first === undefined) this.#begin(record);
    else if (record.type === "decided" && this.#state !== undefined) this.#decide(record, this.#state);
    else if (record.type === "consumed" && this.#validity !== undefined)
      checkRedemption(this.#validity, record, this.#findings);
    if (this.#envelope !== undefined && this.#state !== undefined)
      checkBreakers(this.#envelope, this.#state, record, this.#findings);
    if (this.#state !== undefined) this.#endings.look(this.#envelope, this.#state, record);
    this.#endings.take(record);
    this.#money.take(record);
  }

  #fold(record: LedgerRecord): void {
    if (this.#state !== undefined) {
      foldNext(this.#state, record);
      return;
    }
    const folded = foldFirst(record, this.#session);
    if (folded.ok) this.#state = folded.state;
  }

  async #settle(): Promise<void> {
    const pending = this.#pending;
    this.#pending = [];
    for (const finding of await Promise.all(pending))
      if (finding !== undefined) this.add(finding.code, finding.seq, finding.message);
  }
}

function digestOf(document: string): string | undefined {
  const parsed = parseJson(document);
  return parsed.ok ? attempt(() => sha256(canonicalJson(toValue(parsed.root)))) : undefined;
}
