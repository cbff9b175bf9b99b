/** Workers at one session, each killed after a while that chance gives it, and followed by another. */
import { once } from "node:events";
import { basename, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { type Beginning, beginSession, type Place } from "../races/assignment.ts";
import { audited } from "../races/audited.ts";
import { isReady, startWorker } from "../races/fleet.ts";
import { readJournal } from "../races/journal.ts";
import { LedgerWatch } from "./ledger-watch.ts";
import { type Testimony, unfinished } from "./testimony.ts";

export interface Slaughter {
  readonly place: Place;
  readonly store: Store;
  /** For this session alone. */
  readonly folder: string;
  /** JavaScript. */
  readonly script: string;
  readonly kills: number;
  readonly testimony: Testimony;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Kills the server too, and starts it again; nobody looks at the ledger meanwhile. */
  readonly restartServer?: () => Promise<void>;
}

/** At once, so that the survivors write while the next one opens. */
const atOnce = 3;
const longestLifeMs = 60;
/** About as long as a worker takes to open, and to pay its first bill. */
const openingMs = 900;
const openingShare = 0.2;
const restartEvery = 4;
/** More than all of them can spend. */
const budgetCents = 100_000_000;

/** @returns what is wrong with the session in the end */
export async function slaughter(options: Slaughter): Promise<{ readonly wrong: readonly string[]; records: number }> {
  const { store, folder, testimony } = options;
  const beginning = await beginSession(store, join(folder, "artefacts"), budgetCents);
  const watch = await LedgerWatch.open(store, beginning.session);
  let left = options.kills;
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<unknown>) => {
    turn = turn.then(work);
    return turn;
  };
  const live = async (slot: number) => {
    let first: string | undefined;
    for (let life = 1; left > 0; life++) {
      const restart = left-- % restartEvery === 0 ? options.restartServer : undefined;
      // No two sessions have a bill in common.
      const worker = `${basename(folder)}-${slot}-${life}`;
      const lines = await liveAndDie(options, beginning, worker, first, restart && (() => inTurn(restart)));
      await inTurn(() => watch.refresh());
      testimony.take(lines, watch.accounts);
      first = unfinished(lines) ?? first;
    }
  };
  const slots = Array.from({ length: atOnce }, (_, slot) =>
    live(slot).catch((error) => {
      left = 0;
      throw error;
    }),
  );
  await Promise.allSettled(slots);
  await Promise.all(slots);
  const wrong = await watch.end();
  const { problems } = await audited(store, beginning.session);
  const found = problems.map(({ code, message }) => `${code}: ${message}`);
  return { wrong: [...wrong, ...found], records: watch.accounts.records };
}

async function liveAndDie(
  { place, folder, script, random }: Slaughter,
  beginning: Beginning,
  worker: string,
  first: string | undefined,
  restartServer: (() => Promise<unknown>) | undefined,
) {
  const journal = join(folder, `${worker}.jsonl`);
  const more = first === undefined ? {} : { first };
  // A token that expires soon: what the dead had reserved is released while others go on.
  const assignment = { ...beginning, ...more, place, worker, journal, engines: ["rego"], tokenSeconds: 2 } as const;
  const child = startWorker(script, assignment);
  const ended = once(child, "exit");
  try {
    if (random() < openingShare) await delay(random() * openingMs);
    else {
      await isReady(child);
      await delay(random() * longestLifeMs);
    }
    await restartServer?.();
  } finally {
    child.kill("SIGKILL");
    await ended;
  }
  if (child.signalCode !== "SIGKILL") throw new Error(`a worker ended by itself: ${child.exitCode}`);
  return readJournal(journal);
}
