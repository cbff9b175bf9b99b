/** The state of a session by going through all of its records for every question: slow, and nothing to remember. */
import type { LedgerRecord } from "../../runtime/ledger/record.ts";
import type { RecordBodies } from "../../schema/ledger.ts";

type Of<T extends keyof RecordBodies> = LedgerRecord<T>;

export class Brute {
  readonly records: readonly LedgerRecord[];

  constructor(records: readonly LedgerRecord[]) {
    this.records = records;
  }

  all<T extends keyof RecordBodies>(type: T): readonly Of<T>[] {
    return this.records.filter((record): record is Of<T> & LedgerRecord => record.type === type);
  }

  get allows() {
    return this.all("decided").filter(({ body }) => body.verdict === "allow");
  }

  end<T extends "consumed" | "settled" | "released">(type: T, decided: number): Of<T> | undefined {
    return this.all(type).find(({ body }) => body.decided === decided);
  }

  sum(bound: string, bucket?: string): number {
    let sum = 0;
    for (const { seq, body } of this.allows) {
      const charge = body.reservation?.charges[bound];
      if (charge === undefined || charge.bucket !== bucket || this.end("released", seq) !== undefined) continue;
      sum += this.end("settled", seq)?.body.amounts[bound] ?? charge.amount;
    }
    return sum;
  }

  allowedWithin(effect: string, now: number, length: number): number {
    return this.allows.filter(({ at, body }) => body.request?.effect === effect && at > now - length && at <= now)
      .length;
  }

  executed(effect: string) {
    const decided = this.allows.filter(({ body }) => body.request?.effect === effect).map(({ seq }) => seq);
    return this.all("settled").filter(({ body }) => body.outcome === "executed" && decided.includes(body.decided));
  }

  last(effect: string): number | undefined {
    return this.executed(effect).at(-1)?.at;
  }

  produced(effect: string, name: string): readonly (string | number)[] {
    return [...new Set(this.executed(effect).flatMap(({ body }) => body.results[name] ?? []))];
  }

  /** By number, those that are neither settled nor released. */
  get open(): readonly number[] {
    const ended = [...this.all("settled"), ...this.all("released")].map(({ body }) => body.decided);
    return this.allows.map(({ seq }) => seq).filter((seq) => !ended.includes(seq));
  }

  /**
   * People who said yes to the bound of the proposal last, in one of the roles, and recorded it since its last allow; none once
   * one of them has said no. What was recorded while the proposal was held counts no longer than the hold.
   */
  approvals(bound: string, proposalHash: string, roles: readonly string[], now: number): number {
    const since = this.allows.findLast(({ body }) => body.proposalHash === proposalHash)?.seq ?? 0;
    const all = this.all("approval").filter(({ body }) => body.bound === bound && body.proposalHash === proposalHash);
    const mayLift = ({ body }: Of<"approval">) => body.roles.some((role) => roles.includes(role));
    if (all.some((one) => one.body.decision === "refuse" && mayLift(one))) return 0;
    const given = all.filter(({ seq, body }) => seq > since && body.decision === "approve");
    // The first of the newest.
    const latest = given.filter(
      ({ body }, i) =>
        !given.some(
          ({ body: { person, iat } }, j) => person === body.person && (iat > body.iat || (iat === body.iat && j < i)),
        ),
    );
    return latest.filter(
      (one) =>
        mayLift(one) &&
        one.body.iat * 1000 <= now &&
        now < Math.min(one.body.exp * 1000, this.hold(proposalHash, one.seq)?.expiresAt ?? Number.POSITIVE_INFINITY),
    ).length;
  }

  /** Words for the proposal before that record which no allow has used up. */
  standing(proposalHash: string, before = Number.POSITIVE_INFINITY) {
    const since = this.allows.findLast(({ seq, body }) => seq < before && body.proposalHash === proposalHash)?.seq ?? 0;
    return this.all("approval").filter(
      ({ seq, body }) =>
        seq > since && seq < before && body.proposalHash === proposalHash && body.decision === "approve",
    );
  }

  /**
   * What people were asked about the proposal before that record: whether that was decided since, and from when it waits, where it is not
   * the first time. An allow of what was approved and never held was decided, too.
   */
  hold(proposalHash: string, before = Number.POSITIVE_INFINITY) {
    type Asked = { expiresAt: number | undefined; isOver: boolean; since: number | undefined };
    let asked: Asked | undefined;
    for (const { seq, at, body } of this.all("decided")) {
      if (seq >= before || body.proposalHash !== proposalHash) continue;
      if (body.verdict === "hold") {
        const waits = asked?.isOver === false && at < (asked.expiresAt ?? Number.POSITIVE_INFINITY);
        asked = { expiresAt: body.expiresAt, isOver: false, since: waits ? asked?.since : asked && at };
      } else if (asked !== undefined) asked = { ...asked, isOver: true };
      else if (body.verdict === "allow" && this.standing(proposalHash, seq).length > 0)
        asked = { expiresAt: undefined, isOver: true, since: undefined };
    }
    return asked;
  }

  evidence(name: string): number | undefined {
    const seen = this.all("evidence").filter(({ body }) => body.name === name);
    return seen.length === 0 ? undefined : Math.max(...seen.map(({ body }) => body.seenAt));
  }

  /** Killed, halted and phase, by walking through the life of the session. */
  get life(): { killed: boolean; halted: boolean; phase: string } {
    const life = { killed: false, halted: false, phase: "active" };
    for (const [index, { type, body }] of this.records.entries()) {
      if (type === "killed") life.killed = true;
      if (type === "halted") life.halted = true;
      if (type === "resumed") Object.assign(life, { halted: false, phase: "active" });
      if (type === "incident" && body.freezes) life.phase = "frozen";
      if (type === "settled" && this.exceeds(index)) life.phase = "frozen";
    }
    return life;
  }

  /** Whether nobody knows how an effect ended, and nobody has resumed since. */
  get isInDoubt(): boolean {
    const last = this.records.findLastIndex(({ type }) => type === "resumed");
    return this.records.slice(last + 1).some(({ type, body }) => type === "settled" && body.outcome === "unknown");
  }

  exceeds(index: number): boolean {
    const { type, body } = this.records[index]!;
    if (type !== "settled") return false;
    const charges = this.allows.find(({ seq }) => seq === body.decided)?.body.reservation?.charges ?? {};
    return Object.entries(body.amounts).some(([bound, actual]) => actual > charges[bound]!.amount);
  }

  /** Whether the entry may follow; what it says of reservations, clocks, proposals and life only. */
  admits(record: LedgerRecord): boolean {
    const { killed, halted, phase } = this.life;
    const runs = !killed && !halted && phase === "active";
    if (record.at < this.records.at(-1)!.at) return false;
    switch (record.type) {
      case "decided": {
        const { proposalId, proposalHash, verdict } = record.body;
        const before = this.all("decided").findLast(
          ({ body }) => proposalId !== undefined && body.proposalId === proposalId,
        );
        const free =
          before === undefined || (before.body.verdict === "hold" && before.body.proposalHash === proposalHash);
        const hasTime = record.body.expiresAt === undefined || record.body.expiresAt > record.at;
        return free && hasTime && (verdict !== "allow" || runs);
      }
      case "consumed": {
        const { decided } = record.body;
        const reservation = this.allows.find(({ seq }) => seq === decided)?.body.reservation;
        const fresh = this.open.includes(decided) && this.end("consumed", decided) === undefined;
        return runs && fresh && reservation?.jti === record.body.jti && record.at < reservation.expiresAt;
      }
      case "released": {
        const { decided } = record.body;
        const reservation = this.allows.find(({ seq }) => seq === decided)?.body.reservation;
        const unused = this.open.includes(decided) && this.end("consumed", decided) === undefined;
        return unused && reservation?.jti === record.body.jti && record.at >= reservation.expiresAt;
      }
      case "settled":
        return this.open.includes(record.body.decided) && this.end("consumed", record.body.decided) !== undefined;
      case "approval": {
        const { iat, exp, decision, proposalHash = "", person } = record.body;
        const hold = decision === "approve" ? this.hold(proposalHash) : undefined;
        const own = this.standing(proposalHash).filter(({ body }) => body.person === person);
        if (decision === "approve" && iat === Math.max(...own.map(({ body }) => body.iat))) return false;
        if (iat * 1000 < (hold?.since ?? 0)) return false;
        const inTime = !hold?.isOver && record.at < (hold?.expiresAt ?? Number.POSITIVE_INFINITY);
        return inTime && record.at >= iat * 1000 && record.at < exp * 1000;
      }
      case "resumed":
        return !killed && (halted || phase === "frozen" || this.isInDoubt);
      default:
        return true;
    }
  }
}
