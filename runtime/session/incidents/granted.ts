/** Whether the session has ever given a token: its ledger tells, and nothing else remembers those that are settled. */
import { parseRecord } from "../../ledger/chain/parse.ts";
import type { Desk } from "../desk.ts";

const pageLength = 50;

/** Undefined where the ledger cannot be read. */
export async function isGranted(
  { options: { store, session } }: Pick<Desk, "options">,
  jti: string,
): Promise<boolean | undefined> {
  for (let from = 1; ; from += pageLength) {
    const page = await store.read(session, from, pageLength);
    if (!page.ok) return undefined;
    for (const [i, text] of page.texts.entries()) {
      const parsed = parseRecord(text, from + i);
      if (parsed.ok && parsed.record.type === "decided" && parsed.record.body.reservation?.jti === jti) return true;
    }
    if (page.texts.length < pageLength) return false;
  }
}
