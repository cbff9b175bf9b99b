/** A session's money added up from its records as they are written, by none of the code that is tested. */
import { budget } from "./bills.ts";

interface Allow {
  readonly seq: number;
  readonly reserved: number;
  consumed?: number;
  /** The numbers of what ended it. */
  readonly ended: number[];
}

export class Accounts {
  records = 0;
  /** Cents, used and held: now, and the most there ever was. */
  charged = 0;
  mostCharged = 0;
  /** Of those that were settled. */
  settled = 0;
  /** By the number of the record. */
  readonly verdicts = new Map<number, string>();
  readonly allows = new Map<string, Allow>();
  /** The numbers of the `decided` records, by the proposal's id. */
  readonly byId = new Map<string, number[]>();
  readonly types = new Map<string, number>();
  /** What must never be. */
  readonly wrong: string[] = [];

  take(text: string): void {
    const { seq, type, body } = JSON.parse(text);
    this.records += 1;
    if (seq !== this.records) this.wrong.push(`record ${this.records} has the number ${seq}`);
    this.types.set(type, (this.types.get(type) ?? 0) + 1);
    if (type === "decided") this.#decided(seq, body);
    else if (type === "consumed") this.#consumed(seq, body.jti);
    else if (type === "settled") this.#ended(seq, body.jti, body.amounts[budget]);
    else if (type === "released") this.#ended(seq, body.jti, 0, true);
    else if (type !== "activated") this.wrong.push(`record ${seq} is ${type}: ${JSON.stringify(body)}`);
    this.mostCharged = Math.max(this.mostCharged, this.charged);
  }

  #decided(seq: number, body: { verdict: string; proposalId?: string; reservation?: Reservation }): void {
    const { verdict, proposalId, reservation } = body;
    this.verdicts.set(seq, verdict);
    if (proposalId !== undefined) this.byId.set(proposalId, [...(this.byId.get(proposalId) ?? []), seq]);
    if (reservation === undefined) return;
    const { jti, charges } = reservation;
    if (this.allows.has(jti)) this.wrong.push(`record ${seq} reserves under ${jti}, as another does`);
    const reserved = charges[budget]?.amount ?? Number.NaN;
    this.allows.set(jti, { seq, reserved, ended: [] });
    this.charged += reserved;
  }

  #consumed(seq: number, jti: string): void {
    const allow = this.allows.get(jti);
    if (allow === undefined || allow.consumed !== undefined || allow.ended.length > 0)
      this.wrong.push(`record ${seq} consumes ${jti}, which is not open`);
    else allow.consumed = seq;
  }

  #ended(seq: number, jti: string, amount: number | undefined, isRelease = false): void {
    const allow = this.allows.get(jti);
    if (allow === undefined || allow.ended.length > 0 || (allow.consumed !== undefined) === isRelease)
      return void this.wrong.push(`record ${seq} ends ${jti}, which is not there to be ended`);
    allow.ended.push(seq);
    const actual = amount ?? allow.reserved;
    this.charged += actual - allow.reserved;
    if (!isRelease) this.settled += actual;
  }
}

interface Reservation {
  readonly jti: string;
  readonly charges: Readonly<Record<string, { readonly amount: number }>>;
}
