/** The reference evaluator as an engine: it reads the source document among the artefacts (SPEC §1). */
import { planReference } from "../../schema/reference/evaluate.ts";
import { readSource } from "../artefacts/source.ts";
import { type Engine, EngineFault } from "./engine.ts";

export const referenceEngine: Engine = {
  name: "reference",
  load({ manifest, artefacts }) {
    const reference = planReference(readSource(artefacts), manifest.envelope);
    let dropped = false;
    return {
      judge(request) {
        if (dropped) throw new EngineFault("the policy has been dropped");
        return reference(request);
      },
      renew() {},
      drop() {
        dropped = true;
      },
    };
  },
};
