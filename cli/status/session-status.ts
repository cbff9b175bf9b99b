/** One session as a person wants to see it: read from its ledger, to which nothing is written. */
import { parseRecord } from "../../runtime/ledger/chain/parse.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import type { PendingHold } from "../../runtime/session/holds/pending.ts";
import type { EffectRemaining } from "../../runtime/session/remaining/remaining.ts";
import type { Session } from "../../runtime/session/session.ts";
import { defaultSettleSeconds } from "../../runtime/session/settings.ts";
import { parseTimestamp } from "../../schema/values/timestamp.ts";

/** Times are epoch milliseconds. */
export interface SessionStatus {
  readonly session: string;
  readonly ok: true;
  readonly id: string;
  readonly envelope: string;
  readonly principal: string;
  /** The last record. */
  readonly seq: number;
  readonly lastAt: number;
  readonly now: number;
  readonly phase: string;
  readonly killed: { readonly seq: number; readonly at: number; readonly signal: string } | null;
  readonly halted: boolean;
  /** A freeze, or an outcome that nobody knows, is there that nobody has resumed after: the session would end as quarantined. */
  readonly inDoubt: boolean;
  /** The breakers that halted it, with their actions. */
  readonly breakers: Readonly<Record<string, string>>;
  readonly activatedAt: number;
  readonly endsAt: number;
  readonly endsBy: "validity/expires_at" | "validity/duration";
  readonly holds: readonly PendingHold[];
  /** Redeemed, and not settled yet. */
  readonly inFlight: readonly Flying[];
  /** Allowed, and not redeemed yet. */
  readonly reserved: readonly Allowed[];
  /** How many there were, and the last of them. */
  readonly incidents: number;
  readonly lastIncidents: readonly IncidentSeen[];
  readonly effects: readonly EffectRemaining[];
}

export interface Flying {
  readonly seq: number;
  readonly effect: string;
  readonly redeemedAt: number;
  /** When it counts as one that may have happened. */
  readonly overdueAt: number;
}

export interface Allowed {
  readonly seq: number;
  readonly effect: string;
  readonly expiresAt: number;
}

export interface IncidentSeen {
  readonly seq: number;
  readonly at: number;
  readonly code: string;
  readonly message: string;
}

export type Unread = {
  readonly session: string;
  readonly ok: false;
  /** Where the ledger is what cannot be read. */
  readonly code?: string;
  readonly message: string;
};

interface Problem {
  readonly code: string;
  readonly message: string;
}

const mostIncidents = 5;

/** @param now epoch milliseconds; the last record's where that is later */
export async function statusOf(session: Session, store: Store, now: number): Promise<SessionStatus | Unread> {
  const unread = ({ code, message }: Problem): Unread => ({ session: session.id, ok: false, code, message });
  const holds = await session.holds();
  if (!holds.ok) return unread(holds.fault);
  const remaining = await session.remaining();
  if (!remaining.ok) return unread(remaining.fault);
  const incidents = await incidentsOf(store, session.id, session.state.end.head.seq);
  if (incidents === undefined) return unread({ code: "STORE_UNAVAILABLE", message: "the ledger cannot be read on" });
  const { state, evaluator } = session;
  const { envelope, envelopeDigest } = evaluator;
  const { phase, killed, kill, halted, watched, activatedAt, end } = state;
  const written = parseTimestamp(envelope.validity.expiresAt);
  const ends = [written.ok ? written.value : 0, activatedAt + envelope.validity.maxDurationSeconds * 1000] as const;
  const open = [...state.reservations.values()];
  return {
    session: session.id,
    ok: true,
    id: envelope.id,
    envelope: envelopeDigest,
    principal: envelope.principal,
    seq: end.head.seq,
    lastAt: end.at,
    now: Math.max(now, end.at),
    phase,
    killed: killed ? { seq: kill?.seq ?? 0, at: kill?.at ?? 0, signal: kill?.signal ?? "" } : null,
    halted,
    inDoubt: state.ending.isSuspect && !killed && (phase === "active" || phase === "frozen"),
    breakers: Object.fromEntries(watched.halts),
    activatedAt,
    endsAt: Math.min(...ends),
    endsBy: ends[0] <= ends[1] ? "validity/expires_at" : "validity/duration",
    holds: holds.holds,
    inFlight: open.flatMap(({ decided: seq, effect, consumedAt: redeemedAt }) =>
      redeemedAt === undefined
        ? []
        : [{ seq, effect, redeemedAt, overdueAt: redeemedAt + defaultSettleSeconds * 1000 }],
    ),
    reserved: open.flatMap(({ decided: seq, effect, consumedAt, expiresAt }) =>
      consumedAt === undefined && now < expiresAt ? [{ seq, effect, expiresAt }] : [],
    ),
    incidents: incidents.length,
    lastIncidents: incidents.slice(-mostIncidents),
    effects: remaining.remaining.effects,
  };
}

const pageLength = 50;

/** The canonical form of a record ends with its type. Undefined where the store does not give them. */
async function incidentsOf(store: Store, session: string, last: number): Promise<readonly IncidentSeen[] | undefined> {
  const seen: IncidentSeen[] = [];
  for (let from = 1; from <= last; from += pageLength) {
    const page = await store.read(session, from, Math.min(pageLength, last + 1 - from));
    if (!page.ok) return undefined;
    for (const [i, text] of page.texts.entries()) {
      if (!text.endsWith(',"type":"incident"}')) continue;
      const parsed = parseRecord(text, from + i);
      if (!parsed.ok || parsed.record.type !== "incident") return undefined;
      const { seq, at, body } = parsed.record;
      seen.push({ seq, at, code: body.code, message: body.message });
    }
  }
  return seen;
}
