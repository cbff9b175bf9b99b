/** From a `decided` record back to the verdict that it says: the answer to a proposal that comes again (SPEC §7). */
import type { FieldValues } from "../../schema/request.ts";
import type { EngineName, Verdict, Violation, ViolationCode } from "../../schema/verdict.ts";
import { parseRecord } from "../ledger/chain/parse.ts";
import type { LedgerRecord } from "../ledger/record.ts";
import type { DecidedProposal } from "../ledger/state.ts";
import type { Store } from "../ledger/store/store.ts";
import { ownMember } from "../own.ts";
import type { Desk } from "./desk.ts";

/** The record that the fold took in under this number; undefined where the store has it no longer. */
export async function readDecided(
  store: Store,
  session: string,
  { seq, recordHash }: Pick<DecidedProposal, "seq" | "recordHash">,
): Promise<LedgerRecord<"decided"> | undefined> {
  const record = await readRecord(store, session, seq);
  return record?.type === "decided" && record.hash === recordHash ? record : undefined;
}

/** Any record of the session; its own hash is checked, and not that it is the one that was folded. */
export async function readRecord(store: Store, session: string, seq: number): Promise<LedgerRecord | undefined> {
  const page = await store.read(session, seq, 1);
  const text = page.ok ? page.texts[0] : undefined;
  const parsed = text === undefined ? undefined : parseRecord(text, seq);
  return parsed?.ok ? parsed.record : undefined;
}

/** One that was taken in, as the store has it now. Where that is another one, the whole chain is looked at. */
export async function readAgain(
  { log, options }: Pick<Desk, "log" | "options">,
  seq: number,
): Promise<LedgerRecord | undefined> {
  const record = await readRecord(options.store, options.session, seq);
  const { end, reservations } = log.state;
  const isKnown = Number.isInteger(seq) && seq >= 1 && seq <= end.head.seq;
  const hash = reservations.get(seq)?.recordHash ?? record?.hash;
  if (isKnown && (record === undefined || record.hash !== hash)) await log.verify();
  return record;
}

export function recordedVerdict({ envelope, body }: LedgerRecord<"decided">): Verdict {
  const violations = body.violations.map((violation): Violation => ({ ...violation, code: codeOf(violation.code) }));
  const [primary] = violations;
  const effect = ownMember(body.request, "effect");
  return {
    verdict: body.verdict,
    code: primary?.code ?? null,
    primary: primary?.id ?? null,
    violations,
    effect: typeof effect === "string" ? effect : null,
    fields: fieldsOf(body.request),
    engines: body.engines.filter(({ verdict }) => verdict !== undefined).map(({ engine }): EngineName => engine),
    request: body.request,
    envelopeDigest: envelope,
    policyDigest: body.policy,
  };
}

/** A record is only read back if its hash is one that this process folded: its codes are those that Ambit wrote. */
function codeOf(code: string): ViolationCode {
  return code as ViolationCode;
}

function fieldsOf(request: unknown): FieldValues | null {
  const fields = ownMember(request, "fields");
  return typeof fields === "object" && fields !== null ? (fields as FieldValues) : null;
}
