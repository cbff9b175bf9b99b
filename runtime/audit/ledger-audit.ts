/** The audit of a ledger: lines of any number of sessions in, a report on each session out. */
import { parseRecord } from "../ledger/chain/parse.ts";
import { emptyRoot } from "../ledger/merkle/hash.ts";
import type { RecordProblem } from "../ledger/problem.ts";
import { noHead } from "../ledger/record.ts";
import { ownMember } from "../own.ts";
import { type ClaimRow, Claims } from "./claims.ts";
import { type Finding, Findings } from "./finding.ts";
import { type AuditOptions, SessionAudit, type SessionReport } from "./session-audit.ts";

/** One record as it was stored. */
export interface LedgerLine {
  /** Undefined where there is none: `lacks` says why. */
  readonly text: string | undefined;
  /** The rest of a sentence that begins with the line. */
  readonly lacks?: string;
  /** From 1. */
  readonly line: number;
  /** What a table says of the record beside its text. Rows of one session stand together. */
  readonly row?: { readonly session: string; readonly seq: number; readonly hash: string };
}

export class LedgerAudit {
  readonly #options: AuditOptions;
  readonly #only: string | undefined;
  readonly #sessions = new Map<string, SessionAudit>();
  /** Which session activated an envelope's id. */
  readonly #activated = new Map<string, string>();
  readonly #claims = new Claims();
  /** About lines of no session. */
  readonly #strays = new Findings();
  #strayLines = 0;

  /** @param only the session to look at; all where it is undefined */
  constructor(options: AuditOptions, only?: string) {
    this.#options = options;
    this.#only = only;
  }

  /** A promise where signatures are to be waited for before the next line. */
  take({ text, lacks = "is no text", line, row }: LedgerLine): Promise<void> | undefined {
    const known = row === undefined ? undefined : this.#audit(row.session);
    if (row !== undefined && known === undefined) return undefined;
    if (text === undefined) return this.#refuse(known, line, lacks);
    const parsed = parseRecord(text, known?.next ?? line);
    if (!parsed.ok) return this.#unreadable(text, line, parsed.problem, known);
    const { record } = parsed;
    const audit = known ?? this.#audit(record.session);
    if (audit === undefined) return undefined;
    if (row !== undefined && (row.session !== record.session || row.seq !== record.seq || row.hash !== record.hash))
      audit.add("ROW_FORGED", audit.next, `the row of record ${audit.next} is not filed under what the record says`);
    const wait = audit.take(record, text);
    if (record.seq === 1) this.#claim(audit, record.session);
    return wait;
  }

  /** Of every session so far, in the order in which they came; they are forgotten. */
  async *finished(): AsyncGenerator<SessionReport> {
    for (const [session, audit] of this.#sessions) {
      this.#sessions.delete(session);
      yield await audit.end();
    }
  }

  /**
   * The store's table of claims, where it has one, once all records have been taken.
   *
   * @param rows all of them
   */
  claims(rows: Iterable<ClaimRow>): void {
    this.#claims.check(rows, this.#only, (code, message) => this.add(code, message));
  }

  /** The rest: a report on what belongs to no session, where there is something to say. */
  end(): SessionReport | undefined {
    const { kept, count } = this.#strays;
    if (count === 0) return undefined;
    return {
      session: null,
      id: null,
      envelope: null,
      records: this.#strayLines,
      sound: 0,
      counts: {},
      head: noHead,
      tree: { size: 0, root: emptyRoot },
      findings: count,
      problems: kept,
      notes: [],
    };
  }

  /** A finding about the ledger as a whole. */
  add(code: Finding["code"], message: string): void {
    this.#strays.add(code, null, message);
  }

  #audit(session: string): SessionAudit | undefined {
    if (this.#only !== undefined && session !== this.#only) return undefined;
    const known = this.#sessions.get(session);
    if (known !== undefined) return known;
    const audit = new SessionAudit(session, this.#options);
    this.#sessions.set(session, audit);
    return audit;
  }

  #unreadable(text: string, line: number, problem: RecordProblem, known: SessionAudit | undefined): undefined {
    const audit = known ?? this.#sessions.get(sessionIn(text));
    if (audit === undefined) return this.#refuse(undefined, line, "is no record of any session");
    return void audit.refuse({ ...problem, seq: audit.next }, text);
  }

  #refuse(audit: SessionAudit | undefined, line: number, what: string): undefined {
    if (audit !== undefined)
      return void audit.refuse(
        { code: "RECORD_MALFORMED", seq: audit.next, message: `record ${audit.next} ${what}` },
        undefined,
      );
    this.#strayLines += 1;
    this.#strays.add("LINE_UNREADABLE", null, `line ${line} ${what}`);
    return undefined;
  }

  #claim(audit: SessionAudit, session: string): void {
    const { id } = audit;
    if (id === null) return;
    this.#claims.began(session, id, audit.principal);
    const other = this.#activated.get(id);
    if (other !== undefined && other !== session)
      audit.add("ENVELOPE_REPEATED", 1, `the envelope ${JSON.stringify(id)} was activated before, in session ${other}`);
    this.#activated.set(id, other ?? session);
  }
}

/** The session that a broken record says it belongs to; only believed where there is such a session. */
function sessionIn(text: string): string {
  try {
    const session = ownMember(JSON.parse(text), "session");
    return typeof session === "string" ? session : "";
  } catch {
    return "";
  }
}
