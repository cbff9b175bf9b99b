/** A store that lasts as long as its process. */
import { noHead } from "../record.ts";
import { type AppendResult, claimsOf, type Store, type StoredRecord } from "./store.ts";

export function memoryStore(): Store {
  const sessions = new Map<string, StoredRecord[]>();
  const claims = new Map<string, string>();
  return {
    async read(session, from, limit) {
      const records = sessions.get(session) ?? [];
      return { ok: true, texts: records.slice(from - 1, from - 1 + limit).map(({ text }) => text) };
    },
    async append(session, after, record, claim): Promise<AppendResult> {
      const records = sessions.get(session) ?? [];
      const last = records.at(-1) ?? noHead;
      if (after.text !== undefined && records.at(-1)?.text !== after.text) return { outcome: "lost" };
      if (last.seq !== after.seq || last.hash !== after.hash || record.seq !== after.seq + 1)
        return { outcome: "lost" };
      const names = claimsOf(claim);
      if (names.some((name) => claims.has(name))) return { outcome: "claimed" };
      for (const name of names) claims.set(name, session);
      if (records.push({ ...record }) === 1) sessions.set(session, records);
      return { outcome: "appended" };
    },
    async claimant(claim) {
      return { ok: true, session: claims.get(claim) };
    },
    async close() {},
  };
}
