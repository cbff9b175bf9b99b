/** The registry of people: whoever is in it by mistake could approve anything. */
import { describe, expect, test } from "vitest";
import { successor } from "../../runtime/ledger/people-in-force.ts";
import { countsAt, readPeople, rolesAt } from "../../runtime/people/registry.ts";
import { signPeopleDocument } from "../../runtime/people/sign.ts";
import { canonicalJson } from "../../schema/json/canonical.ts";
import { keyPair, publicJwkOf } from "../authority/key-pairs.ts";
import { now, office, peopleOf, registered, registryText, ringOf, trusted } from "./people.ts";

const ann = registered("ann", ["risk"]);

describe("a registry is refused", () => {
  test.each([
    {
      given: "a key that is no key",
      key: registered("ann", ["risk"], { jwk: { kty: "OKP", crv: "Ed25519", x: "AAAA" } }),
      want: /`\/keys\/1`.*`x` that is not 32 bytes/,
    },
    {
      given: "a key named otherwise in its JWK",
      key: registered("bob", ["risk"], { jwk: publicJwkOf("carl") }),
      want: /named otherwise/,
    },
    {
      given: "a time without an offset",
      key: registered("bob", ["risk"], { from: "2024-01-01T00:00:00" }),
      want: /`from` that is not a timestamp/,
    },
    {
      given: "a revocation that is no time",
      key: registered("bob", ["risk"], { revokedAt: "soon" }),
      want: /`revokedAt` that is not a timestamp/,
    },
    {
      given: "a role that every object has as a member",
      key: registered("bob", ["risk", "constructor"]),
      want: /`\/keys\/1`.*role `constructor`/,
    },
    {
      given: "one name for two keys",
      key: registered("bob", ["risk"], { kid: "ann" }),
      want: /two keys with the `kid`/,
    },
    {
      given: "one key of two people",
      key: registered("bob", ["risk"], { jwk: ann.jwk }),
      want: /one key under two names/,
    },
  ])("with $given", async ({ key, want }) => {
    const read = await readPeople(await registryText(ann, key), trusted);
    expect(read).toEqual({ ok: false, reason: expect.stringMatching(want) });
  });

  test.each([
    { given: "a private key", keys: [{ ...ann, jwk: { ...ann.jwk, d: ann.jwk.x } }] },
    { given: "no key", keys: [] },
    { given: "a key without roles", keys: [registered("ann", [])] },
    { given: "a key without a person", keys: [registered("ann", ["risk"], { person: undefined })] },
    { given: "a key of nobody", keys: [registered("ann", ["risk"], { person: "" })] },
    { given: "a person with a space at the end", keys: [registered("ann", ["risk"], { person: "ann " })] },
    {
      given: "a person with a character that nobody sees",
      keys: [registered("ann", ["risk"], { person: "an\u200bn" })],
    },
    { given: "a role that is no name", keys: [registered("ann", ["risk desk"])] },
    { given: "a key without a beginning", keys: [registered("ann", ["risk"], { from: undefined })] },
    { given: "a member of its own", keys: [{ ...ann, admin: true }] },
  ])("with $given", async ({ keys }) => {
    const read = await readPeople(await registryText(...keys), trusted);
    expect(read).toEqual({ ok: false, reason: expect.stringMatching(/is no registry: /) });
  });

  test.each([
    { given: "another kind of space", names: ["Ann Lee", "Ann\u00a0Lee"] },
    { given: "one space more", names: ["Ann Lee", "Ann  Lee"] },
    { given: "letters composed otherwise", names: ["Jos\u00e9", "Jose\u0301"] },
    { given: "full-width letters", names: ["Ann", "\uff21nn"] },
    { given: "another capital", names: ["Ann", "ann"] },
    { given: "a capital of two letters", names: ["Strauß", "STRAUSS"] },
    { given: "a mark that is not shown", names: ["Ann", "An\ufe0fn"] },
  ])("with two people that differ in $given", async ({ names: [one, other] }) => {
    const bob = registered("bob", ["desk"], { person: other });
    const given = [registered("carl", ["risk"]), registered("ann", ["risk"], { person: one }), bob];
    const read = await readPeople(await registryText(...given), trusted);
    const reason = /`\/keys\/1\/person` and `\/keys\/2\/person` names that read the same, "/;
    expect(read).toEqual({ ok: false, reason: expect.stringMatching(reason) });
    const text = canonicalJson(JSON.parse(await registryText(...given)));
    expect(successor(undefined, text, now)).toMatchObject({ ok: false, code: "RECORD_INCONSISTENT" });
  });

  const refused = { ok: false, reason: expect.stringMatching(/not signed as it must be/) };

  test("signed by somebody who is not trusted, under the name of one who is", async () => {
    const { signer } = await keyPair("mallory");
    const text = await signPeopleDocument({ ...signer, kid: "office-1" }, "registry", { keys: [ann] });
    expect(await readPeople(text, trusted)).toEqual(refused);
  });

  test("with a person added after it was signed", async () => {
    const file = JSON.parse(await registryText(ann));
    file.registry.keys.push(registered("mallory", ["risk"]));
    expect(await readPeople(JSON.stringify(file), trusted)).toEqual(refused);
  });

  test("with a role added after it was signed", async () => {
    const file = JSON.parse(await registryText(ann));
    file.registry.keys[0].roles.push("treasurer");
    expect(await readPeople(JSON.stringify(file), trusted)).toEqual(refused);
  });

  test("with one good signature and one by somebody else", async () => {
    const { signer } = await keyPair("mallory");
    const { signatures } = JSON.parse(await registryText(ann)).jws;
    const text = await signPeopleDocument(signer, "registry", { keys: [ann] }, signatures);
    expect(await readPeople(text, trusted)).toEqual(refused);
  });

  test("whose signature was made for an envelope", async () => {
    const text = await signPeopleDocument(office.signer, "registry", { keys: [ann] });
    const file = JSON.parse(text);
    const header = { alg: "EdDSA", kid: "office-1", typ: "ambit-envelope+jws" };
    file.jws.signatures[0].protected = Buffer.from(JSON.stringify(header)).toString("base64url");
    expect(await readPeople(JSON.stringify(file), trusted)).toEqual(refused);
  });

  test.each(["", "null", "[]", "{}", '{"registry":{},"registry":{}}', '{"registry":{"keys":[]}}', '{"keys":[]}'])(
    "that is %j",
    async (text) => expect((await readPeople(text, trusted)).ok).toBe(false),
  );

  test("with a member beside the registry and its signatures", async () => {
    const file = { ...JSON.parse(await registryText(ann)), comment: "" };
    expect((await readPeople(JSON.stringify(file), trusted)).ok).toBe(false);
  });
});

describe("a key counts", () => {
  const key = { kid: "k", person: "p", roles: ["risk"], from: 10, revokedAt: 20 };
  test.each([
    { at: 9, counts: false },
    { at: 10, counts: true },
    { at: 19, counts: true },
    { at: 20, counts: false },
    { at: Number.NaN, counts: false },
  ])("at $at: $counts", ({ at, counts }) => expect(countsAt(key, at)).toBe(counts));

  test("without end where it is not revoked", () => {
    const { revokedAt: _, ...open } = key;
    expect(countsAt(open, Number.MAX_SAFE_INTEGER)).toBe(true);
  });
});

test("roles are those that somebody holds now", async () => {
  const people = await peopleOf(
    ann,
    registered("bob", ["desk"], { revokedAt: "2024-03-01T12:00:00Z" }),
    registered("carl", ["audit"], { from: "2024-03-01T12:00:01Z" }),
  );
  expect([...rolesAt(people, now)]).toEqual(["risk"]);
  expect([...rolesAt(people, now - 1)]).toEqual(["risk", "desk"]);
});

test("its digest is that of what is signed, whatever the layout and the signatures", async () => {
  const text = await registryText(ann);
  const again = await signPeopleDocument(
    (await keyPair("office-2")).signer,
    "registry",
    { keys: [ann] },
    JSON.parse(text).jws.signatures,
  );
  const trustsBoth = ringOf(office.key, (await keyPair("office-2")).key);
  const [one, two] = [await readPeople(text, trusted), await readPeople(JSON.stringify(JSON.parse(again)), trustsBoth)];
  expect(one.ok && two.ok && [one.people.digest === two.people.digest, two.people.signers]).toEqual([
    true,
    ["office-1", "office-2"],
  ]);
});
