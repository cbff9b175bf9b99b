/** Claims about examples and generated envelopes, settled by the tools. */
import { availableParallelism } from "node:os";
import type { Claim, Settled } from "../../cli/prove/claim.ts";
import { claimsOf } from "../../cli/prove/claims.ts";
import { type Emitted, emittedOf } from "../../cli/prove/policies.ts";
import { type Judges, settle } from "../../cli/prove/settle.ts";
import { sideBySide } from "../../cli/prove/side-by-side.ts";
import { openSymcc } from "../../cli/prove/symcc/symcc.ts";
import { createHost } from "../../runtime/index.ts";
import { cedarWasm } from "../../runtime/node/index.ts";
import type { Artefacts } from "../../schema/artefacts.ts";
import { planReference } from "../../schema/reference/evaluate.ts";
import { tools } from "./tools.ts";

const host = createHost({ engines: ["cedar", "rego", "reference"], cedarWasm: await cedarWasm() });

export interface Prover {
  readonly emitted: Emitted;
  /** Those of the claims that are chosen. */
  readonly settle: (choose: (claim: Claim) => boolean) => Promise<readonly Settled[]>;
  readonly drop: () => void;
}

/** @param broken the same artefacts with other policies, which claims are made about */
export function proverOf(artefacts: Artefacts, broken: Artefacts = artefacts): Prover {
  const evaluator = host.load(artefacts);
  const emitted = emittedOf(evaluator.envelope, evaluator.envelopeDigest, broken);
  const judges: Judges = {
    reference: planReference(evaluator.envelope, evaluator.envelopeDigest),
    everyone: evaluator.judge,
  };
  return {
    emitted,
    settle: async (choose) => {
      const symcc = await openSymcc(tools, emitted.schema);
      try {
        const claims = claimsOf(emitted).filter(choose);
        return await sideBySide(claims, availableParallelism(), (claim) => settle(claim, symcc.ask, judges));
      } finally {
        await symcc.close();
      }
    },
    drop: evaluator.drop,
  };
}
