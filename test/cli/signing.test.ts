/** From keys to a session on the command line, and every way in which that does not succeed. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { sqliteStore } from "../../runtime/node/sqlite-store.ts";
import { envelopeText, set } from "../reading/envelopes.ts";
import { run } from "./run.ts";

const now = Date.UTC(2024, 2, 1, 12);
const at = { now };
const folder = () => mkdtempSync(join(tmpdir(), "ambit-sign-"));
const home = folder();
const inHome = (name: string) => join(home, name);

async function ok(...args: readonly string[]): Promise<string> {
  const got = await run(args, at);
  expect(got, args.join(" ")).toMatchObject({ code: 0, err: "" });
  return got.out;
}

function fileOf(text: string, name = "envelope.json"): string {
  const file = join(folder(), name);
  writeFileSync(file, text);
  return file;
}

const routine = envelopeText(set("/capabilities", []));
const executing = envelopeText(set("/effects/pay/channel", "execute"));
const key = (who: string) => inHome(`${who}.key`);
const jwk = (who: string) => inHome(`${who}.jwk`);
const people = inHome("people.signed.json");

beforeAll(async () => {
  for (const who of ["issuer", "office", "ann", "bob"])
    writeFileSync(jwk(who), await ok("keygen", "-o", key(who), "--kid", who));
  const entry = (who: string, role: string) => ({
    kid: who,
    jwk: JSON.parse(readFileSync(jwk(who), "utf8")),
    person: who,
    roles: [role],
    from: "2024-01-01T00:00:00Z",
  });
  const registry = fileOf(JSON.stringify({ keys: [entry("ann", "risk"), entry("bob", "desk")] }), "people.json");
  await ok("sign", registry, "--as", "registry", "--key", key("office"), "-o", people);
});

async function signed(text: string): Promise<string> {
  const file = fileOf(text);
  await ok("sign", file, "--key", key("issuer"));
  return file;
}

const activate = (file: string, ...more: readonly string[]) =>
  run(["activate", file, "--ledger", join(file, "..", "ledger.db"), "--trust", jwk("issuer"), ...more], at);

describe("keygen", () => {
  test("overwrites nothing", async () => {
    const before = readFileSync(key("ann"), "utf8");
    const got = await run(["keygen", "-o", key("ann")]);
    expect(got).toMatchObject({ code: 2, out: "", err: expect.stringMatching(/will not overwrite `.*ann.key`/) });
    expect(readFileSync(key("ann"), "utf8")).toBe(before);
  });

  test("prints the public key only, and keeps the private one from others", async () => {
    const { d, ...rest } = JSON.parse(readFileSync(key("ann"), "utf8"));
    expect(JSON.parse(readFileSync(jwk("ann"), "utf8"))).toEqual(rest);
    expect(d).toMatch(/^[\w-]{43}$/);
    expect(statSync(key("ann")).mode & 0o777).toBe(0o600);
  });

  test("makes another key each time, named by its thumbprint", async () => {
    const [one, two] = [await ok("keygen", "-o", inHome("1")), await ok("keygen", "-o", inHome("2"))].map((text) =>
      JSON.parse(text),
    );
    expect(one.kid).toMatch(/^[\w-]{43}$/);
    expect([one.x === two.x, one.kid === two.kid]).toEqual([false, false]);
  });

  test("refuses an empty name", async () => {
    expect(await run(["keygen", "-o", inHome("none"), "--kid", ""])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/`--kid` is empty/),
    });
    expect(existsSync(inHome("none"))).toBe(false);
  });
});

describe("a key out of the environment", () => {
  const sign = (env: Readonly<Record<string, string>>) =>
    run(["sign", fileOf(routine), "--key", "env:ISSUER_KEY"], { ...at, env });

  test("signs as the one in its file", async () => {
    const { code, out } = await sign({ ISSUER_KEY: readFileSync(key("issuer"), "utf8") });
    expect([code, out]).toEqual([0, expect.stringContaining("with `issuer`")]);
  });

  test("that is not there, or is none, signs nothing and is not quoted", async () => {
    expect(await sign({})).toMatchObject({ code: 2, err: expect.stringContaining("has no `ISSUER_KEY`") });
    const { code, err } = await sign({ ISSUER_KEY: '{"d": "secret"}' });
    expect([code, err.includes("secret")]).toEqual([2, false]);
  });
});

describe("sign refuses", () => {
  test.each([
    { given: "an envelope that does not compile", text: "{}", more: [], code: 1, said: /key\/missing/ },
    { given: "no JSON as a template", text: "{", more: ["--as", "template"], code: 1, said: /json\/not_json/ },
    { given: "an envelope as a template", text: routine, more: ["--as", "template"], code: 2, said: /is no template/ },
    {
      given: "an envelope as a registry",
      text: routine,
      more: ["--as", "registry", "-o", "x"],
      code: 2,
      said: /is no registry/,
    },
    {
      given: "an envelope as an approval",
      text: routine,
      more: ["--as", "approval", "-o", "x"],
      code: 2,
      said: /is no approval/,
    },
    {
      given: "an approval without a place for it",
      text: "{}",
      more: ["--as", "approval"],
      code: 2,
      said: /say with `-o`/,
    },
    { given: "another kind", text: "{}", more: ["--as", "cheque"], code: 2, said: /Allowed choices/ },
  ])("$given", async ({ text, more, code, said }) => {
    const file = fileOf(text);
    const got = await run(["sign", file, "--key", key("issuer"), ...more]);
    expect(got).toMatchObject({ code, err: expect.stringMatching(said) });
    expect(existsSync(`${file}.jws`)).toBe(false);
  });

  test("a public key, and what is no key", async () => {
    const file = fileOf(routine);
    expect(await run(["sign", file, "--key", jwk("issuer")])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/is a public key/),
    });
    expect(await run(["sign", file, "--key", file])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/is no Ed25519 key/),
    });
    expect(await run(["sign", file, "--key", "nowhere"])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/there is no such file/),
    });
  });

  test("to sign twice with one key, or over a file that holds no signatures", async () => {
    const file = await signed(routine);
    const before = readFileSync(`${file}.jws`, "utf8");
    expect(await run(["sign", file, "--key", key("issuer")])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/a signature of `issuer` already/),
    });
    expect(await run(["sign", file, "--key", key("ann"), "-o", file])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/holds no signatures/),
    });
    expect([readFileSync(`${file}.jws`, "utf8"), readFileSync(file, "utf8")]).toEqual([before, routine]);
    expect(
      await run(["sign", people, "--as", "registry", "--key", key("office"), "-o", inHome("again")]),
    ).toMatchObject({
      code: 2,
      err: expect.stringMatching(/a signature of `office` already/),
    });
  });
});

describe("verify", () => {
  test("refuses a document that was changed, a key that is not trusted, and no signature", async () => {
    const file = await signed(routine);
    const verify = (...args: readonly string[]) => run(["verify", ...args]);
    const foreign = await verify(file, "--trust", jwk("ann"));
    expect(foreign).toMatchObject({ code: 1, out: expect.stringMatching(/not verified: .*not trusted/) });
    const changed = fileOf(envelopeText(set("/capabilities", []), set("/budgets/actions/max", 21)));
    const got = await verify(changed, "--signature", `${file}.jws`, "--trust", jwk("issuer"), "--json");
    expect([got.code, JSON.parse(got.out)]).toEqual([1, expect.objectContaining({ ok: false, code: "JWS_SIGNATURE" })]);
    expect(await verify(changed, "--trust", jwk("issuer"))).toMatchObject({
      code: 2,
      err: expect.stringMatching(/there is no such file; .* or in what `--signature` names/),
    });
    expect(await verify(people, "--as", "registry", "--trust", jwk("issuer"))).toMatchObject({ code: 1 });
  });

  test("names every signer, whatever the layout of the document", async () => {
    const file = await signed(routine);
    await ok("sign", file, "--key", key("ann"));
    writeFileSync(file, JSON.stringify(JSON.parse(routine)));
    const said = await ok("verify", file, "--trust", jwk("issuer"), jwk("ann"));
    expect(said).toMatch(/: signed by `issuer`, `ann`\n {2}envelope sha256:/);
    expect((await run(["verify", file, "--trust", jwk("issuer")])).code).toBe(1);
    expect(await ok("verify", people, "--as", "registry", "--trust", jwk("office"))).toMatch(/signed by `office`/);
  });

  test("trusts JWK sets too, and no private key", async () => {
    const file = await signed(routine);
    const set = fileOf(`{"keys":[${readFileSync(jwk("ann"), "utf8")},${readFileSync(jwk("issuer"), "utf8")}]}`);
    await ok("verify", file, "--trust", set);
    expect(await run(["verify", file, "--trust", key("issuer")])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/holds a private key/),
    });
    expect(await run(["verify", file, "--trust", set, jwk("ann")])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/two keys with the `kid`/),
    });
  });
});

describe("approve", () => {
  test("writes one approval for each step, once", async () => {
    const [file, out] = [fileOf(executing), folder()];
    const args = ["approve", file, "--key", key("ann"), "--role", "risk", "-o", out];
    expect(await ok(...args)).toMatch(
      /^approve activate, as it executes outside through `pay`: .*\napprove grant_flag, as it grants `NET_ACCESS`, `FINANCIAL_ACTIONS`: .*\n$/,
    );
    expect(readdirSync(out)).toEqual(["activate.ann.json", "grant_flag.ann.json"]);
    expect(await run(args, at)).toMatchObject({ code: 2, err: expect.stringMatching(/will not overwrite/) });
  });

  test("of one bound of one proposal, bound to it", async () => {
    const [file, out] = [fileOf(routine), folder()];
    const call = fileOf('{"tool":"bank.pay","args":{"payee":"acme","amount":"1.00"}}', "call.json");
    const args = ["approve", file, "--key", key("ann"), "--role", "risk", "-o", out, "--proposal", call];
    await ok(...args, "--bound", "effects/pay/channel", "--refuse", "--session", "s1");
    const { approval } = JSON.parse(readFileSync(join(out, "effects_pay_channel.ann.json"), "utf8"));
    const wanted = {
      bound: "effects/pay/channel",
      proposalHash: expect.stringMatching(/^sha256:/),
      decision: "refuse",
      session: "s1",
    };
    expect(approval).toMatchObject({ ...wanted, roles: ["risk"], iat: now / 1000, exp: now / 1000 + 3600 });
    expect(await run([...args, "--bound", "effects/pay/per_call/amount"], at)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/it has effects\/pay\/channel/),
    });
    expect(await run(args, at)).toMatchObject({ code: 2, err: expect.stringMatching(/go together/) });
  });

  test("refuses an end in the past, and roles that are none", async () => {
    const args = ["approve", fileOf(executing), "--key", key("ann"), "-o", folder(), "--role"];
    expect(await run([...args, "risk", "--until", "2024-03-01T12:00:00Z"], at)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/not after/),
    });
    expect(await run([...args, "risk", "--until", "tomorrow"], at)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/`--until` is neither/),
    });
    expect(await run([...args, "risk desk"], at)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/is no approval/),
    });
  });
});

describe("activate", () => {
  test("rejects what is not signed, and records it", async () => {
    const file = fileOf(routine);
    const got = await activate(file, "--json");
    const { session, ...said } = JSON.parse(got.out);
    expect([got.code, said]).toEqual([
      1,
      { file, ok: false, outcome: "rejected", check: "signature", message: "the envelope is not signed" },
    ]);
    const store = sqliteStore(join(file, "..", "ledger.db"));
    const page = await store.read(session, 1, 10);
    await store.close();
    expect(page.ok && page.texts.map((text) => JSON.parse(text).type)).toEqual(["rejected"]);
  });

  test("rejects an envelope that does not compile, with every finding", async () => {
    const got = await activate(fileOf("{}"));
    expect(got).toMatchObject({ code: 1, out: "" });
    expect(got.err).toMatch(/key\/missing/);
    expect(got.err).toMatch(/rejected by the check `schema`: /);
    expect(got.err).toMatch(/recorded in session [\w-]{43}\n$/);
  });

  test("rejects two keys that are missing", async () => {
    const file = await signed(executing);
    const got = await activate(file, "--people", people, "--people-trust", jwk("office"));
    expect(got).toMatchObject({
      code: 1,
      err: expect.stringMatching(/by the check `approvals`: `activate` needs two people in two roles/),
    });
  });

  test("rejects a registry that the issuer's key has not signed, where no other is named", async () => {
    const got = await activate(await signed(executing), "--people", people);
    expect(got).toMatchObject({ code: 1, err: expect.stringMatching(/by the check `people`: .*not trusted/) });
  });

  test.each([
    { given: "no ledger", args: ["activate", "x", "--trust", "y"], said: /--ledger/ },
    { given: "nobody who is trusted", args: ["activate", "x", "--ledger", "y"], said: /--trust/ },
  ])("asks for $given", async ({ args, said }) => {
    expect(await run(args)).toMatchObject({ code: 2, err: expect.stringMatching(said) });
  });

  test("says what it cannot read, and what makes no sense", async () => {
    const file = await signed(routine);
    expect(await activate(file, "--signature", "nowhere")).toMatchObject({
      code: 2,
      err: expect.stringMatching(/`nowhere`: there is no such file/),
    });
    expect(await activate(file, "--now", "noon")).toMatchObject({
      code: 2,
      err: expect.stringMatching(/`--now` is neither/),
    });
    expect(await activate(file, "--people-trust", jwk("ann"))).toMatchObject({
      code: 2,
      err: expect.stringMatching(/`--people`, which is missing/),
    });
    expect(await activate(join(file, "nowhere"))).toMatchObject({ code: 2, err: expect.stringMatching(/cannot read/) });
  });

  test("answers that the ledger cannot be used", async () => {
    const file = await signed(routine);
    const got = await run(["activate", file, "--ledger", file, "--trust", jwk("issuer")], at);
    expect(got).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringMatching(/not activated: the ledger .* cannot be used/),
    });
  });

  test("an envelope or its folder, once", async () => {
    const file = await signed(executing);
    const [out, approvals] = [join(file, "..", "out"), folder()];
    expect((await run(["compile", file, "-o", out])).code).toBe(0);
    for (const [who, role] of [
      ["ann", "risk"],
      ["bob", "desk"],
    ] as const)
      await ok("approve", file, "--key", key(who), "--role", role, "-o", approvals);
    const more = [
      "--people",
      people,
      "--people-trust",
      jwk("office"),
      "--approval",
      ...readdirSync(approvals).map((name) => join(approvals, name)),
    ];
    const got = await activate(out, "--signature", `${file}.jws`, ...more, "--ledger", join(file, "..", "ledger.db"));
    expect(got).toMatchObject({ code: 0, err: "" });
    expect(got.out).toMatch(
      /^activated .*\n {2}session {2}[\w-]{43}\n {2}envelope sha256:.*\n {2}policy {3}sha256:.*\n$/,
    );
    const again = await activate(file, ...more);
    expect(again).toMatchObject({ code: 1, err: expect.stringMatching(/by the check `id`/) });
  });

  test("says where it has looked for signatures that are not there", async () => {
    const file = fileOf(routine);
    const place = `there is no file ${file}.jws that can be read: name another one with --signature`;
    expect(await activate(file)).toMatchObject({ code: 1, err: expect.stringContaining(place) });
    expect(await activate(file, "--json")).toMatchObject({ code: 1, err: "" });
  });

  test("rejects a folder in which a policy was changed, whatever its manifest says", async () => {
    const file = await signed(routine);
    const out = join(file, "..", "out");
    mkdirSync(out);
    expect((await run(["compile", file, "-o", out])).code).toBe(0);
    chmodSync(join(out, "policy.cedar"), 0o644);
    writeFileSync(join(out, "policy.cedar"), "permit (principal, action, resource);\n");
    const got = await activate(out, "--signature", `${file}.jws`);
    expect(got).toMatchObject({
      code: 1,
      err: expect.stringMatching(/by the check `integrity`: artefact `policy.cedar`/),
    });
  });
});
