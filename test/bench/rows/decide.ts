import { createHost } from "../../../runtime/load.ts";
import { cedarWasm } from "../../../runtime/node/cedar-wasm.ts";
import { buildRequest } from "../../../runtime/request.ts";
import { rawEngines } from "../raw.ts";
import type { Measurement } from "../row.ts";
import { artefactsOf, callOf, factsOf } from "../sample.ts";
import { race } from "../time.ts";

const bounds = 13;
const rounds = 4000;

/** One decision against what its engines need for it. */
export const decideRows: Measurement = async () => {
  const artefacts = artefactsOf(bounds);
  const wasm = await cedarWasm();
  const load = (engines: readonly ("cedar" | "rego")[]) => createHost({ engines, cedarWasm: wasm }).load(artefacts);
  const [both, cedar, rego] = [load(["cedar", "rego"]), load(["cedar"]), load(["rego"])];
  const [allowed, denied] = [callOf(bounds, 100), callOf(bounds, 101)];
  const facts = factsOf(both);
  if (both.decide(allowed, facts).verdict !== "allow" || both.decide(denied, facts).verdict !== "deny")
    throw new Error("the sample calls are judged otherwise");
  const decoded = both.decode(allowed);
  if (!decoded.ok) throw new Error("the sample call does not decode");
  const request = buildRequest(both.envelopeDigest, decoded.call, facts);
  const raw = await rawEngines(artefacts, both, allowed);
  const t = race(
    {
      both: () => both.decide(allowed, facts),
      rawCedar: raw.cedarPermit,
      cedar: () => cedar.judge(request),
      rawRego: raw.rego,
      rego: () => rego.judge(request),
      denied: () => both.decide(denied, facts),
      decode: () => both.decode(allowed),
    },
    rounds,
  );
  const us = (time: number) => `${time.toFixed(1)} µs`;
  const sum = t.rawCedar.p50 + t.rawRego.p50;
  return [
    { name: "allow, both engines", value: t.both.p50, unit: "µs", from: `p99 ${us(t.both.p99)}` },
    { name: "of that, decoding the call", value: t.decode.p50, unit: "µs", from: `p99 ${us(t.decode.p99)}` },
    {
      name: "allow, both engines / raw Cedar + raw Rego",
      value: t.both.p50 / sum,
      unit: "×",
      limit: 1.3,
      from: `${us(t.both.p50)} / (${us(t.rawCedar.p50)} + ${us(t.rawRego.p50)})`,
    },
    {
      name: "deny with all reasons / allow",
      value: t.denied.p50 / t.both.p50,
      unit: "×",
      limit: 2.5,
      from: `${us(t.denied.p50)}, p99 ${us(t.denied.p99)}`,
    },
    {
      name: "Cedar alone, of a decoded call / raw Cedar",
      value: t.cedar.p50 / t.rawCedar.p50,
      unit: "×",
      limit: 1.2,
      from: `${us(t.cedar.p50)} / ${us(t.rawCedar.p50)}`,
    },
    {
      name: "Rego alone, of a decoded call / raw Rego",
      value: t.rego.p50 / t.rawRego.p50,
      unit: "×",
      limit: 1.2,
      from: `${us(t.rego.p50)} / ${us(t.rawRego.p50)}`,
      shortfall:
        "the request is copied, so that nobody can change it meanwhile, and written as JSON: the raw call has its text",
    },
  ];
};
