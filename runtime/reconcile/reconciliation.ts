/** A ledger held against the executor's own log: every effect in it has its redemption, once, and at its price (SPEC §10). */
import type { Envelope } from "../../schema/envelope.ts";
import { sha256 } from "../../schema/json/canonical.ts";
import { showText } from "../../schema/json/show.ts";
import { type Decoder, planDecoder } from "../decode/decode.ts";
import type { LedgerRecord } from "../ledger/record.ts";
import { amountsProblem } from "./amounts.ts";
import { mostFindings, type ReconcileCode, type Reconciled, type ReconcileFinding } from "./finding.ts";
import { callName, type Granted, GrantedCalls } from "./granted.ts";
import { type ExternalLine, type RedeemedLine, readLine } from "./line.ts";

type Numbered<T> = T & { readonly number: number };
type External = Numbered<ExternalLine & { readonly call: string }>;

/**
 * First the ledger as it stands, then the log, then what the ledger has got meanwhile: an effect is recorded before it happens, so
 * that what is in the log by then has its record by the end.
 */
export class Reconciliation {
  readonly #session: string;
  readonly #decode: Decoder;
  readonly #calls = new GrantedCalls();
  readonly #redeemed: Numbered<RedeemedLine>[] = [];
  readonly #external: External[] = [];
  readonly #findings: ReconcileFinding[] = [];
  /** How often the log says that each was executed. */
  readonly #executions = new Map<Granted, number>();
  readonly #mentioned = new Set<Granted>();
  readonly #notExecuted = new Set<Granted>();
  #lines = 0;
  #others = 0;
  #matched = 0;
  #count = 0;
  #lastRecord = 0;
  /** What is settled up to this record must be in the log. */
  #vouched = 0;

  constructor(session: string, envelope: Envelope) {
    this.#session = session;
    this.#decode = planDecoder(envelope);
  }

  record(record: LedgerRecord): void {
    this.#calls.take(record);
    this.#lastRecord = record.seq;
  }

  /** What is settled by now is in the log that is read from here on. */
  logBegins(): void {
    this.#vouched = this.#lastRecord;
  }

  /** @param text undefined where it is no text at all: `lacks` says why */
  line(text: string | undefined, lacks = "is no text"): void {
    const number = ++this.#lines;
    const read = text === undefined ? ({ ok: false, reason: lacks } as const) : readLine(text);
    if (!read.ok) {
      const name = text === undefined ? "" : ` (${sha256(text)})`;
      this.#add("LOG_UNREADABLE", `a line of the executor's log${name} ${showText(read.reason)}`, { line: number });
      return;
    }
    const { line } = read;
    if (line.session !== undefined && line.session !== this.#session) this.#others += 1;
    else if (line.kind === "redeemed") this.#redeemed.push({ ...line, number });
    else this.#external.push({ ...line, number });
  }

  end(): Reconciled {
    for (const line of this.#redeemed) this.#judgeRedeemed(line);
    for (const line of this.#external) this.#judgeExternal(line);
    for (const granted of this.#calls.all()) this.#judgeMissing(granted);
    const findings = this.#findings.toSorted((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity) || 0);
    return { lines: this.#lines, others: this.#others, matched: this.#matched, count: this.#count, findings };
  }

  #judgeRedeemed(line: Numbered<RedeemedLine>): void {
    const { jti, number, effect, tool, outcome = "executed" } = line;
    const granted = this.#calls.of(jti);
    const token = `the token \`${showText(jti)}\``;
    if (granted === undefined) {
      // Of a token that it refused, an executor may tell.
      if (outcome === "not_executed") return;
      this.#add("EFFECT_OUTSIDE_SET", `${token} is not one that this session has given`, { line: number });
      return;
    }
    const { decided: about } = granted;
    const at = { line: number, about };
    this.#mentioned.add(granted);
    const otherwise = [...differing("effect", effect, granted.effect), ...differing("tool", tool, granted.tool)];
    if (otherwise.length > 0)
      this.#add(
        "EFFECT_OUTSIDE_SET",
        `under the token of record ${about} the log names ${otherwise.join(" and ")}`,
        at,
      );
    if (outcome === "not_executed") {
      this.#notExecuted.add(granted);
      return;
    }
    if (!granted.isRedeemed) {
      const why = granted.isReleased ? "was released unredeemed" : "was never redeemed";
      this.#add("EFFECT_WITHOUT_RECORD", `an effect under the token of record ${about}, which ${why}`, at);
      return;
    }
    this.#execute(granted, outcome, at);
    const problem = amountsProblem(granted, line);
    if (problem !== undefined) this.#add("AMOUNTS_DIFFER", `of record ${about} ${problem}`, at);
  }

  #execute(
    granted: Granted,
    outcome: "executed" | "unknown",
    at: { readonly line: number; readonly about: number },
  ): void {
    this.#matched += 1;
    if (outcome === "unknown") return;
    const times = (this.#executions.get(granted) ?? 0) + 1;
    this.#executions.set(granted, times);
    if (times === 2) this.#add("EXECUTED_TWICE", `what record ${at.about} allows once was executed more often`, at);
    if (times === 1 && granted.settled?.outcome === "not_executed")
      this.#add("OUTCOME_DIFFERS", `what record ${at.about} allows was executed, and settled as not executed`, at);
  }

  #judgeExternal({ number, tool, effect, outcome = "executed", call }: External): void {
    if (outcome === "not_executed") return;
    const decoded = this.#decode(call);
    const named = `a call of \`${showText(tool)}\` (${sha256(call)})`;
    if (!decoded.ok || decoded.call.effect === "" || (effect !== undefined && effect !== decoded.call.effect)) {
      const what = effect === undefined ? "" : ` as \`${showText(effect)}\``;
      this.#add("EFFECT_OUTSIDE_SET", `${named} is none of an effect of this envelope${what}`, { line: number });
      return;
    }
    const name = callName(decoded.call.effect, tool, decoded.call.fields);
    const free = this.#calls.like(name).find((each) => each.isRedeemed && !this.#mentioned.has(each));
    if (free !== undefined) {
      this.#mentioned.add(free);
      this.#execute(free, outcome, { line: number, about: free.decided });
      return;
    }
    const verdict = this.#calls.verdictOn(name);
    const why = verdict === undefined ? "never proposed" : `last decided in record ${verdict.seq}: ${verdict.verdict}`;
    const about = verdict === undefined ? {} : { about: verdict.seq };
    this.#add("EFFECT_WITHOUT_RECORD", `${named} was executed, and no redemption is of it; it was ${why}`, {
      line: number,
      ...about,
    });
  }

  #judgeMissing(granted: Granted): void {
    const { settled, decided: about } = granted;
    if (settled?.outcome !== "executed" || settled.seq > this.#vouched) return;
    if (this.#executions.has(granted)) return;
    if (!this.#mentioned.has(granted))
      this.#add("EXECUTION_MISSING", `record ${settled.seq} settles as executed what the log has not got`, { about });
    else if (this.#notExecuted.has(granted))
      this.#add("OUTCOME_DIFFERS", `record ${settled.seq} settles as executed what the log says was not`, { about });
  }

  #add(code: ReconcileCode, message: string, where: Pick<ReconcileFinding, "about" | "line">): void {
    this.#count += 1;
    if (this.#findings.length < mostFindings) this.#findings.push({ code, message, ...where });
  }
}

function differing(what: string, named: string | undefined, granted: string): readonly string[] {
  return named === undefined || named === granted
    ? []
    : [`the ${what} \`${showText(named)}\`, and not \`${showText(granted)}\``];
}
