/** The stores that one conformance suite is run against. Each gives fresh ones, and several hands on the same. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { memoryStore } from "../../runtime/ledger/store/memory.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { postgresStore } from "../../runtime/node/postgres/store.ts";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";
import { temporaryFolder } from "../fresh-copy.ts";
import { freshSchema } from "./postgres.ts";

export interface StoreUnderTest {
  /** As another process, or another connection, would open it. */
  readonly open: () => Store;
  readonly discard: () => Promise<void>;
}

/** @throws PostgresMissing where there is no server */
export const stores: Readonly<Record<string, () => Promise<StoreUnderTest>>> = {
  async memory() {
    const store = memoryStore();
    return { open: () => store, discard: async () => {} };
  },
  async sqlite() {
    const folder = temporaryFolder("ledger");
    const opened: Store[] = [];
    return {
      open() {
        const store = sqliteStore(join(folder, "ledger.sqlite"));
        opened.push(store);
        return store;
      },
      async discard() {
        for (const store of opened) await store.close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
  async postgres() {
    const { connectionString, schema, drop } = await freshSchema();
    const opened: Store[] = [];
    return {
      open() {
        const store = postgresStore({ connectionString, schema, connections: 3 });
        opened.push(store);
        return store;
      },
      async discard() {
        for (const store of opened) await store.close();
        await drop();
      },
    };
  },
};
