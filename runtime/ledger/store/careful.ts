/** A store that keeps its promises whatever the one below does: it answers, and what it answers is one of the answers. */
import { reasonOf } from "../../fault.ts";
import { ownMember } from "../../own.ts";
import type { AppendResult, ClaimResult, ReadResult, Store, StoreFault } from "./store.ts";

/** What throws, rejects or answers something else has failed; nobody knows what it has done. */
export function careful(store: Store): Store {
  return {
    async read(session, from, limit) {
      return readResult(await answered(() => store.read(session, from, limit)));
    },
    async append(session, after, record, claim) {
      return appendResult(await answered(() => store.append(session, after, record, claim)));
    },
    async claimant(claim) {
      return claimResult(await answered(() => store.claimant(claim)));
    },
    async close() {
      await answered(() => store.close());
    },
  };
}

async function answered(ask: () => unknown): Promise<unknown> {
  try {
    return await ask();
  } catch (cause) {
    const thrown: StoreFault = {
      code: "STORE_UNAVAILABLE",
      message: `the store has thrown: ${reasonOf(cause)}`,
      cause,
    };
    return { ok: false, outcome: "failed", fault: thrown };
  }
}

function readResult(answer: unknown): ReadResult {
  const given = ownMember(answer, "texts");
  if (ownMember(answer, "ok") !== true || !Array.isArray(given)) return { ok: false, fault: faultOf(answer) };
  const texts: readonly unknown[] = [...given];
  return areTexts(texts) ? { ok: true, texts } : { ok: false, fault: faultOf(undefined) };
}

function areTexts(values: readonly unknown[]): values is readonly string[] {
  return values.every((value) => typeof value === "string");
}

function appendResult(answer: unknown): AppendResult {
  const outcome = ownMember(answer, "outcome");
  if (outcome === "appended" || outcome === "lost" || outcome === "claimed") return { outcome };
  return { outcome: "failed", fault: faultOf(answer) };
}

function claimResult(answer: unknown): ClaimResult {
  const session = ownMember(answer, "session");
  if (ownMember(answer, "ok") === true && (session === undefined || typeof session === "string"))
    return { ok: true, session };
  return { ok: false, fault: faultOf(answer) };
}

/** The fault that the answer names, or that it names none. */
function faultOf(answer: unknown): StoreFault {
  const fault = ownMember(answer, "fault");
  const message = ownMember(fault, "message");
  if (typeof message !== "string")
    return { code: "STORE_UNAVAILABLE", message: "the store has answered what is no answer" };
  const cause = ownMember(fault, "cause");
  return cause === undefined ? { code: "STORE_UNAVAILABLE", message } : { code: "STORE_UNAVAILABLE", message, cause };
}
