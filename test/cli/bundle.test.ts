import { generateKeyPairSync } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { readTar } from "../../policies/read-tar.ts";
import { allowedOfEveryKind } from "../engines/cedar-every-kind.ts";
import { stockPolicy } from "../engines/rego-stock.ts";
import { ecKey, everyKey, hmacKey, rsaKey } from "../opa/key-pairs.ts";
import { run } from "./run.ts";

const desk = new URL("./desk.json", import.meta.url).pathname;
const exampleOf = (name: string) => new URL(`../../examples/${name}/envelope.json`, import.meta.url).pathname;
const [trading, deployment, migration] = ["trading", "deployment", "migration"].map(exampleOf) as [
  string,
  string,
  string,
];
const folder = () => mkdtempSync(join(tmpdir(), "ambit-bundle-"));
const output = () => join(folder(), "bundle.tar.gz");

function fileOf(text: string): string {
  const file = join(folder(), "key");
  writeFileSync(file, text);
  return file;
}

async function filesOf(bundle: string): Promise<ReadonlyMap<string, string>> {
  const files = await readTar(gunzipSync(readFileSync(bundle)));
  return new Map([...files].map(([path, bytes]) => [path, Buffer.from(bytes).toString("utf8")]));
}

const jsonOf = (text: string | undefined) => JSON.parse(text ?? "null");

async function bundled(...args: readonly string[]): Promise<Buffer> {
  const file = output();
  const { code, err } = await run(["bundle", ...args, "-o", file]);
  expect(code, err).toBe(0);
  return readFileSync(file);
}

describe("nothing is written", () => {
  async function expectRefused(code: number, said: RegExp, ...args: readonly string[]): Promise<void> {
    const file = output();
    const got = await run(["bundle", "-o", file, ...args]);
    expect({ code: got.code, err: got.err }).toEqual({ code, err: expect.stringMatching(said) });
    expect(existsSync(file)).toBe(false);
  }

  test("without an envelope: `--none` is said, not meant", () => expectRefused(2, /`--none`/));

  test("with an envelope and --none", () => expectRefused(2, /`--none`/, desk, "--none"));

  test("when one of the envelopes has an error", () => {
    const envelope = JSON.parse(readFileSync(desk, "utf8"));
    delete envelope.killSwitch;
    return expectRefused(1, /kill switch/, trading, fileOf(JSON.stringify(envelope)));
  });

  test("when one has a warning and --strict", () => expectRefused(1, /warning/, trading, "--strict"));

  test("when one is there twice, under two names and laid out in two ways", async () => {
    const again = fileOf(JSON.stringify(JSON.parse(readFileSync(desk, "utf8"))));
    await expectRefused(1, /is the same envelope as .*desk\.json: name it once/, desk, again);
  });

  test("when an envelope cannot be read", () => expectRefused(2, /cannot read/, desk, join(folder(), "none.json")));

  test("with an empty revision", () => expectRefused(2, /revision/, desk, "--revision", ""));

  test("over what is no bundle, such as the envelope itself", async () => {
    const copy = join(folder(), "envelope.json");
    copyFileSync(desk, copy);
    const { code, err } = await run(["bundle", desk, "-o", copy]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("it is no bundle") });
    expect(readFileSync(copy)).toEqual(readFileSync(desk));
  });

  test("over a folder or a link", async () => {
    const parent = folder();
    mkdirSync(join(parent, "folder"));
    symlinkSync(desk, join(parent, "link"));
    for (const name of ["folder", "link"]) {
      const { code, err } = await run(["bundle", desk, "-o", join(parent, name)]);
      expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("not a plain file") });
    }
    expect(readdirSync(parent).sort()).toEqual(["folder", "link"]);
  });

  const elliptic = (namedCurve: string) => ecKey(namedCurve).secret;
  const ed25519 = generateKeyPairSync("ed25519").privateKey;
  const jwk = (members: object) => JSON.stringify(members);
  test.each<readonly [string, string, RegExp]>([
    ["an Ed25519 PEM", ed25519.export({ type: "pkcs8", format: "pem" }).toString(), /EdDSA, which OPA does not verify/],
    ["an Ed25519 JWK", jwk(ed25519.export({ format: "jwk" })), /EdDSA, which OPA does not verify/],
    ["a key on another curve", elliptic("P-384"), /curve secp384r1.*ES256, RS256, PS256, HS256/],
    ["an RSA key of 1024 bits", rsaKey(1024).secret, /1024 bits; an RSA key needs 2048/],
    ["a secret of 31 bytes", jwk({ kty: "oct", k: Buffer.from("x".repeat(31)).toString("base64url") }), /31 bytes.*32/],
    ["a secret that is no text", jwk({ kty: "oct", k: Buffer.alloc(32, 200).toString("base64url") }), /only text/],
    ["a secret that is not there", jwk({ kty: "oct" }), /`k` is not base64url/],
    ["an alg of another family", jwk({ ...JSON.parse(everyKey()[1]!.secret), alg: "RS256" }), /names another `alg`/],
    ["an alg that nobody knows", jwk({ ...JSON.parse(hmacKey().secret), alg: "none" }), /names another `alg`/],
    ["a key for encryption", jwk({ ...JSON.parse(hmacKey().secret), use: "enc" }), /`use`/],
    ["another kid", jwk({ ...JSON.parse(hmacKey().secret), kid: "ops-2" }), /`ops-2`, and `--kid` says `ops-1`/],
    ["a public PEM", ecKey().verifying, /public key/],
    ["a public JWK", jwk({ kty: "EC", crv: "P-256", x: "AA", y: "AA" }), /public key/],
    ["a JWK with a broken member", jwk({ kty: "EC", crv: "P-256", x: "AA", y: "AA", d: "AA" }), /no valid private JWK/],
    ["an encrypted PEM", "-----BEGIN ENCRYPTED PRIVATE KEY-----\n", /encrypted/],
    ["a PEM of nothing", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", /no valid private key/],
    ["half a JWK", '{"kty":', /no JSON/],
    ["some other text", "hunter2hunter2hunter2hunter2hunter2", /neither a JWK nor a PEM/],
    ["an empty file", "", /neither a JWK nor a PEM/],
  ])("with %s to sign with, which is not quoted", async (_, text, said) => {
    await expectRefused(2, said, desk, "--sign", fileOf(text), "--kid", "ops-1");
    const { err } = await run(["bundle", desk, "-o", output(), "--sign", fileOf(text), "--kid", "ops-1"]);
    for (const line of text.split("\n").filter((line) => line.length > 8 && !line.startsWith("--")))
      expect(err).not.toContain(line);
  });

  test("without a name for the key, or a name without a key", async () => {
    await expectRefused(2, /`--kid`/, desk, "--sign", fileOf(ecKey().secret));
    await expectRefused(2, /`--kid`/, desk, "--sign", fileOf(ecKey().secret), "--kid", "");
    await expectRefused(2, /`--sign`, which is missing/, desk, "--kid", "ops-1");
    await expectRefused(2, /cannot read/, desk, "--sign", join(folder(), "none.pem"), "--kid", "ops-1");
  });
});

describe("a bundle", () => {
  test("of the same envelopes is the same to the byte, in any order", async () => {
    const first = await bundled(trading, deployment, migration);
    expect(await bundled(trading, deployment, migration)).toEqual(first);
    expect(await bundled(migration, trading, deployment)).toEqual(first);
    expect(await bundled(deployment, migration, trading, deployment)).toEqual(first);
    expect(await bundled(deployment, migration)).not.toEqual(first);
  });

  test("of one envelope is what `ambit compile` writes", async () => {
    const out = join(folder(), "out");
    await run(["compile", trading, "-o", out]);
    expect(readFileSync(join(out, "bundle.tar.gz"))).toEqual(await bundled(trading));
  });

  test("has each envelope under its digest, and one digest of them all for a revision", async () => {
    const file = output();
    const { out } = await run(["bundle", trading, deployment, "-o", file, "--json"]);
    const said = JSON.parse(out);
    const files = await filesOf(file);
    expect(said).toMatchObject({ ok: true, output: file, revision: said.digest });
    expect(jsonOf(files.get(".manifest"))).toMatchObject({ revision: said.digest, metadata: { digest: said.digest } });
    const inBundle = Object.keys(jsonOf(files.get("data.json")).ambit.envelopes);
    expect(inBundle.toSorted()).toEqual(
      said.envelopes.map(({ envelope }: { envelope: string }) => envelope).toSorted(),
    );
    expect(said.envelopes.map(({ file }: { file: string }) => file)).toEqual([trading, deployment]);
  });

  test("may be given a revision; the digest stays what it is", async () => {
    const [file, named] = [output(), output()];
    const plain = JSON.parse((await run(["bundle", desk, "-o", file, "--json"])).out);
    const other = JSON.parse((await run(["bundle", desk, "-o", named, "--json", "--revision", "2024-03-01/7"])).out);
    expect(other).toMatchObject({ digest: plain.digest, revision: "2024-03-01/7" });
    expect(jsonOf((await filesOf(named)).get(".manifest"))).toMatchObject({
      revision: "2024-03-01/7",
      metadata: { digest: plain.digest },
    });
  });

  test("replaces an earlier one, and leaves nothing beside it", async () => {
    const file = output();
    for (const envelope of [desk, trading]) expect((await run(["bundle", envelope, "-o", file])).code).toBe(0);
    expect(readFileSync(file)).toEqual(await bundled(trading));
    expect(readdirSync(join(file, ".."))).toEqual(["bundle.tar.gz"]);
  });

  test("leaves alone what somebody else has put where it would be staged", async () => {
    const file = output();
    const staged = `${file}.${process.pid}.tmp`;
    writeFileSync(staged, "not ours");
    expect(await run(["bundle", desk, "-o", file])).toMatchObject({ code: 2 });
    expect(readFileSync(staged, "utf8")).toBe("not ours");
    expect(existsSync(file)).toBe(false);
  });

  test("of no envelope says so", async () => {
    const file = output();
    expect(await run(["bundle", "--none", "-o", file])).toMatchObject({ code: 0 });
    expect(jsonOf((await filesOf(file)).get("data.json"))).toEqual({ ambit: { envelopes: {} } });
  });

  test("--json tells every diagnostic of every envelope", async () => {
    const broken = fileOf("{}");
    const { code, out } = await run(["bundle", desk, broken, "-o", output(), "--json"]);
    const said = JSON.parse(out);
    expect(code).toBe(1);
    expect(said.ok).toBe(false);
    expect(said.envelopes[0]).toMatchObject({ file: desk, envelope: expect.stringMatching(/^sha256:/) });
    expect(said.envelopes[1].file).toBe(broken);
    expect(said.envelopes[1].diagnostics.length).toBeGreaterThan(5);
  });
});

describe("a bundle for WebAssembly hosts", () => {
  test("has the module, its entrypoint and the same data, and no sources", async () => {
    const [plain, wasm] = [output(), output()];
    await run(["bundle", trading, deployment, "-o", plain]);
    await run(["bundle", trading, deployment, "-o", wasm, "--wasm"]);
    const files = await filesOf(wasm);
    expect([...files.keys()]).toEqual([".manifest", "/policy.wasm", "data.json"]);
    expect(files.get("data.json")).toBe((await filesOf(plain)).get("data.json"));
    expect(jsonOf(files.get(".manifest")).wasm).toEqual([{ entrypoint: "ambit/decision", module: "/policy.wasm" }]);
  });

  test("judges in OPA's own host", async () => {
    const file = output();
    await run(["bundle", trading, "-o", file, "--wasm"]);
    const files = await readTar(gunzipSync(readFileSync(file)));
    const data = Buffer.from(files.get("data.json") ?? "").toString();
    const judge = await stockPolicy(data, files.get("/policy.wasm"));
    const [digest] = Object.keys(JSON.parse(data).ambit.envelopes);
    expect(judge({ ...allowedOfEveryKind, envelope: digest })).toMatchObject({
      verdict: "deny",
      violations: expect.arrayContaining(["granted"]),
    });
    expect(judge(allowedOfEveryKind)).toEqual({ verdict: "deny", violations: ["envelope"] });
  });
});

describe("a signature", () => {
  async function signed(key: string, ...args: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const file = output();
    const { code, err } = await run(["bundle", desk, "-o", file, "--sign", fileOf(key), "--kid", "ops-1", ...args]);
    expect(code, err).toBe(0);
    return filesOf(file);
  }
  const partsOf = (files: ReadonlyMap<string, string>) =>
    jsonOf(files.get(".signatures.json"))
      .signatures[0].split(".")
      .slice(0, 2)
      .map((part: string) => JSON.parse(Buffer.from(part, "base64url").toString()));

  test.each(everyKey())(
    "by $algorithm with a $form names the key and every other file",
    async ({ secret, algorithm }) => {
      const files = await signed(secret);
      const [header, payload] = partsOf(files);
      expect(header).toEqual({ alg: algorithm, kid: "ops-1" });
      const names = payload.files.map(({ name }: { name: string }) => name);
      expect(names).toEqual([...files.keys()].filter((path) => path !== ".signatures.json"));
    },
  );

  test("over the form with the module names it without a slash", async () => {
    const [, payload] = partsOf(await signed(ecKey().secret, "--wasm"));
    expect(payload.files.map(({ name }: { name: string }) => name)).toEqual([".manifest", "policy.wasm", "data.json"]);
  });

  test("changes nothing else in the bundle, and takes a JWK's own name", async () => {
    const key = JSON.stringify({ ...JSON.parse(hmacKey().secret), kid: "ops-1" });
    const file = output();
    await run(["bundle", desk, "-o", file, "--sign", fileOf(key)]);
    const files = new Map(await filesOf(file));
    expect(partsOf(files)[0]).toEqual({ alg: "HS256", kid: "ops-1" });
    files.delete(".signatures.json");
    const plain = output();
    await run(["bundle", desk, "-o", plain]);
    expect(files).toEqual(await filesOf(plain));
  });

  test("is the same each time by an algorithm without dice", async () => {
    for (const { secret } of [rsaKey(), hmacKey()]) expect(await signed(secret)).toEqual(await signed(secret));
  });
});
