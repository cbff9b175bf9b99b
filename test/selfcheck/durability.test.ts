/** Whether a ledger outlasts its machine: a file in memory does not. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { durability } from "../../cli/selfcheck/durability.ts";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";
import { temporaryFolder } from "../fresh-copy.ts";

const disk = temporaryFolder("durability");
/** Memory that looks like a disk, on Linux. */
const shared = "/dev/shm";
const memory = existsSync(shared) ? mkdtempSync(join(shared, "ambit-durability-")) : undefined;
afterAll(() => {
  for (const folder of [disk, memory]) if (folder !== undefined) rmSync(folder, { recursive: true });
});

async function ledgerIn(folder: string): Promise<string> {
  const file = join(folder, "ledger.db");
  const store = sqliteStore(file);
  await store.read("none", 1, 1);
  await store.close();
  return file;
}

const met = (seen: readonly { readonly ok: boolean }[]) => seen.map(({ ok }) => ok);

describe("a ledger", () => {
  test.skipIf(memory === undefined)("in memory is lost with its machine, and it is said why", async () => {
    const seen = await durability(await ledgerIn(memory ?? ""));
    expect(met(seen)).toEqual([true, false]);
    expect(JSON.stringify(seen)).toContain("tmpfs, which is memory");
  });

  test("that is an export does not say where it was kept", async () => {
    const file = join(disk, "export.jsonl");
    writeFileSync(file, '{"seq":1,"type":"activated"}\n');
    expect(met(await durability(file))).toEqual([false]);
  });

  test("of a database that does not answer is not known to last", async () => {
    expect(met(await durability("postgres://nobody@127.0.0.1:1/none"))).toEqual([false]);
  });
});
