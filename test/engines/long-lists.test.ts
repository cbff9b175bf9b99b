import { expect, test } from "vitest";
import { compile } from "../../compiler/compile.ts";
import { createHost } from "../../runtime/load.ts";
import { cedarWasm } from "../../runtime/node/cedar-wasm.ts";
import { freshFacts } from "../../runtime/session/fresh.ts";
import { envelopeOf, now } from "../bench/sample.ts";

const host = createHost({ engines: ["cedar", "rego", "reference"], cedarWasm: await cedarWasm() });

test.each([1_499, 1_501, 3_000, 20_000])(
  "an allowlist of %i values compiles, and all readings hold to it",
  (length) => {
    const envelope = JSON.parse(new TextDecoder().decode(envelopeOf(12)));
    envelope.effects.pay.allow.payee.oneOf = Array.from({ length }, (_, i) => `payee ${i}, in person`);
    const { artefacts, diagnostics } = compile(new TextEncoder().encode(JSON.stringify(envelope)));
    expect(diagnostics).toEqual([]);
    const evaluator = host.load(artefacts!);
    const pay = (payee: string) =>
      evaluator.decide(JSON.stringify({ tool: "pay", args: { payee } }), freshFacts(evaluator.envelope, "pay", now));
    expect(pay(`payee ${length - 1}, in person`).verdict).toBe("allow");
    expect(pay(`payee ${length}, in person`).primary).toBe("effects/pay/allow/payee");
    evaluator.drop();
  },
);
