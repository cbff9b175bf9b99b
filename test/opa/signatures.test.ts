/** Signed bundles in a stock OPA: it activates what was signed with the key that it knows, and nothing else. */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gunzipSync } from "fflate";
import { afterAll, describe, expect, test } from "vitest";
import { archive } from "../../compiler/targets/rego/archive.ts";
import { signedFiles } from "../../compiler/targets/rego/signature.ts";
import { readTar } from "../../policies/read-tar.ts";
import { run } from "../cli/run.ts";
import { ecKey, everyKey, type KeyFiles } from "./key-pairs.ts";
import { hasOpa, opa } from "./opa.ts";
import { recipe } from "./recipes.ts";
import { decisionOf, type Start, startOpa } from "./server.ts";

const examples = join(import.meta.dirname, "../../examples");
const envelopes = ["trading", "deployment"].map((name) => join(examples, name, "envelope.json"));
const folder = mkdtempSync(join(tmpdir(), "ambit-signed-"));
afterAll(() => rmSync(folder, { recursive: true }));

type Files = ReadonlyMap<string, Uint8Array>;

async function signedBundle(key: KeyFiles): Promise<Files> {
  writeFileSync(join(folder, "key"), key.secret);
  const output = join(folder, "made.tar.gz");
  const { code, err } = await run([
    ...["bundle", ...envelopes, "-o", output],
    ...["--sign", join(folder, "key"), "--kid", "ops-1"],
  ]);
  expect(code, err).toBe(0);
  return readTar(gunzipSync(readFileSync(output)));
}

/** Serves the files as they are, in an OPA that knows one key. */
async function activate(files: Files, key: KeyFiles, server = true): Promise<Start> {
  const [bundle, verifying] = [join(folder, "bundle.tar.gz"), join(folder, "verifying")];
  writeFileSync(bundle, archive(files));
  writeFileSync(verifying, key.verifying);
  const verification = [
    "--verification-key",
    verifying,
    "--verification-key-id",
    "ops-1",
    "--signing-alg",
    key.algorithm,
  ];
  return startOpa([...(server ? verification : []), "--bundle", bundle]);
}

async function refusalOf(files: Files, key: KeyFiles): Promise<string> {
  const started = await activate(files, key);
  if (!started.ok) return started.said;
  await started.stop();
  throw new Error("OPA activated it");
}

/** One byte differs, and what is left is still a bundle that would load. */
function oneByteOff(path: string, bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString("latin1");
  const changed = path.endsWith(".rego")
    ? text.replace(/\n$/, " ")
    : path === "data.json"
      ? text.replace(/"value":(\d*)1/, '"value":$12').replace(/"max":(\d*)0(?=[,}])/, '"max":$19')
      : text.replace(/sha256:./, (found) => `sha256:${found.endsWith("0") ? "1" : "0"}`);
  expect(changed).not.toBe(text);
  return Buffer.from(changed, "latin1");
}

describe.skipIf(!hasOpa)("an OPA that knows the public key", async () => {
  const key = ecKey();
  const files = hasOpa ? await signedBundle(key) : new Map<string, Uint8Array>();
  const content = [...files.keys()].filter((path) => path !== ".signatures.json");
  const signatures = files.get(".signatures.json") ?? new Uint8Array();

  test.each(content)("refuses a byte changed in %s", async (path) => {
    const changed = new Map([...files, [path, oneByteOff(path, files.get(path) ?? new Uint8Array())]]);
    expect(await refusalOf(changed, key)).toContain(`${path}: digest mismatch`);
  });

  test("would load each of these, did it not verify", async () => {
    const changed = new Map(content.map((path) => [path, oneByteOff(path, files.get(path) ?? new Uint8Array())]));
    const started = await activate(changed, key, false);
    if (!started.ok) throw new Error(started.said);
    expect(await decisionOf(started, {})).toMatchObject({ result: { verdict: "deny", violations: ["envelope"] } });
    await started.stop();
  });

  test.each([0, 1, 2])("refuses a byte changed in part %i of the signature", async (part) => {
    const [token] = JSON.parse(Buffer.from(signatures).toString()).signatures;
    const parts: string[] = token.split(".");
    const other = parts.map((text, index) => (index === part ? flipped(text) : text)).join(".");
    const changed = new Map([...files, [".signatures.json", Buffer.from(JSON.stringify({ signatures: [other] }))]]);
    expect(await refusalOf(changed, key)).toMatch(/verify|signature|JWT|base64|invalid|unmarshal/i);
  });

  test("refuses a bundle without signature", async () => {
    const unsigned = new Map([...files].filter(([path]) => path !== ".signatures.json"));
    expect(await refusalOf(unsigned, key)).toContain("missing .signatures.json");
  });

  test("refuses an empty list of signatures", async () => {
    const none = new Map([...files, [".signatures.json", Buffer.from('{"signatures":[]}')]]);
    expect(await refusalOf(none, key)).toMatch(/signature/);
  });

  test.each(["rego/more.rego", "more.json", "more/data.json"])("refuses an extra file %s", async (path) => {
    const text = path.endsWith(".rego") ? 'package ambit\n\nsatisfied contains "kill"\n' : "{}";
    expect(await refusalOf(new Map([...files, [path, Buffer.from(text)]]), key)).toContain(
      "not included in bundle signature",
    );
  });

  test.each(content)("refuses the bundle without %s", async (path) => {
    const fewer = new Map([...files].filter(([each]) => each !== path));
    expect(await refusalOf(fewer, key)).toContain("specified in bundle signatures but not found");
  });

  test("refuses what another key has signed", async () => {
    expect(await refusalOf(await signedBundle(ecKey()), key)).toContain("failed to verify JWT signature");
  });

  test.each(everyKey())("activates a bundle signed by $algorithm with a $form", async (each) => {
    const started = await activate(await signedBundle(each), each);
    if (!started.ok) throw new Error(started.said);
    expect(await decisionOf(started, {})).toMatchObject({ result: { verdict: "deny", violations: ["envelope"] } });
    await started.stop();
  });
});

describe.skipIf(!hasOpa)("the recipes for bundles and keys", () => {
  test("make a signed bundle that OPA activates", { timeout: 60_000 }, async () => {
    const home = mkdtempSync(join(folder, "recipe-"));
    mkdirSync(join(home, "envelopes"));
    for (const [index, envelope] of envelopes.entries())
      copyFileSync(envelope, join(home, "envelopes", `${index}.json`));
    mkdirSync(join(home, "bin"));
    const ambit = join(import.meta.dirname, "../../cli/ambit.ts");
    writeFileSync(join(home, "bin/ambit"), `#!/bin/sh\nexec ${process.execPath} ${ambit} "$@"\n`, { mode: 0o755 });
    const env = { ...process.env, PATH: `${join(home, "bin")}:${process.env.PATH}` };
    const commands = [...recipe("sh", "ambit bundle").split("\n"), ...recipe("sh", "openssl").split("\n")].filter(
      Boolean,
    );
    const serve = commands.pop() ?? "";
    for (const command of commands) execFileSync("sh", ["-ec", command], { cwd: home, env, stdio: "pipe" });
    const [, args = ""] = /^opa run --server (.*)$/.exec(serve) ?? [];
    const started = await startOpa(args.replace(/\S+\.(?:pem|gz)/g, (file) => join(home, file)).split(" "));
    if (!started.ok) throw new Error(started.said);
    expect(await decisionOf(started, {})).toMatchObject({ result: { verdict: "deny", violations: ["envelope"] } });
    await started.stop();
  });
});

describe.skipIf(!hasOpa)("what is signed is what `opa sign` signs", () => {
  test("of texts that Go and JavaScript escape differently, in keys that they sort differently", () => {
    const odd = Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(code)).join("");
    const texts = [odd, "\u2028\u2029", "\u007f\u0085", "<&>", "\ue000", "\u{1f600}", "é\u0301", "__proto__"];
    const data = {
      ambit: Object.fromEntries(texts.map((text) => [text, [text, -1, 0.5, 9007199254740991, true, null, {}]])),
    };
    const files = new Map([
      [".manifest", Buffer.from('{"roots":["ambit"],"revision":"<\u2028>"}')],
      ["data.json", Buffer.from(JSON.stringify(data))],
      ["rego/a.rego", Buffer.from("package ambit\n")],
    ]);
    const home = mkdtempSync(join(folder, "sign-"));
    for (const [path, bytes] of files) {
      mkdirSync(dirname(join(home, path)), { recursive: true });
      writeFileSync(join(home, path), bytes);
    }
    writeFileSync(join(folder, "sign.pem"), ecKey().secret);
    execFileSync(opa, ["sign", "--signing-key", join(folder, "sign.pem"), "--signing-alg", "ES256", "--bundle", "."], {
      cwd: home,
    });
    const [token] = JSON.parse(readFileSync(join(home, ".signatures.json"), "utf8")).signatures;
    const { files: signed } = JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString());
    expect(signed).toHaveLength(files.size);
    expect(signed).toEqual(expect.arrayContaining([...signedFiles(files)]));
  });
});

/** The first letter of the part replaced by another of its alphabet. */
function flipped(part: string): string {
  return `${part.startsWith("A") ? "B" : "A"}${part.slice(1)}`;
}
