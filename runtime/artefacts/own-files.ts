import type { Artefacts } from "../../schema/artefacts.ts";
import { ArtefactsRefused } from "./refused.ts";

/**
 * The files as they are now: what is verified is what the engines load and read later on, whoever else holds the bytes.
 *
 * @throws ArtefactsRefused for a file that is no bytes
 */
export function ownFiles(artefacts: Artefacts): Artefacts {
  const own = new Map<string, Uint8Array>();
  for (const [file, bytes] of artefacts) {
    if (!ArrayBuffer.isView(bytes)) throw new ArtefactsRefused(file, "is not given as bytes");
    own.set(file, new Uint8Array(bytes));
  }
  return own;
}
