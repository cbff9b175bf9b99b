/** The bundle in a stock OPA: evaluated from the command line, and served. Skipped where there is no `opa`. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emitBundle } from "../../compiler/targets/rego/emit.ts";
import { artefactFiles } from "../../schema/artefacts.ts";
import type { NormalisedEnvelope } from "../../schema/normalised.ts";
import { allowedOfEveryKind, everyKind } from "../engines/cedar-every-kind.ts";
import { hasOpa, opa } from "./opa.ts";
import { decisionOf, type OpaServer, serveOpa } from "./server.ts";

const another: NormalisedEnvelope = { ...everyKind, digest: `sha256:${"b".repeat(64)}` };

const rows: readonly (readonly [
  name: string,
  request: unknown,
  want: { verdict: string; violations: readonly string[] },
])[] = [
  [
    "an unknown envelope is denied",
    { ...allowedOfEveryKind, envelope: "sha256:other" },
    { verdict: "deny", violations: ["envelope"] },
  ],
  ["no request is denied", {}, { verdict: "deny", violations: ["envelope"] }],
  [
    "a killed session is denied",
    { ...allowedOfEveryKind, state: { ...allowedOfEveryKind.state, killed: true } },
    { verdict: "deny", violations: ["kill"] },
  ],
  [
    "missing approvals are held",
    { ...allowedOfEveryKind, state: { ...allowedOfEveryKind.state, approvals: {} } },
    { verdict: "hold", violations: ["effects/all/channel"] },
  ],
  [
    "2^53 is no number",
    { ...allowedOfEveryKind, now: 2 ** 53 },
    {
      verdict: "deny",
      violations: [
        "effects/all/after/0",
        "evidence/identity",
        "evidence/perimeter",
        "validity/duration",
        "validity/expires_at",
        "validity/not_before",
      ],
    },
  ],
  ["what every bound admits is allowed", allowedOfEveryKind, { verdict: "allow", violations: [] }],
  [
    "so it is for the other envelope of the bundle",
    { ...allowedOfEveryKind, envelope: another.digest },
    { verdict: "allow", violations: [] },
  ],
];

describe.skipIf(!hasOpa)("a stock OPA", () => {
  const folder = mkdtempSync(join(tmpdir(), "ambit-opa-"));
  const bundle = join(folder, artefactFiles.bundle);
  writeFileSync(bundle, emitBundle([everyKind, another]).get(artefactFiles.bundle) ?? "");
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(rows)("evaluates the bundle: %s", (_, request, want) => {
    const args = ["eval", "--bundle", bundle, "--stdin-input", "--format", "raw", "data.ambit.decision"];
    expect(JSON.parse(execFileSync(opa, args, { input: JSON.stringify(request), encoding: "utf8" }))).toEqual(want);
  });

  describe("serving the bundle", () => {
    let server: OpaServer;
    beforeAll(async () => {
      server = await serveOpa(["--bundle", bundle]);
    });
    afterAll(() => server.stop());

    test.each(rows)("%s", async (_, request, want) => {
      expect(await decisionOf(server, request)).toMatchObject({ result: want });
    });
  });
});
