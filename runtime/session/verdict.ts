/** What a session answers to a proposal. */
import type { FaultCode, Verdict } from "../../schema/verdict.ts";
import type { Evaluator } from "../evaluator.ts";
import { unjudged } from "../verdict.ts";

export type SessionVerdict = Verdict & {
  /** The number of the `decided` record; null where none could be written, which is never so for an allow. */
  readonly seq: number | null;
  /** `sha256:<hex>`; null where the proposal cannot be hashed. */
  readonly proposalHash: string | null;
  /** The authority token of an allow: a compact JWS. Null without an authority, or once it has been redeemed or has expired. */
  readonly token: string | null;
};

export type SessionFault =
  | {
      readonly code:
        | Extract<FaultCode, "STORE_UNAVAILABLE" | "CONTENTION" | "CLOCK_REGRESSION" | "PROPOSAL_REPEATED">
        | "KILLED";
      readonly message: string;
    }
  /** `bound`: its id. */
  | { readonly code: "ENVELOPE_EXPIRED"; readonly bound: string; readonly message: string };

const ids = {
  STORE_UNAVAILABLE: "store",
  CONTENTION: "store",
  CLOCK_REGRESSION: "clock",
  PROPOSAL_REPEATED: "proposal",
  KILLED: "kill",
} as const satisfies Record<Exclude<SessionFault["code"], "ENVELOPE_EXPIRED">, string>;

/** A deny that no engine was asked for (SPEC §5). */
export function faultVerdict({ envelopeDigest, policyDigest }: Evaluator, fault: SessionFault): Verdict {
  const { code, message } = fault;
  const violation =
    fault.code === "ENVELOPE_EXPIRED"
      ? { id: fault.bound, code, pointer: `/${fault.bound}`, message }
      : { id: ids[fault.code], code, pointer: code === "KILLED" ? "/killSwitch" : "", message };
  return unjudged({ envelope: envelopeDigest, policy: policyDigest }, [violation]);
}
