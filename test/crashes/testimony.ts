/** What the dead tell, held against the ledger: nothing that they were told or did may be missing there. */
import type { Accounts } from "../races/accounts.ts";
import type { Line } from "../races/journal.ts";

/** Where a worker was when it was killed. */
export const moments = [
  "opening",
  "before the verdict was written",
  "verdict written, not told",
  "allow told, not redeemed",
  "redeemed, not executed",
  "executed, not settled",
  "settled, not told",
  "between two bills",
] as const;
/** Those that last as long as an append; the others are over in microseconds, and chance hits one of them in a hundred deaths or so. */
export const longMoments = [
  "opening",
  "before the verdict was written",
  "allow told, not redeemed",
  "executed, not settled",
] as const satisfies readonly Moment[];
export type Moment = (typeof moments)[number];

export class Testimony {
  readonly wrong: string[] = [];
  readonly moments: Record<Moment, number>;
  readonly #paid = new Map<string, string>();
  readonly #heard = new Map<string, number>();

  constructor() {
    const none = moments.map((moment) => [moment, 0] as const);
    this.moments = Object.fromEntries(none) as Record<Moment, number>;
  }

  get paid(): number {
    return this.#paid.size;
  }

  /** @param lines the whole journal of a dead worker. @param accounts of records that were read after its death */
  take(lines: readonly Line[], accounts: Accounts): Moment {
    for (const line of lines) this.#check(line, accounts);
    const moment = momentOf(lines, accounts);
    this.moments[moment] += 1;
    return moment;
  }

  #check(line: Line, { verdicts, allows }: Accounts): void {
    if (line.did === "hear") {
      const { bill, seq, verdict, jti } = line;
      const before = this.#heard.get(bill);
      if (seq === null || verdicts.get(seq) !== verdict) this.wrong.push(`${verdict} for ${bill} is not record ${seq}`);
      else if (before !== undefined && before !== seq) this.wrong.push(`${bill} is records ${before} and ${seq}`);
      else this.#heard.set(bill, seq);
      if (jti !== null && allows.get(jti)?.seq !== seq) this.wrong.push(`the reservation ${jti} is lost`);
    }
    if (line.did === "pay") {
      const { bill, jti } = line;
      if (this.#paid.has(jti)) this.wrong.push(`${bill} was paid twice`);
      this.#paid.set(jti, bill);
      if (allows.get(jti)?.consumed === undefined) this.wrong.push(`${bill} was paid and not redeemed`);
    }
    if (line.did === "settle" && line.outcome === "appended" && allows.get(line.jti)?.ended.length !== 1)
      this.wrong.push(`the settlement of ${line.jti} is lost`);
    if (line.did === "bounce" && !bounces.includes(line.code)) this.wrong.push(`${line.bill} bounced: ${line.code}`);
  }
}

/** A token that is found again after a crash may have been redeemed, or have expired. */
const bounces = ["RESERVATION_MISSING", "TOKEN_EXPIRED", "TOKEN_LIFETIME"];

/** The bill that the dead was at, whoever asks for it next. */
export function unfinished(lines: readonly Line[]): string | undefined {
  return lines.findLast((line) => line.did === "ask")?.bill;
}

function momentOf(lines: readonly Line[], { byId, allows }: Accounts): Moment {
  const last = lines.findLast(({ did }) => did !== "retry");
  switch (last?.did) {
    case undefined:
      return "opening";
    case "ask":
      return byId.has(last.bill) ? "verdict written, not told" : "before the verdict was written";
    case "hear":
      if (last.jti === null) return "between two bills";
      return allows.get(last.jti)?.consumed === undefined ? "allow told, not redeemed" : "redeemed, not executed";
    case "pay":
      return allows.get(last.jti)?.ended.length === 0 ? "executed, not settled" : "settled, not told";
    default:
      return "between two bills";
  }
}
