/** Boundary vectors that are to be allowed. */
import { merged } from "../../compiler/targets/vectors/merge-patch.ts";
import { type Artefacts, artefactFiles } from "../../schema/artefacts.ts";
import type { HostileRequest } from "../../schema/request.ts";

/** The first one of each effect that has one; undefined where the artefacts hold no vectors at all. */
export function allowedVectors(artefacts: Artefacts): ReadonlyMap<string, HostileRequest> | undefined {
  const file = artefacts.get(artefactFiles.vectors);
  if (file === undefined) return undefined;
  const requests = new Map<string, Record<string, unknown>>();
  const allowed = new Map<string, HostileRequest>();
  for (const line of new TextDecoder().decode(file).trimEnd().split("\n")) {
    const { id, base, request: written, want } = JSON.parse(line);
    const request = base === undefined ? written : merged(requests.get(base) ?? {}, written);
    requests.set(id, request);
    if (want.verdict === "allow" && !allowed.has(request.effect)) allowed.set(request.effect, request);
  }
  return allowed;
}
