import { compile } from "../../../compiler/compile.ts";
import { artefactFiles } from "../../../schema/artefacts.ts";
import { stock } from "../../engines/cedar-host.ts";
import type { Measurement } from "../row.ts";
import { artefactsOf, envelopeOf } from "../sample.ts";
import { race } from "../time.ts";

const bounds = 13;

/** One compilation, warm, against Cedar's own print, format and validate of the same policies. */
export const compileRows: Measurement = async () => {
  const source = envelopeOf(bounds);
  const artefacts = artefactsOf(bounds);
  const policyText = new TextDecoder().decode(artefacts.get(artefactFiles.cedar));
  const schema = new TextDecoder().decode(artefacts.get(artefactFiles.cedarSchema));
  const policies = policyText.split("\n\n").map((policy) => stock.policyToJson(policy));
  const cedarsOwn = () => {
    for (const policy of policies) if (policy.type === "success") stock.policyToText(policy.json);
    stock.formatPolicies({ policyText, lineWidth: 80, indentWidth: 2 });
    stock.validate({ schema, policies: { staticPolicies: policyText }, validationSettings: { mode: "strict" } });
  };
  const { ours, cedars } = race({ ours: () => compile(source), cedars: cedarsOwn }, 60);
  const from = `${(ours.p50 / 1000).toFixed(1)} ms / ${(cedars.p50 / 1000).toFixed(1)} ms`;
  return [
    {
      name: "compile one envelope of 13 bounds, warm",
      value: ours.p50 / 1000,
      unit: "ms",
      limit: 60,
      from: `p99 ${(ours.p99 / 1000).toFixed(1)} ms`,
    },
    { name: "compile / Cedar's print + format + validate", value: ours.p50 / cedars.p50, unit: "×", limit: 1.3, from },
  ];
};
