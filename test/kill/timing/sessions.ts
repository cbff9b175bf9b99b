/** Many sessions of one envelope, so that the processes load it once. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { compile } from "../../../compiler/compile.ts";
import { beginLog } from "../../../runtime/ledger/log.ts";
import type { Store } from "../../../runtime/ledger/store/store.ts";
import { createHost } from "../../../runtime/load.ts";
import { recordedKeys } from "../../people/recorded-keys.ts";
import { envelopeWith, start } from "../../races/bills.ts";

export interface Sessions {
  readonly artefacts: string;
  readonly origin: number;
  readonly sessions: readonly string[];
}

/** @param folder for the artefacts */
export async function beginSessions(store: Store, folder: string, count: number): Promise<Sessions> {
  const text = envelopeWith(1_000_000_00);
  const { artefacts, diagnostics } = compile(new TextEncoder().encode(text));
  if (artefacts === undefined) throw new Error(JSON.stringify(diagnostics));
  for (const [path, bytes] of artefacts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  const { envelope, envelopeDigest, policyDigest: policy } = createHost({ engines: ["rego"] }).load(artefacts);
  const origin = Date.now();
  const sessions: string[] = [];
  for (let i = 0; i < count; i++) {
    // In a store an id is activated once: here each activation has one of its own.
    const body = {
      id: `${envelope.id} ${i}`,
      document: text,
      policy,
      signatures: ["{}"],
      ...recordedKeys(envelope, start),
    };
    const begun = await beginLog(store, { type: "activated", at: start, body }, envelopeDigest);
    if (begun.outcome !== "begun") throw new Error(`the session was not begun: ${JSON.stringify(begun)}`);
    sessions.push(begun.log.state.end.session);
  }
  return { artefacts: folder, origin, sessions };
}
