/** The kill of a session whose ledger is broken: it stands after the last record, where a gateway that goes on from there meets it. */
import { parseRecord } from "../../runtime/ledger/chain/parse.ts";
import { seal } from "../../runtime/ledger/chain/seal.ts";
import type { LedgerFault } from "../../runtime/ledger/log.ts";
import type { LedgerRecord } from "../../runtime/ledger/record.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import type { VerifiedOrder } from "../../runtime/people/order.ts";
import { defaultAttempts, stubbornness } from "../../runtime/session/settings.ts";

export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** Where the order stands; undefined where the last record is broken too: no gateway goes on from such an end. */
export type KilledAtEnd = { readonly ok: true; readonly seq: number | undefined } | ({ readonly ok: false } & Refusal);

/** The body of the record that an order to kill is carried out by. */
export function killedBody(order: string) {
  return { signal: "ambit kill", by: order };
}

/**
 * Nothing before the last record is believed, and nothing is told of the session's state: whether a gateway takes the record is for
 * its own fold to say.
 *
 * @param orderAt a verified order for the session and the envelope that the last record names
 */
export async function killAtEnd(
  store: Store,
  session: string,
  now: number,
  orderAt: (last: LedgerRecord) => Promise<VerifiedOrder>,
): Promise<KilledAtEnd> {
  for (let attempt = 0; attempt < defaultAttempts * stubbornness; attempt++) {
    const found = await lastText(store, session);
    if (!found.ok) return { ok: false, ...found.fault };
    const parsed = parseRecord(found.text, 1);
    if (!parsed.ok || parsed.record.session !== session) return { ok: true, seq: undefined };
    const { record: last } = parsed;
    if (last.type === "killed") return { ok: true, seq: last.seq };
    const ordered = await orderAt(last);
    if (!ordered.ok) return ordered;
    const entry = { type: "killed", at: Math.max(now, last.at), body: killedBody(ordered.order.text) } as const;
    const { record, text } = seal(entry, last, last);
    const after = { seq: last.seq, hash: last.hash, text: found.text };
    const { outcome, ...rest } = await store.append(session, after, { seq: record.seq, hash: record.hash, text });
    if (outcome === "appended") return { ok: true, seq: record.seq };
    if ("fault" in rest) return { ok: false, ...rest.fault };
  }
  return { ok: false, code: "CONTENTION", message: "other writers were first each time" };
}

const pageLength = 50;

type Found = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly fault: LedgerFault };

/** Records may be missing: what counts is what the store gives last. */
async function lastText(store: Store, session: string): Promise<Found> {
  let text = "";
  for (let from = 1; ; from += pageLength) {
    const page = await store.read(session, from, pageLength);
    if (!page.ok) return page;
    text = page.texts.at(-1) ?? text;
    if (page.texts.length < pageLength) return { ok: true, text };
  }
}
