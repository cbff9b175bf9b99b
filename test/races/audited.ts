/** What an audit has against a session, read from its store: whoever wrote to it, and whatever happened to them. */
import { readEnvelope } from "../../compiler/read/read.ts";
import type { Finding } from "../../runtime/audit/finding.ts";
import { LedgerAudit } from "../../runtime/audit/ledger-audit.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";

const pageLength = 500;

export async function audited(
  store: Store,
  session: string,
): Promise<{ readonly records: number; readonly problems: readonly Finding[] }> {
  const options = { readEnvelope: (text: string) => readEnvelope(text).envelope };
  const audit = new LedgerAudit(options);
  for (let from = 1; ; from += pageLength) {
    const page = await store.read(session, from, pageLength);
    if (!page.ok) throw new Error(page.fault.message);
    for (const [i, text] of page.texts.entries()) await audit.take({ text, line: from + i });
    if (page.texts.length < pageLength) break;
  }
  for await (const { records, problems } of audit.finished()) return { records, problems };
  throw new Error("the ledger has no records");
}
