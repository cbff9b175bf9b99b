/** One window at a time: who has one that is not closed gets no other one in the same store (SPEC §9, §10). */
import type { Envelope } from "../../schema/envelope.ts";
import { parseRecord } from "../ledger/chain/parse.ts";
import type { LedgerFault } from "../ledger/log.ts";
import type { LedgerRecord } from "../ledger/record.ts";
import type { Store } from "../ledger/store/store.ts";
import { type Failure, fail } from "./check.ts";

export type WindowPlace =
  /** What the activation claims, so that of two at once one begins. Nothing for an envelope that opens no window. */
  | { readonly ok: true; readonly claims: readonly string[] }
  | Failure
  | { readonly ok: false; readonly fault: LedgerFault };

/** The windows of a principal are numbered, without gaps: each claims its number, and only the last one may be open. */
export async function placeOfWindow(store: Store, { mode, principal }: Envelope): Promise<WindowPlace> {
  if (mode !== "window") return { ok: true, claims: [] };
  try {
    const opened = await windowsOpened(store, principal);
    const next: WindowPlace = { ok: true, claims: [claimOf(principal, opened + 1)] };
    const session = opened === 0 ? undefined : await claimant(store, claimOf(principal, opened));
    if (session === undefined) return next;
    const last = await lastRecord(store, session);
    if (last?.type === "closed") return next;
    return fail("window", `the principal has a window that is not closed, session ${session}: close that one first`);
  } catch (cause) {
    if (cause instanceof Unavailable) return { ok: false, fault: cause.fault };
    throw cause;
  }
}

/** A line break is in no id, so that no id is taken for a window. */
function claimOf(principal: string, ordinal: number): string {
  return `window\n${principal}\n${ordinal}`;
}

/** Doubled until nobody has it, then halved: a principal may have had very many. */
async function windowsOpened(store: Store, principal: string): Promise<number> {
  return lastOf(async (ordinal) => (await claimant(store, claimOf(principal, ordinal))) !== undefined);
}

async function lastRecord(store: Store, session: string): Promise<LedgerRecord | undefined> {
  const textOf = async (seq: number): Promise<string | undefined> => {
    const page = await store.read(session, seq, 1);
    if (!page.ok) throw new Unavailable(page.fault);
    return page.texts[0];
  };
  const seq = await lastOf(async (each) => (await textOf(each)) !== undefined);
  const text = seq === 0 ? undefined : await textOf(seq);
  const parsed = text === undefined ? undefined : parseRecord(text, seq);
  return parsed?.ok ? parsed.record : undefined;
}

/** The greatest number that is there, of those that are there from 1 on without gaps; 0 where none is. */
async function lastOf(isThere: (number: number) => Promise<boolean>): Promise<number> {
  let beyond = 1;
  while (await isThere(beyond)) beyond *= 2;
  let there = Math.floor(beyond / 2);
  while (beyond - there > 1) {
    const middle = Math.floor((there + beyond) / 2);
    if (await isThere(middle)) there = middle;
    else beyond = middle;
  }
  return there;
}

async function claimant(store: Store, claim: string): Promise<string | undefined> {
  const claimed = await store.claimant(claim);
  if (!claimed.ok) throw new Unavailable(claimed.fault);
  return claimed.session;
}

class Unavailable extends Error {
  readonly fault: LedgerFault;

  constructor(fault: LedgerFault) {
    super(fault.message);
    this.fault = fault;
  }
}
