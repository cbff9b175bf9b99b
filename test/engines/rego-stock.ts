/** OPA's own host for policy.wasm: what any other WebAssembly host of the policy uses. */
import { createRequire } from "node:module";
import { wasm } from "./rego-host.ts";

const stock: typeof import("@open-policy-agent/opa-wasm") = createRequire(import.meta.url)(
  "@open-policy-agent/opa-wasm",
);

/** The result for one request, as that host gives it. */
export async function stockPolicy(document: string, policyWasm = wasm): Promise<(request: object) => unknown> {
  const policy = await stock.loadPolicy(policyWasm);
  policy.setData(JSON.parse(document));
  return (request) => policy.evaluate(request)[0]?.result;
}
