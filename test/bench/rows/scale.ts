import { createHost } from "../../../runtime/load.ts";
import { cedarWasm } from "../../../runtime/node/cedar-wasm.ts";
import type { Measurement } from "../row.ts";
import { callOf, factsOf, loadSample } from "../sample.ts";
import { race } from "../time.ts";

const sizes = [13, 20, 100, 1000] as const;

/** Ten times the bounds may take ten times as long, not more. */
export const scaleRows: Measurement = async () => {
  const host = createHost({ cedarWasm: await cedarWasm() });
  const contenders = Object.fromEntries(
    sizes.map((bounds) => {
      const evaluator = loadSample(host, bounds, `scale-${bounds}`);
      const [call, facts] = [callOf(bounds, 100), factsOf(evaluator)];
      return [String(bounds), () => evaluator.decide(call, facts)];
    }),
  );
  const times = race(contenders, 200);
  return sizes.slice(1).map((bounds, i) => {
    const fewer = sizes[i] ?? bounds;
    const [more, less] = [times[String(bounds)]?.p50 ?? 0, times[String(fewer)]?.p50 ?? 1];
    return {
      name: `${bounds} bounds / ${fewer} bounds, in time for each bound`,
      value: more / bounds / (less / fewer),
      unit: "×",
      limit: 1.1,
      from: `${more.toFixed(0)} µs / ${less.toFixed(0)} µs`,
    };
  });
};
