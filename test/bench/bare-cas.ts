/** A compare-and-set append as anybody would write it, with nothing around it: what the stores are measured against. */
import type { Pool } from "pg";

export interface BareLedger {
  /** @returns how many of the texts were appended, one after the other, to a session that nobody else writes */
  appendAll(session: string, texts: readonly string[]): Promise<number>;
  drop(): Promise<void>;
}

/** @param table made here, and not there yet */
export async function barePostgres(pool: Pool, table: string): Promise<BareLedger> {
  await pool.query(
    `CREATE TABLE ${table} (session text, seq bigint, hash text NOT NULL, text text NOT NULL, PRIMARY KEY (session, seq))`,
  );
  const insert = `
    INSERT INTO ${table} SELECT $1, $2::bigint, $3, $4
    WHERE $5::bigint = 0 OR EXISTS (SELECT FROM ${table} WHERE session = $1 AND seq = $5 AND hash = $6)
    ON CONFLICT DO NOTHING`;
  return {
    async appendAll(session, texts) {
      let appended = 0;
      for (const [after, text] of texts.entries()) {
        const { rowCount } = await pool.query(insert, [session, after + 1, `h${after + 1}`, text, after, `h${after}`]);
        appended += rowCount ?? 0;
      }
      return appended;
    },
    async drop() {
      await pool.query(`DROP TABLE ${table}`);
    },
  };
}
