/** How a host reads `vectors.jsonl`: a line with a base is a merge patch (RFC 7386) for the line of that id. */
import { type Artefacts, artefactFiles } from "../../schema/artefacts.ts";
import type { HostileRequest } from "../../schema/request.ts";
import type { Decision } from "../../schema/verdict.ts";

export interface Replayed {
  readonly id: string;
  readonly bound?: string;
  readonly base?: string;
  readonly request: HostileRequest;
  readonly cedar: { principal: string; action: string; resource: string; context: object };
  readonly want: { readonly verdict: Decision; readonly code?: string; readonly violations: readonly string[] };
}

export function replay(artefacts: Artefacts): readonly Replayed[] {
  const lines = new TextDecoder().decode(artefacts.get(artefactFiles.vectors)).trimEnd().split("\n");
  const known = new Map<string, Replayed>();
  for (const text of lines) {
    const line = JSON.parse(text);
    const base = line.base === undefined ? undefined : known.get(line.base);
    if (line.base !== undefined && base === undefined) throw new Error(`${line.id} has no base`);
    if (known.has(line.id)) throw new Error(`${line.id} stands there twice`);
    known.set(line.id, {
      ...line,
      request: mergePatch(base?.request, line.request),
      cedar: mergePatch(base?.cedar, line.cedar),
    });
  }
  return [...known.values()];
}

/** As the RFC has it. */
function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = mergePatch(result[name], value);
  }
  return result;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
