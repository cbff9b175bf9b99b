import { openLog } from "../../../runtime/ledger/log.ts";
import { memoryStore } from "../../../runtime/ledger/store/memory.ts";
import { createHost } from "../../../runtime/load.ts";
import { cedarWasm } from "../../../runtime/node/cedar-wasm.ts";
import type { Measurement } from "../row.ts";
import { artefactsOf, callOf } from "../sample.ts";
import { quantiles } from "../time.ts";
import { benchSigner, sit } from "./session.ts";

const bounds = 13;
const records = 100_000;
/** `decided`, `consumed`, `settled`. */
const recordsPerCall = 3;
const calls = Math.floor(records / recordsPerCall);
const sample = 2_000;
const warmUp = 1_000;

/** A session that has grown long decides as quickly as a young one, and opens again within seconds. */
export const longSessionRows: Measurement = async () => {
  const evaluator = createHost({ cedarWasm: await cedarWasm() }).load(artefactsOf(bounds));
  const store = memoryStore();
  const sitting = await sit(store, evaluator, await benchSigner("bench"));
  const call = callOf(bounds, 100);
  const times = new Float64Array(calls);
  for (let i = 0; i < calls; i++) times[i] = await sitting.allow(call);
  const early = quantiles(times.slice(warmUp, warmUp + sample));
  const late = quantiles(times.slice(-sample));
  const { id, state } = sitting.session;
  const start = performance.now();
  const opened = await openLog(store, id);
  const seconds = (performance.now() - start) / 1000;
  if (!opened.ok || opened.log.state.end.head.hash !== state.end.head.hash)
    throw new Error("the ledger did not open as it was written");
  return [
    {
      name: `propose after ${state.end.head.seq} records / at the start`,
      value: late.p50 / early.p50,
      unit: "×",
      limit: 1.2,
      from: `${late.p50.toFixed(0)} µs / ${early.p50.toFixed(0)} µs`,
    },
    { name: "open that session again", value: seconds, unit: "s", limit: 3 },
  ];
};
