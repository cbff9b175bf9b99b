/** The SQL of a ledger in one schema of a PostgreSQL database. */

/**
 * Every statement but `create` takes the number of the question as its last parameter, and gives it back in each row of the answer,
 * of which there is at least one: an answer to another question, come twice or late, is none.
 */
export interface Statements {
  /** $1 session, $2 from, $3 limit. Rows with a text, or one row with null. */
  readonly read: string;
  /**
   * $1 session, $2 seq, $3 hash, $4 text, $5 the head's seq, $6 the head's hash, $7 its text, or null where any will do. The hash
   * that was written, or `lost`.
   */
  readonly append: string;
  /** The same with $8, the names to claim: where another session has one, the whole statement fails on `claim_pkey`. */
  readonly appendClaiming: string;
  /** $1 the name. A session, or null. */
  readonly claimant: string;
  /** $1 the session after which to begin, $2 limit. Rows with a session, or one row with null. */
  readonly openSessions: string;
  /** Whether the tables are there. */
  readonly isThere: string;
  readonly version: string;
  /** The search path, and then a sentence for each thing that is wrong with the tables. */
  readonly condition: string;
  readonly create: string;
}

export const schemaVersion = 1;

/** The canonical form of a record ends with its type, whatever its body says. */
const isLast = `(text LIKE '%,"type":"closed"}' OR text LIKE '%,"type":"rejected"}')`;

/** On which a kill is told, with the session's id. */
export const killChannel = "ambit_killed";

/** The notice leaves with the commit. Its own value is empty. */
const hashAndNotice = `CASE WHEN text LIKE '%,"type":"killed"}' THEN hash || pg_catalog.pg_notify('${killChannel}', session)::text ELSE hash END`;

/** @param schema a plain lower-case identifier */
export function statementsFor(schema: string): Statements {
  const named = (table: string) => `"${schema}".${table}`;
  /*
   * Correct at READ COMMITTED, and at any level above: records are only ever added, so a head that the snapshot shows is still
   * there, and that nothing follows it is judged by the primary key, which sees other transactions whatever the snapshot. Of
   * two writers after one head the second waits for the first, and then writes nothing. Above READ COMMITTED it may get
   * a serialization failure instead, which has written nothing either. An append whose commit is not flushed was never
   * promised: the setting holds for this transaction, whatever the server's is.
   */
  const written = `
    written AS (
      INSERT INTO ${named("record")} (session, seq, hash, text)
      SELECT $1, $2::bigint, $3, $4 FROM pg_catalog.set_config('synchronous_commit', 'on', true) AS durable
      WHERE durable = 'on'
        AND ($5::bigint = 0 OR EXISTS (SELECT FROM ${named("record")} WHERE session = $1 AND seq = $5 AND hash = $6
          AND ($7::text IS NULL OR text = $7)))
      ON CONFLICT DO NOTHING
      RETURNING session, hash, text
    )`;
  const appended = (question: string) =>
    `SELECT ${question}::text AS question, COALESCE((SELECT ${hashAndNotice} FROM written), 'lost') AS value`;
  return {
    read: answering(
      "$4",
      `SELECT seq AS place, text AS value FROM ${named("record")} WHERE session = $1 AND seq >= $2 ORDER BY seq LIMIT $3`,
    ),
    append: `WITH ${written} ${appended("$8")}`,
    appendClaiming: `WITH ${written},
      claimed AS (INSERT INTO ${named("claim")} (name, session) SELECT name, session FROM written, pg_catalog.unnest($8::text[]) AS name)
      ${appended("$9")}`,
    claimant: answering("$2", `SELECT 1 AS place, session AS value FROM ${named("claim")} WHERE name = $1`),
    openSessions: answering(
      "$3",
      `
      SELECT session AS place, session AS value FROM ${named("record")} AS first
      WHERE seq = 1 AND session > $1
        AND NOT EXISTS (SELECT FROM ${named("record")} AS later WHERE later.session = first.session AND ${isLast})
      ORDER BY session LIMIT $2`,
    ),
    isThere: answering("$1", `SELECT 1 AS place, pg_catalog.to_regclass('${named("ambit_ledger")}')::text AS value`),
    version: answering("$1", `SELECT 1 AS place, version::text AS value FROM ${named("ambit_ledger")}`),
    condition: answering("$1", conditionOf(schema)),
    create: creation(schema, named),
  };
}

function answering(question: string, rows: string): string {
  return `SELECT question, value FROM (SELECT ${question}::text AS question) AS asked LEFT JOIN LATERAL (${rows}) AS found ON true ORDER BY place`;
}

/**
 * That one writer of many gets each record, and each name, is the work of two unique indexes, and that it lasts, of the log: a dump
 * that was restored without its constraints has neither, and a table may have been made faster since.
 */
function conditionOf(schema: string): string {
  const tables = `pg_catalog.pg_class AS relation JOIN pg_catalog.pg_namespace AS space
    ON space.oid = relation.relnamespace AND space.nspname = '${schema}'`;
  const unique = (table: string, columns: string) => `
    SELECT 2 AS place, 'the table ${table} has lost its primary key' AS value WHERE NOT EXISTS (
      SELECT FROM ${tables} JOIN pg_catalog.pg_index AS key ON key.indrelid = relation.oid
      WHERE relation.relname = '${table}' AND key.indisunique AND key.indisvalid AND key.indimmediate
        AND key.indpred IS NULL AND key.indexprs IS NULL AND '${columns}' = (
          SELECT pg_catalog.string_agg(attname::text, ' ' ORDER BY attname) FROM pg_catalog.pg_attribute
          WHERE attrelid = relation.oid AND attnum = ANY (key.indkey)))`;
  return `
    SELECT 1 AS place, pg_catalog.current_setting('search_path') AS value
    UNION ALL ${unique("record", "seq session")}
    UNION ALL ${unique("claim", "name")}
    UNION ALL SELECT 3, 'the table ' || relation.relname || ' is not logged: a crash empties it' FROM ${tables}
      WHERE relation.relname IN ('record', 'claim') AND relation.relpersistence <> 'p'`;
}

/**
 * One message, and so no transaction that waits for a second one. The lock makes another creator wait; what it then asks of the
 * catalogue's tables is as of then, which a name's look-up (`to_regclass`) need not be.
 */
function creation(schema: string, named: (table: string) => string): string {
  return `BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL synchronous_commit = on; DO $ambit$ BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock(${0x416d6274}, pg_catalog.hashtext('${schema}'));
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = '${schema}') THEN
      CREATE SCHEMA "${schema}";
    ELSIF EXISTS (SELECT FROM pg_catalog.pg_tables WHERE schemaname = '${schema}' AND tablename = 'ambit_ledger') THEN
      RETURN;
    ELSIF EXISTS (SELECT FROM pg_catalog.pg_class WHERE relnamespace = '"${schema}"'::regnamespace) THEN
      RAISE EXCEPTION 'the schema ${schema} holds tables of somebody else';
    END IF;
    CREATE TABLE ${named("record")} (
      session text COLLATE "C" NOT NULL,
      seq bigint NOT NULL CHECK (seq > 0),
      hash text COLLATE "C" NOT NULL,
      text text COLLATE "C" NOT NULL,
      CONSTRAINT record_pkey PRIMARY KEY (session, seq)
    );
    CREATE INDEX record_first ON ${named("record")} (session) WHERE seq = 1;
    CREATE INDEX record_last ON ${named("record")} (session) WHERE ${isLast};
    CREATE TABLE ${named("claim")} (
      name text COLLATE "C" NOT NULL,
      session text COLLATE "C" NOT NULL,
      CONSTRAINT claim_pkey PRIMARY KEY (name)
    );
    CREATE TABLE ${named("ambit_ledger")} (version integer NOT NULL);
    INSERT INTO ${named("ambit_ledger")} VALUES (${schemaVersion});
  END $ambit$; COMMIT`;
}
