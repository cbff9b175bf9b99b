/** What a worker is told: which session, in which store, and where to write what it does. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { compile } from "../../compiler/compile.ts";
import { beginLog } from "../../runtime/ledger/log.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { createHost } from "../../runtime/load.ts";
import type { EngineName } from "../../schema/verdict.ts";
import { recordedKeys } from "../people/recorded-keys.ts";
import { envelopeWith, start } from "./bills.ts";

export type Place = { readonly sqlite: string } | { readonly postgres: string; readonly schema: string };

export interface Assignment {
  readonly place: Place;
  readonly session: string;
  /** The folder that the envelope was compiled to. */
  readonly artefacts: string;
  readonly engines: readonly EngineName[];
  /** When the session was activated, by the machine's clock: epoch milliseconds. */
  readonly origin: number;
  readonly journal: string;
  readonly worker: string;
  /** A bill that another worker may have begun with. */
  readonly first?: string;
  /** How long an allow stays reserved; as long as anywhere where it is not said. */
  readonly tokenSeconds?: number;
  /** How many bills there are to be paid; without end where it is not said. */
  readonly bills?: number;
}

export type Beginning = Pick<Assignment, "session" | "artefacts" | "origin">;

/** @param folder for the artefacts. @param cents the budget */
export async function beginSession(store: Store, folder: string, cents: number): Promise<Beginning> {
  const text = envelopeWith(cents);
  const { artefacts, diagnostics } = compile(new TextEncoder().encode(text));
  if (artefacts === undefined) throw new Error(JSON.stringify(diagnostics));
  for (const [path, bytes] of artefacts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  const { envelope, envelopeDigest, policyDigest: policy } = createHost({ engines: ["rego"] }).load(artefacts);
  const origin = Date.now();
  const body = { id: envelope.id, document: text, policy, signatures: ["{}"], ...recordedKeys(envelope, start) };
  const begun = await beginLog(store, { type: "activated", at: start, body }, envelopeDigest);
  if (begun.outcome !== "begun") throw new Error(`the session was not begun: ${JSON.stringify(begun)}`);
  return { session: begun.log.state.end.session, artefacts: folder, origin };
}
