/** The OPA bundle: the same bytes everywhere, in a form that every tar reader and a stock OPA take. */
import { gunzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { emitBundle } from "../../compiler/targets/rego/emit.ts";
import { policyLibrary } from "../../policies/library.ts";
import { readTar } from "../../policies/read-tar.ts";
import { artefactFiles } from "../../schema/artefacts.ts";
import { codePointCompare } from "../../schema/json/canonical.ts";
import type { NormalisedEnvelope } from "../../schema/normalised.ts";
import { allowedOfEveryKind, everyKind } from "./cedar-every-kind.ts";
import { stockPolicy } from "./rego-stock.ts";

const another: NormalisedEnvelope = { ...everyKind, digest: `sha256:${"b".repeat(64)}` };
const files = emitBundle([everyKind, another]);
const fileOf = (path: string) => files.get(path) ?? new Uint8Array();
const jsonOf = (path: string) => JSON.parse(new TextDecoder().decode(fileOf(path)));
const inBundle = [...files.keys()]
  .filter((path) => path.startsWith("bundle/"))
  .map((path) => path.slice("bundle/".length));

describe("the bundle", () => {
  test("says whose data it holds and in which language it is", () => {
    const manifest = jsonOf("bundle/.manifest");
    expect(manifest.revision).toMatch(/^sha256:[0-9a-f]{64}$/);
    const { revision } = manifest;
    expect(manifest).toEqual({ revision, roots: ["ambit"], rego_version: 1, metadata: { digest: revision } });
  });

  test("carries the whole library", () => {
    for (const [path, source] of policyLibrary().sources) expect(fileOf(`bundle/${path}`)).toEqual(source);
    expect(fileOf(artefactFiles.wasm)).toEqual(policyLibrary().wasm);
  });

  test("holds any number of envelopes, each found by its digest", async () => {
    const { ambit } = jsonOf(artefactFiles.data);
    expect(Object.keys(ambit.envelopes).sort()).toEqual([everyKind.digest, another.digest].sort());
    const judge = await stockPolicy(new TextDecoder().decode(fileOf(artefactFiles.data)));
    for (const { digest } of [everyKind, another])
      expect(judge({ ...allowedOfEveryKind, envelope: digest })).toEqual({ verdict: "allow", violations: [] });
    expect(judge({ ...allowedOfEveryKind, envelope: "sha256:other" })).toEqual({
      verdict: "deny",
      violations: ["envelope"],
    });
  });

  test("of no envelope denies everything", async () => {
    const data = new TextDecoder().decode(emitBundle([]).get(artefactFiles.data));
    const judge = await stockPolicy(data);
    expect(judge(allowedOfEveryKind)).toEqual({ verdict: "deny", violations: ["envelope"] });
  });

  test("has another revision with every change of an envelope", () => {
    const revisions = [[], [everyKind], [another], [everyKind, another]].map((envelopes) =>
      new TextDecoder().decode(emitBundle(envelopes).get("bundle/.manifest")),
    );
    expect(new Set(revisions).size).toBe(revisions.length);
  });
});

describe("the archive", () => {
  const archive = fileOf(artefactFiles.bundle);
  const tar = gunzipSync(archive);

  test("has the files of the folder, in code point order", async () => {
    const read = await readTar(tar);
    expect([...read.keys()]).toEqual(inBundle.toSorted(codePointCompare));
    for (const [path, bytes] of read) expect(Buffer.from(bytes).equals(fileOf(`bundle/${path}`))).toBe(true);
  });

  test("is the same for the same envelopes in another order", () => {
    expect(emitBundle([another, everyKind])).toEqual(files);
  });

  test("tells no time, no user and no system", () => {
    expect([...archive.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
    for (const header of headersOf(tar)) {
      expect(header.subarray(100, 124).toString()).toBe("0000644\0".concat("0000000\0".repeat(2)));
      expect(header.subarray(136, 148).toString()).toBe("00000000000\0");
      expect(header.subarray(156, 157).toString()).toBe("0");
      expect(header.subarray(257, 265).toString()).toBe("ustar\0" + "00");
      expect(header.subarray(265, 512).every((byte) => byte === 0)).toBe(true);
    }
  });

  test("is of whole blocks and ends with two empty ones", () => {
    expect(tar.length % 512).toBe(0);
    expect(tar.subarray(-1024).every((byte) => byte === 0)).toBe(true);
  });
});

function headersOf(tar: Uint8Array): readonly Buffer[] {
  const headers: Buffer[] = [];
  for (let at = 0; tar[at] !== 0; ) {
    const header = Buffer.from(tar.subarray(at, at + 512));
    headers.push(header);
    at += 512 + Math.ceil(Number.parseInt(header.toString("latin1", 124, 135), 8) / 512) * 512;
  }
  return headers;
}
