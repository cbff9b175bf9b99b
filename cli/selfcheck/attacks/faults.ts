/** Faults of everything that a verdict stands on: each must end in a denial (the governance paper's invariant 3). */
import type { Engine } from "../../../runtime/engines/engine.ts";
import type { Evaluator } from "../../../runtime/evaluator.ts";
import type { Store } from "../../../runtime/ledger/store/store.ts";
import type { Session } from "../../../runtime/session/session.ts";
import type { SessionOptions } from "../../../runtime/session/settings.ts";
import type { EngineAnswer } from "../../../schema/verdict.ts";
import { openScratch } from "../scratch.ts";
import { allow } from "../specimen/allowed.ts";
import { sourcesOf } from "../specimen/specimens.ts";
import { type Attack, ask, type Ending, present, type Site } from "./attack.ts";

/** An evaluator of the same artefacts with one engine more. */
export type LoadWith = (engine: Engine) => Evaluator;

const fault = { code: "STORE_UNAVAILABLE", message: "the store is taken away by the self-check" } as const;

/** No store at all. */
const gone: Store = {
  read: async () => ({ ok: false, fault }),
  append: async () => ({ outcome: "failed", fault }),
  claimant: async () => ({ ok: false, fault }),
  close: async () => {},
};

export function faults(loadWith: LoadWith): readonly Attack[] {
  return [
    {
      what: "deciding without a store",
      codes: ["STORE_UNAVAILABLE"],
      run: (site) => decide(site, { store: appendless(site.scratch.store) }),
    },
    {
      what: "redeeming without a store",
      codes: ["STORE_UNAVAILABLE"],
      run: async ({ scratch, specimen, allowed }) => {
        const session = await scratch.reopen({ store: appendless(scratch.store) });
        return present(scratch, allowed.token, specimen.proposal, scratch.guardOf(session));
      },
    },
    {
      what: "deciding when the clock cannot be read",
      codes: ["CLOCK_REGRESSION"],
      run: (site) => decide(site, { clock: broken }),
    },
    {
      what: "deciding when the clock has gone back",
      codes: ["CLOCK_REGRESSION"],
      run: (site) => decide(site, { clock: () => site.specimen.at - 1 }),
    },
    {
      what: "redeeming when the clock cannot be read",
      codes: ["CLOCK_REGRESSION", "STORE_UNAVAILABLE", "TOKEN_NOT_YET_VALID"],
      run: ({ scratch, specimen, allowed }) =>
        present(scratch, allowed.token, specimen.proposal, scratch.guardOf(scratch.session, { clock: broken })),
    },
    {
      what: "deciding when the signer does not sign",
      codes: ["SIGNER_UNAVAILABLE"],
      run: unsigned,
    },
    engineFault(loadWith, "an engine that throws", ["ENGINE_FAILURE"], broken),
    engineFault(loadWith, "an engine that answers nonsense", ["ENGINE_FAILURE"], () => nonsense as EngineAnswer),
    engineFault(loadWith, "an engine that contradicts the others", ["ENGINE_DISAGREEMENT", "ENGINE_FAILURE"], () => ({
      verdict: "deny",
      violations: ["kill"],
    })),
  ];
}

const nonsense: unknown = "allow";

function broken(): never {
  throw new Error("broken by the self-check");
}

function engineFault(loadWith: LoadWith, what: string, codes: readonly string[], judge: () => EngineAnswer): Attack {
  const engine: Engine = { name: "reference", load: () => ({ judge, renew() {}, drop() {} }) };
  return { what, codes, run: (site) => decide(site, { evaluator: loadWith(engine) }) };
}

/** From the beginning, as approvals are used up by an allow. What needs other effects before it needs their tokens. */
async function unsigned({ scratch, specimen, specimens }: Site): Promise<Ending | undefined> {
  if (sourcesOf(specimen).size > 0) return undefined;
  const { bench } = scratch;
  const sign = () => Promise.reject(new Error("the signer is taken away by the self-check"));
  const silent = await openScratch({ ...bench, signer: { ...bench.signer, sign } }, specimen.at);
  const { ok: isAllowed } = await allow(silent, specimen, specimens);
  const last = (await silent.records()).at(-1);
  const codes = last?.type === "decided" ? last.body.violations.map(({ code }) => code) : [];
  return { isDenied: !isAllowed, codes, seq: last?.seq ?? null, scratch: silent, proposal: specimen.proposal };
}

/** The call that was allowed a moment ago, in a session that differs in one thing. */
async function decide({ scratch, specimen }: Site, more: Partial<SessionOptions>): Promise<Ending> {
  let session: Session;
  try {
    session = await scratch.reopen(more);
  } catch {
    return { isDenied: true, codes: ["STORE_UNAVAILABLE"], seq: null, scratch, proposal: specimen.proposal };
  }
  return ask({ ...scratch, session }, specimen.proposal);
}

/** What is there can be read; nothing is written any more. */
function appendless(store: Store): Store {
  return { ...gone, read: store.read, claimant: store.claimant };
}
