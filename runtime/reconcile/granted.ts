/** What a session's ledger says of its calls, as far as an executor's log can say the same or something else. */
import { canonicalJson } from "../../schema/json/canonical.ts";
import type { Charge, Settled } from "../../schema/ledger.ts";
import type { Decision } from "../../schema/verdict.ts";
import type { LedgerRecord } from "../ledger/record.ts";
import { ownMember } from "../own.ts";

/** An allow, and what became of it. */
export interface Granted {
  /** The number of the `decided` record. */
  readonly decided: number;
  readonly jti: string;
  readonly effect: string;
  readonly tool: string;
  readonly charges: Readonly<Record<string, Charge>>;
  isRedeemed: boolean;
  isReleased: boolean;
  /** `seq` of the `settled` record. */
  settled:
    | { readonly seq: number; readonly outcome: Settled["outcome"]; readonly amounts: Settled["amounts"] }
    | undefined;
}

export class GrantedCalls {
  readonly #byToken = new Map<string, Granted>();
  readonly #byNumber = new Map<number, Granted>();
  readonly #byCall = new Map<string, Granted[]>();
  /** The last verdict on each call, by what was called. */
  readonly #verdicts = new Map<string, { readonly seq: number; readonly verdict: Decision }>();

  take(record: LedgerRecord): void {
    if (record.type === "decided") this.#decide(record);
    if (record.type !== "consumed" && record.type !== "settled" && record.type !== "released") return;
    const granted = this.#byNumber.get(record.body.decided);
    if (granted === undefined) return;
    if (record.type === "consumed") granted.isRedeemed = true;
    else if (record.type === "released") granted.isReleased = true;
    else granted.settled = { seq: record.seq, outcome: record.body.outcome, amounts: record.body.amounts };
  }

  of(jti: string): Granted | undefined {
    return this.#byToken.get(jti);
  }

  /** @param call what `callName` makes of it */
  like(call: string): readonly Granted[] {
    return this.#byCall.get(call) ?? [];
  }

  verdictOn(call: string): { readonly seq: number; readonly verdict: Decision } | undefined {
    return this.#verdicts.get(call);
  }

  /** In the order of their decisions. */
  all(): Iterable<Granted> {
    return this.#byNumber.values();
  }

  #decide({ seq, body }: LedgerRecord<"decided">): void {
    const { request, reservation, verdict } = body;
    const [effect, tool] = [textIn(request, "effect"), textIn(request, "tool")];
    const call = callName(effect, tool, ownMember(request, "fields"));
    if (request !== null) this.#verdicts.set(call, { seq, verdict });
    if (reservation === undefined) return;
    const { jti, charges } = reservation;
    const granted: Granted = {
      decided: seq,
      jti,
      effect,
      tool,
      charges,
      isRedeemed: false,
      isReleased: false,
      settled: undefined,
    };
    this.#byToken.set(jti, granted);
    this.#byNumber.set(seq, granted);
    const alike = this.#byCall.get(call);
    if (alike === undefined) this.#byCall.set(call, [granted]);
    else alike.push(granted);
  }
}

/** The same for the same effect by the same tool with the same fields. */
export function callName(effect: string, tool: string, fields: unknown): string {
  return canonicalJson({ effect, tool, fields: fields ?? null });
}

function textIn(value: unknown, name: string): string {
  const member = ownMember(value, name);
  return typeof member === "string" ? member : "";
}
