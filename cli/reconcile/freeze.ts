/** Findings become incidents, each by an order that a person has signed over its very words. */
import type { Signer } from "../../runtime/authority/keys.ts";
import type { SessionLog } from "../../runtime/ledger/log.ts";
import { readDocument } from "../../runtime/people/document.ts";
import { verifyOrder } from "../../runtime/people/order.ts";
import type { People } from "../../runtime/people/registry.ts";
import { signOrder } from "../../runtime/people/sign.ts";
import { appendSoon } from "../../runtime/session/append.ts";
import { defaultAttempts, stubbornness } from "../../runtime/session/settings.ts";
import type { Incident } from "../../schema/ledger.ts";
import { UsageError } from "../io.ts";

export interface Freezer {
  readonly signer: Signer;
  readonly people: People;
  /** All that the key has, where it is undefined. */
  readonly roles: readonly string[] | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}

export type IncidentsRecorded =
  | { readonly ok: true; readonly seqs: readonly number[] }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** How long an order counts; it is carried out now. */
const seconds = 300;

/** @throws UsageError for roles that are none */
export async function recordIncidents(
  log: SessionLog,
  incidents: readonly Incident[],
  freezer: Freezer,
): Promise<IncidentsRecorded> {
  const seqs: number[] = [];
  for (const incident of incidents) {
    const by = await orderOf(log, incident, freezer);
    if (!by.ok) return by;
    const appended = await appendSoon(log, defaultAttempts * stubbornness, () => ({
      type: "incident",
      at: Math.max(freezer.now, log.state.end.at),
      body: { ...incident, by: by.text },
    }));
    if (appended.outcome === "failed") return { ok: false, ...appended.fault };
    if (appended.outcome === "refused") return { ok: false, ...appended.problem };
    seqs.push(appended.record.seq);
  }
  return { ok: true, seqs };
}

type Ordered =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly code: string; readonly message: string };

async function orderOf(
  { state }: SessionLog,
  { code, message }: Incident,
  { signer, people, roles, now }: Freezer,
): Promise<Ordered> {
  const key = people.find(signer.kid);
  if (key === undefined)
    return { ok: false, code: "ORDER_KEY", message: `the registry does not have the key \`${signer.kid}\`` };
  const { envelope, session } = state.end;
  const iat = Math.floor(now / 1000);
  const read = readDocument("order", {
    order: "freeze",
    envelope,
    session,
    reason: `${code}: ${message}`,
    roles: [...(roles ?? key.roles)],
    iat,
    exp: iat + seconds,
  });
  if (!read.ok) throw new UsageError(`what was asked for ${read.reason}`);
  const verified = await verifyOrder(await signOrder(signer, read.document), people, { envelope, session, now });
  return verified.ok ? { ok: true, text: verified.order.text } : verified;
}
