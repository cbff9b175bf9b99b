/** Kills that other gateways append to a PostgreSQL ledger: the server tells of them, and beside that the ledger is read now and then. */
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import type { Watcher } from "../../session/kill/watch.ts";
import { GuardedSocket } from "../postgres/connections.ts";
import { killChannel } from "../postgres/statements.ts";
import { every, sharedWatch, type Watching } from "./shared.ts";

export interface PostgresWatch {
  /** Straight to the server: what pools transactions loses what is told between them. */
  readonly connectionString: string;
  /** How often the ledger is read, whatever the server tells; 1,000 where it is not written. */
  readonly everyMs?: number;
}

/** Pauses between two attempts to connect, milliseconds. */
const [shortest, longest] = [50, 5_000];
const connectMs = 5_000;

/** One connection of its own, made anew whenever it is lost. */
export function watchPostgres({ connectionString, everyMs = 1_000 }: PostgresWatch): Watcher {
  return sharedWatch((watching) => {
    const over = new AbortController();
    const stop = every(everyMs, () => wakeAll(watching));
    void listenOn(connectionString, watching, over.signal);
    return () => {
      stop();
      over.abort();
    };
  });
}

function wakeAll(watching: Watching, only?: string): void {
  for (const [wake, session] of watching) if (only === undefined || only === session) wake.ledger();
}

async function listenOn(connectionString: string, watching: Watching, over: AbortSignal): Promise<void> {
  for (let pause = shortest; !over.aborted; pause = Math.min(pause * 2, longest)) {
    const listened = await listenOnce(connectionString, watching, over).catch(() => false);
    if (listened) pause = shortest;
    await delay(pause, undefined, { ref: false, signal: over }).catch(() => undefined);
  }
}

/** As long as the connection lasts. @returns whether it ever did. @throws whatever connecting or asking fails with */
async function listenOnce(connectionString: string, watching: Watching, over: AbortSignal): Promise<boolean> {
  const { default: pg } = await import("pg");
  const socket = new GuardedSocket();
  const settings = { connectionTimeoutMillis: connectMs, keepAlive: true, application_name: "ambit watch" };
  const client = new pg.Client({ connectionString, ...settings, stream: () => socket });
  const ended = once(client, "end");
  const leave = () => void client.end().catch(() => undefined);
  client.on("error", () => socket.destroy());
  client.on("notification", ({ payload }) => wakeAll(watching, payload));
  over.addEventListener("abort", leave);
  try {
    if (over.aborted) return false;
    await client.connect();
    await client.query(`LISTEN ${killChannel}`);
    socket.unref();
    // What was told before is in the ledger.
    wakeAll(watching);
    await ended;
    return true;
  } finally {
    ended.catch(() => undefined);
    over.removeEventListener("abort", leave);
    leave();
    socket.destroy();
  }
}
