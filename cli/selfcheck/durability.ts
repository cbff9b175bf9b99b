/** Whether what the ledger confirms outlasts a crash of the machine. */
import { open, statfs } from "node:fs/promises";
import pg from "pg";
import { reasonOf } from "../../runtime/fault.ts";
import { type Seen, seen } from "./requirement.ts";

export function isUrl(ledger: string): boolean {
  return /^postgres(ql)?:\/\//.test(ledger);
}

export async function durability(ledger: string): Promise<readonly Seen[]> {
  return isUrl(ledger) ? postgres(ledger) : file(ledger);
}

/** File systems that lose everything with the machine, or that a write-ahead log is not safe on. */
const unfit: ReadonlyMap<number, string> = new Map([
  [0x01021994, "tmpfs, which is memory"],
  [0x858458f6, "ramfs, which is memory"],
  [0x6969, "NFS, on which a write-ahead log is not safe"],
  [0xff534d42, "CIFS, on which a write-ahead log is not safe"],
  [0xfe534d42, "SMB, on which a write-ahead log is not safe"],
]);

async function file(path: string): Promise<readonly Seen[]> {
  const handle = await open(path);
  const { buffer } = await handle.read(new Uint8Array(20), 0, 20, 0).finally(() => handle.close());
  if (new TextDecoder("latin1").decode(buffer.subarray(0, 15)) !== "SQLite format 3")
    return [seen(false, `\`${path}\` is an export: where its records were kept, it does not say`)];
  // Of reading and of writing; 2 is a write-ahead log (SQLite's file format, 1.3).
  const isLogged = buffer[18] === 2 && buffer[19] === 2;
  const where = unfit.get((await statfs(path)).type);
  return [
    seen(
      isLogged,
      isLogged
        ? "SQLite with a write-ahead log; each append is synced (synchronous = FULL, or the store does not open)"
        : "SQLite without a write-ahead log",
    ),
    seen(
      where === undefined,
      where === undefined ? "on a file system that keeps what is synced" : `it lies on ${where}`,
    ),
  ];
}

const wanted = { fsync: "on", full_page_writes: "on" };

async function postgres(url: string): Promise<readonly Seen[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, statement_timeout: 5_000 });
  try {
    await client.connect();
    const seenSettings: Seen[] = [];
    for (const [name, value] of Object.entries(wanted)) {
      const { rows } = await client.query("SELECT current_setting($1) AS value", [name]);
      seenSettings.push(seen(rows[0]?.value === value, `PostgreSQL has ${name} = ${String(rows[0]?.value)}`));
    }
    return [...seenSettings, seen(true, "each append sets synchronous_commit for itself")];
  } catch (error) {
    return [seen(false, `the database does not say how it is set: ${reasonOf(error)}`)];
  } finally {
    await client.end().catch(() => undefined);
  }
}
