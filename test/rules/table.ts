import { describe, expect, test } from "vitest";
import type { PatchOperation } from "../../schema/diagnostic.ts";
import { diagnose, put, summary } from "../reading/envelopes.ts";

export interface Row {
  readonly given: string;
  /** Changes to an envelope without any finding. */
  readonly change: readonly PatchOperation[];
  /** Every finding, as `code pointer`. */
  readonly want: readonly string[];
}

/** Each row changes an envelope without findings, and must give exactly the findings it wants. */
export function judge(promise: string, rows: readonly Row[]): void {
  describe(promise, () => {
    test.each(rows)("$given", ({ change, want }) => {
      expect([...summary(diagnose(...change))].sort()).toEqual([...want].sort());
    });
  });
}

interface Bounds {
  readonly allow?: unknown;
  readonly perCall?: unknown;
  readonly session?: unknown;
}

/** A further field of the effect `pay`, from the argument of its name, with its bounds. */
export function field(name: string, declared: object, { allow, perCall, session }: Bounds = {}): PatchOperation[] {
  const operations = [put(`/effects/pay/fields/${name}`, { from: `/${name}`, ...declared })];
  if (allow !== undefined) operations.push(put(`/effects/pay/allow/${name}`, allow));
  if (perCall !== undefined) operations.push(put(`/effects/pay/perCall/${name}`, perCall));
  if (session !== undefined) operations.push(put(`/effects/pay/session/${name}`, session));
  return operations;
}

/** A url field of the effect `pay`, judged in all four parts but for those given. */
export function url(
  name: string,
  parts: Readonly<Record<string, unknown>> = {},
  declared: object = {},
): PatchOperation[] {
  const bounds = {
    scheme: { equals: "https" },
    host: { oneOf: ["bank.example"] },
    port: { oneOf: [443] },
    path: { under: ["/"] },
    ...parts,
  };
  return [
    put(`/effects/pay/fields/${name}`, { from: `/${name}`, type: "url", ...declared }),
    ...Object.entries(bounds).flatMap(([part, bound]) =>
      bound === undefined ? [] : [put(`/effects/pay/allow/${name}.${part}`, bound)],
    ),
  ];
}
