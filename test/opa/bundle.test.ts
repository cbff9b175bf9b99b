/** The bundle in a stock OPA: evaluated from the command line, and served. Skipped where there is no `opa`. */
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emitBundle } from "../../compiler/targets/rego/emit.ts";
import { artefactFiles } from "../../schema/artefacts.ts";
import type { NormalisedEnvelope } from "../../schema/normalised.ts";
import { allowedOfEveryKind, everyKind } from "../engines/cedar-every-kind.ts";
import { hasOpa, opa } from "./opa.ts";

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
    let address = "";
    let stop = () => {};

    beforeAll(async () => {
      address = `127.0.0.1:${await freePort()}`;
      const server = spawn(opa, ["run", "--server", "--addr", address, "--disable-telemetry", "--bundle", bundle], {
        stdio: "ignore",
      });
      stop = () => server.kill();
      await untilHealthy(address);
    });
    afterAll(() => stop());

    test.each(rows)("%s", async (_, request, want) => {
      const response = await fetch(`http://${address}/v1/data/ambit/decision`, {
        method: "POST",
        body: JSON.stringify({ input: request }),
      });
      expect(await response.json()).toMatchObject({ result: want });
    });
  });
});

async function untilHealthy(address: string): Promise<void> {
  for (;;) {
    const response = await fetch(`http://${address}/health?bundles`).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
