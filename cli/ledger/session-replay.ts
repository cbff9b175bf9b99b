/** The verdicts of one session, judged again. */
import { type Difference, replay } from "../../runtime/audit/replay.ts";
import type { LedgerRecord } from "../../runtime/ledger/record.ts";
import type { EngineName } from "../../schema/verdict.ts";
import type { JudgeRoom } from "./judges.ts";

export interface ReplayReport {
  readonly session: string;
  readonly records: number;
  readonly decided: number;
  readonly replayed: number;
  /** Verdicts that no engine was asked for, and those of a session whose envelope cannot be compiled. */
  readonly unjudged: number;
  /** How many there are, and the first of them. */
  readonly differences: number;
  readonly shown: readonly Difference[];
  /** Why nothing could be replayed, or was read to its end. */
  readonly problems: readonly string[];
  /** The digest that verdicts were recorded under, where the same envelope compiles to another one now. */
  readonly policy?: { readonly recorded: string; readonly now: string };
}

const mostShown = 100;

export class SessionReplay {
  readonly #session: string;
  readonly #room: JudgeRoom;
  readonly #engines: readonly EngineName[];
  readonly #shown: Difference[] = [];
  readonly #problems: string[] = [];
  #document: string | undefined;
  #policy: ReplayReport["policy"];
  #records = 0;
  #decided = 0;
  #replayed = 0;
  #unjudged = 0;
  #differences = 0;

  constructor(session: string, room: JudgeRoom, engines: readonly EngineName[]) {
    this.#session = session;
    this.#room = room;
    this.#engines = engines;
  }

  take(record: LedgerRecord): void {
    this.#records += 1;
    if (record.type === "activated") this.#document = record.body.document;
    if (record.type !== "decided") return;
    this.#decided += 1;
    const judges = this.#document === undefined ? undefined : this.#room.of(record.envelope, this.#document);
    if (judges?.ok !== true) {
      // What does not load once is not tried again for each verdict.
      this.#document = undefined;
      this.#unjudged += 1;
      this.fail(judges?.reason ?? "there are verdicts without an envelope that could be judged by");
      return;
    }
    if (record.body.policy !== judges.policy) this.#policy ??= { recorded: record.body.policy, now: judges.policy };
    const replayed = replay(record, judges.judge, this.#engines);
    if (replayed.outcome === "unjudged") this.#unjudged += 1;
    else {
      this.#replayed += 1;
      this.#differences += replayed.differences.length;
      this.#shown.push(...replayed.differences.slice(0, mostShown - this.#shown.length));
    }
  }

  /** Once for each reason. */
  fail(reason: string): void {
    if (!this.#problems.includes(reason) && this.#problems.length < mostShown) this.#problems.push(reason);
  }

  end(): ReplayReport {
    return {
      session: this.#session,
      records: this.#records,
      decided: this.#decided,
      replayed: this.#replayed,
      unjudged: this.#unjudged,
      differences: this.#differences,
      shown: this.#shown,
      problems: this.#problems,
      ...(this.#policy === undefined ? {} : { policy: this.#policy }),
    };
  }
}
