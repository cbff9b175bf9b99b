/** Envelopes of these tests, compiled and loaded into both engines. */
import { expect } from "vitest";
import { compile } from "../../compiler/index.ts";
import { createHost, type Evaluator, type FaultReport, type Host } from "../../runtime/index.ts";
import { cedarWasm } from "../../runtime/node/index.ts";
import type { Envelope } from "../../schema/envelope.ts";

const utf8 = new TextEncoder();

/** A host that keeps its faults: there must be none. */
export async function listeningHost(): Promise<{ host: Host; faults: readonly FaultReport[] }> {
  const faults: FaultReport[] = [];
  const host = createHost({ cedarWasm: await cedarWasm(), onFault: (report) => faults.push(report) });
  return { host, faults };
}

/** Loads an envelope that must compile without an error. */
export function load(host: Host, envelope: Envelope): Evaluator {
  const { artefacts, diagnostics } = compile(utf8.encode(JSON.stringify(envelope)));
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  expect(errors, envelope.id).toEqual([]);
  return host.load(artefacts ?? new Map());
}
