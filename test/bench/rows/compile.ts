import { compile } from "../../../compiler/compile.ts";
import { emitCedar } from "../../../compiler/targets/cedar/emit.ts";
import { type Artefacts, artefactFiles } from "../../../schema/artefacts.ts";
import type { NormalisedEnvelope } from "../../../schema/normalised.ts";
import { stock } from "../../engines/cedar-host.ts";
import type { Measurement } from "../row.ts";
import { artefactsOf, envelopeOf } from "../sample.ts";
import { race } from "../time.ts";

const bounds = 13;

/** One compilation, warm, and the Cedar part of it, against Cedar's own print, format and validate of the same policies. */
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
  const normalised = normalisedOf(artefacts);
  const { ours, emitted, cedars } = race(
    { ours: () => compile(source), emitted: () => emitCedar(normalised), cedars: cedarsOwn },
    100,
  );
  const against = (times: { readonly p50: number }) =>
    `${(times.p50 / 1000).toFixed(1)} ms / ${(cedars.p50 / 1000).toFixed(1)} ms`;
  return [
    {
      name: "compile one envelope of 13 bounds, warm",
      value: ours.p50 / 1000,
      unit: "ms",
      limit: 60,
      from: `p99 ${(ours.p99 / 1000).toFixed(1)} ms`,
    },
    {
      name: "emitting Cedar / Cedar's own print + format + validate",
      value: emitted.p50 / cedars.p50,
      unit: "×",
      limit: 1.3,
      from: against(emitted),
    },
    {
      name: "compile, whole / Cedar's own print + format + validate",
      value: ours.p50 / cedars.p50,
      unit: "×",
      limit: 1.3,
      from: against(ours),
      shortfall: "besides Cedar it reads and checks the envelope, and writes bundle, vectors, sheet and manifest",
    },
  ];
};

function normalisedOf(artefacts: Artefacts): NormalisedEnvelope {
  const { ambit } = JSON.parse(new TextDecoder().decode(artefacts.get(artefactFiles.data)));
  const [normalised] = Object.values<NormalisedEnvelope>(ambit.envelopes);
  if (normalised === undefined) throw new Error("the bundle holds no envelope");
  return normalised;
}
