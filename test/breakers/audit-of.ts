import { readEnvelope } from "../../compiler/read/read.ts";
import { LedgerAudit } from "../../runtime/audit/ledger-audit.ts";
import type { AuditOptions } from "../../runtime/audit/session-audit.ts";
import type { Gateway } from "../session/gateway.ts";

/** What an audit finds in texts of records: code and record. */
export async function findingsIn(texts: readonly string[], trust: Partial<AuditOptions> = {}): Promise<string[]> {
  const options = { readEnvelope: (text: string) => readEnvelope(text).envelope, ...trust };
  const audit = new LedgerAudit(options);
  for (const [i, text] of texts.entries()) await audit.take({ text, line: i + 1 });
  for await (const { problems } of audit.finished()) return problems.map(({ code, seq }) => `${code} ${seq}`);
  throw new Error("no session");
}

export async function auditOf({ store, session }: Gateway, trust: Partial<AuditOptions> = {}): Promise<string[]> {
  const page = await store.read(session.id, 1, 1_000);
  if (!page.ok) throw new Error(page.fault.message);
  return findingsIn(page.texts, trust);
}
