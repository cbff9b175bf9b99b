/** Activation of envelopes that were filled in from a template: within it or not at all, and what it approves beforehand. */
import { describe, expect, test } from "vitest";
import { exampleTemplate } from "../../compiler/diagnostics/example.ts";
import { applyPatch } from "../../compiler/diagnostics/patch.ts";
import { exceeds } from "../../compiler/order/template.ts";
import { readEnvelope } from "../../compiler/read/read.ts";
import { readTemplate } from "../../compiler/read/template.ts";
import type { ActivationOptions } from "../../runtime/activation/activate.ts";
import type { Templates } from "../../runtime/activation/template/check.ts";
import { LedgerAudit } from "../../runtime/audit/ledger-audit.ts";
import type { AuditOptions } from "../../runtime/audit/session-audit.ts";
import { sealFirst } from "../../runtime/ledger/chain/seal.ts";
import type { PatchOperation } from "../../schema/diagnostic.ts";
import type { Activated } from "../../schema/ledger.ts";
import { activated, bytesOf, digestOf, executing, issuers, now, registry, signatureOf } from "../activation/desk.ts";
import { keyPair, publicJwkOf } from "../authority/key-pairs.ts";
import { approvalText, peopleOf, registered, registryText, ringOf, trusted } from "../people/people.ts";
import { envelopeText, put, set } from "../reading/envelopes.ts";

const owner = await keyPair("owner-1");
const owners = ringOf(owner.key);

const mallory = await keyPair("mallory");

const always = { mode: { oneOf: ["base", "window"] } };
const never = { principal: { oneOf: ["nobody"] } };

const templateText = (...operations: readonly PatchOperation[]) =>
  JSON.stringify(
    applyPatch(exampleTemplate, [
      set("/effects/pay/channel", "execute"),
      set("/validity/expiresAt", "2024-04-01T00:00:00Z"),
      ...operations,
    ]),
  );

/** An envelope that executes outside, filled in from the text. */
const filledIn = (template: string, ...operations: readonly PatchOperation[]) => {
  const { id, version } = JSON.parse(template);
  const sha256 = digestOf(template).slice("sha256:".length);
  return envelopeText(put("/template", { id, version, sha256 }), set("/effects/pay/channel", "execute"), ...operations);
};

const signed = (text: string, signer = owner.signer) => signatureOf(text, "ambit-template+jws", signer);

async function templatesOf(text: string, change: Partial<Templates> = {}): Promise<Templates> {
  return {
    given: [{ document: bytesOf(text), signature: await signed(text) }],
    trusted: owners,
    read: readTemplate,
    exceeds,
    ...change,
  };
}

const approve = (text: string, person: string, role: string, transition: string, decision = "approve") =>
  approvalText(person, { envelope: digestOf(text), transition, roles: [role], decision });

const transitions = ["activate", "grant_flag"];
const by = (text: string, person: string, role: string) =>
  Promise.all(transitions.map((transition) => approve(text, person, role, transition)));

async function activation(template: string, text: string, change: Partial<ActivationOptions> = {}) {
  const approvals = [...(await by(text, "ann", "risk")), ...(await by(text, "bob", "desk"))];
  return activated(text, now, { registry, approvals, templates: await templatesOf(template), ...change });
}

const template = templateText();
const foreign = { given: [{ document: bytesOf(template), signature: await signed(template, mallory.signer) }] };
const wrongTyp = await signatureOf(template, "ambit-envelope+jws", owner.signer);
const misused = { given: [{ document: bytesOf(template), signature: wrongTyp }] };

describe("an envelope with a template", () => {
  test("is activated within it, and the record holds the template as it was signed", async () => {
    const text = filledIn(template, set("/effects/pay/perCall/amount/max", "99.00"));
    const got = await activation(template, text);
    expect(got.outcome).toBe("activated");
    if (got.outcome !== "activated") return;
    const page = await got.store.read(got.session, 1, 1);
    const { body } = JSON.parse((page.ok && page.texts[0]) || "{}");
    expect(body.template).toEqual({
      document: template,
      signature: await signed(template),
      signers: [{ kid: "owner-1" }],
    });
  });

  test.each<readonly [string, RegExp, string, Partial<Templates> | undefined]>([
    ["that was not given", /none was given/, filledIn(template), undefined],
    ["with other templates given", /none of the templates given/, filledIn(template), { given: [] }],
    ["of another version", /none of the templates given/, filledIn(template, set("/template/version", "1.0.1")), {}],
    ["of another id", /none of the templates given/, filledIn(template, set("/template/id", "office/other")), {}],
    [
      "of another digest",
      /none of the templates given/,
      filledIn(template, set("/template/sha256", "0".repeat(64))),
      {},
    ],
    ["that nobody trusted has signed", /not signed as it must be/, filledIn(template), foreign],
    ["that was signed for something else", /not signed as it must be/, filledIn(template), misused],
    [
      "and more than it admits",
      /goes beyond .*`\/effects\/pay\/perCall\/amount\/max`/,
      filledIn(template, set("/effects/pay/perCall/amount/max", "100.01")),
      {},
    ],
    [
      "and a longer time",
      /`\/validity\/maxDurationSeconds`/,
      filledIn(template, set("/validity/maxDurationSeconds", 36001)),
      {},
    ],
    [
      "and a forbidden name outside its catalogue",
      /have no `withdrawal`/,
      filledIn(template, put("/forbidden/-", { effect: "withdrawal" })),
      {},
    ],
  ])("%s is rejected", async (_, said, text, change) => {
    const templates = change === undefined ? undefined : await templatesOf(template, change);
    const got = await activation(template, text, { templates });
    expect(got).toMatchObject({ outcome: "rejected", check: "template", message: expect.stringMatching(said) });
  });

  test("that has errors of its own is rejected", async () => {
    const broken = templateText(set("/autoApprove", [{ effects: { anyOf: ["sell"] } }]));
    const got = await activation(broken, filledIn(broken));
    expect(got).toMatchObject({
      outcome: "rejected",
      check: "template",
      message: expect.stringMatching(/errors of its own/),
    });
  });

  test("of another agent or issuer than the template names is rejected", async () => {
    for (const [path, said] of [
      ["/principal", /agent is not/],
      ["/issuer", /issuer is not/],
    ] as const) {
      const bound = templateText(put(path, "somebody"));
      expect(await activation(bound, filledIn(bound))).toMatchObject({
        check: "template",
        message: expect.stringMatching(said),
      });
    }
  });

  test("is activated without one where it names none", async () => {
    expect((await activation(template, executing)).outcome).toBe("activated");
  });
});

describe("a template approves beforehand", () => {
  type Row = readonly [
    what: string,
    autoApprove: readonly object[],
    requireHuman: readonly object[],
    people: readonly (readonly [string, string])[],
    enough: boolean,
  ];
  const ann = ["ann", "risk"] as const;
  const bob = ["bob", "desk"] as const;

  test.each<Row>([
    ["one key, where its condition holds", [always], [], [ann], true],
    ["one key only: somebody has to agree", [always], [], [], false],
    ["nothing, where its condition does not hold", [never], [], [ann], false],
    ["nothing, where it says nothing", [], [], [ann], false],
    ["nothing, where people are required", [always], [always], [ann], false],
    ["one key, where what requires people does not hold", [always], [never], [ann], true],
    ["one key, where one of its conditions holds", [never, always], [], [ann], true],
    ["nothing, where one of its conditions holds in part", [{ ...always, ...never }], [], [ann], false],
    ["nothing that two people would not do", [never], [always], [ann, bob], true],
    ["one step, and not the other", [{ transition: { oneOf: ["activate"] } }], [], [ann], false],
    [
      "each step by itself",
      [{ transition: { oneOf: ["activate"] } }, { transition: { oneOf: ["grant_flag"] } }],
      [],
      [ann],
      true,
    ],
    ["up to an amount", [{ budgets: { spend: { atMost: "500.00" } } }], [], [ann], true],
    ["no more than an amount", [{ budgets: { spend: { atMost: "499.99" } } }], [], [ann], false],
    ["no less than an amount", [{ budgets: { spend: { atLeast: "500.01" } } }], [], [ann], false],
    ["for a time", [{ maxDurationSeconds: { atMost: 36000 } }], [], [ann], true],
    ["for no longer", [{ maxDurationSeconds: { atMost: 35999 } }], [], [ann], false],
    ["certain effects", [{ effects: { within: ["pay", "list_payments"] } }], [], [ann], true],
    ["no other effects", [{ effects: { within: ["pay"] } }], [], [ann], false],
    ["certain flags", [{ capabilities: { anyOf: ["NET_ACCESS"] } }], [], [ann], true],
    ["no other flags", [{ capabilities: { anyOf: ["ACCOUNT_ACCESS"] } }], [], [ann], false],
    ["no other tags", [{ tags: { anyOf: ["irreversible"] } }], [], [ann], false],
    ["a certain issuer", [{ issuer: { oneOf: ["authz.example"] } }], [], [ann], true],
    ["no other mode", [{ mode: { oneOf: ["base"] } }], [], [ann], false],
  ])("%s", async (_, autoApprove, requireHuman, people, enough) => {
    const template = templateText(set("/autoApprove", autoApprove), set("/requireHuman", requireHuman));
    const text = filledIn(template);
    const approvals = (await Promise.all(people.map(([person, role]) => by(text, person, role)))).flat();
    const got = await activation(template, text, { approvals });
    expect(got).toMatchObject(enough ? { outcome: "activated" } : { outcome: "rejected", check: "approvals" });
  });

  test("nothing, where the amount that it names is not limited at all", async () => {
    const more = [put("/budgets/fees", { max: 3 })];
    const auto = templateText(...more, set("/autoApprove", [{ budgets: { fees: { atMost: 3 } } }]));
    const [text, approvals] = [filledIn(auto), await by(filledIn(auto), "ann", "risk")];
    expect(await activation(auto, text, { approvals })).toMatchObject({ check: "approvals" });
    const human = templateText(
      ...more,
      set("/autoApprove", [always]),
      set("/requireHuman", [{ budgets: { fees: { atLeast: 1 } } }]),
    );
    const other = filledIn(human);
    expect(await activation(human, other, { approvals: await by(other, "ann", "risk") })).toMatchObject({
      check: "approvals",
    });
  });

  test("nothing, where somebody refuses", async () => {
    const template = templateText(set("/autoApprove", [always]));
    const text = filledIn(template);
    const refusal = await approve(text, "bob", "desk", "activate", "refuse");
    const got = await activation(template, text, { approvals: [...(await by(text, "ann", "risk")), refusal] });
    expect(got).toMatchObject({ outcome: "rejected", check: "approvals" });
  });

  test.each<readonly [string, readonly string[], string, boolean]>([
    ["the person who signed the template", ["risk", "desk"], "ann", false],
    ["another person, in the only role of whom signed it", ["risk"], "bob", false],
    ["another person in another role", ["desk"], "bob", true],
  ])("one key, and the other is not %s", async (_, roles, person, enough) => {
    const template = templateText(set("/autoApprove", [always]));
    const text = filledIn(template);
    // The owner's key is one of ann's, under another name.
    const { kid: __, ...jwk } = publicJwkOf("owner-1");
    const known = {
      text: await registryText(
        registered("ann", ["risk", "desk"]),
        registered("bob", ["risk", "desk"]),
        registered("other", roles.length === 2 ? roles : ["risk"], { kid: "anns-other", jwk, person: "ann" }),
      ),
      trusted,
    };
    const role = roles.length === 2 ? "desk" : (roles[0] ?? "");
    const got = await activation(template, text, { registry: known, approvals: await by(text, person, role) });
    expect(got).toMatchObject(enough ? { outcome: "activated" } : { outcome: "rejected", check: "approvals" });
  });

  test("and may ask for a person where nobody else does", async () => {
    const quiet = [
      set("/effects/pay/channel", "propose"),
      set("/capabilities", ["IO_READ_LOCAL"]),
      set("/effects/pay/requires", []),
    ];
    const template = templateText(...quiet, set("/requireHuman", [always]), set("/autoApprove", [always]));
    const text = filledIn(template, ...quiet);
    expect(await activation(template, text, { approvals: [] })).toMatchObject({
      check: "approvals",
      message: expect.stringMatching(/needs a person/),
    });
    const approvals = [await approve(text, "ann", "risk", "activate")];
    expect((await activation(template, text, { approvals })).outcome).toBe("activated");
    const routine = templateText(...quiet, set("/requireHuman", [never]), set("/autoApprove", []));
    expect((await activation(routine, filledIn(routine, ...quiet), { approvals: [] })).outcome).toBe("activated");
  });
});

const people = await peopleOf(
  registered("ann", ["risk"]),
  registered("bob", ["desk", "risk"]),
  registered("carl", ["risk"]),
);

describe("an audit verifies the template again", () => {
  const template = templateText(set("/autoApprove", [always]));
  const text = filledIn(template);
  const keys = ringOf(...issuers.keys, owner.key);

  async function audited(
    change: (body: Activated) => Activated,
    trust: Partial<AuditOptions> = {},
  ): Promise<readonly string[]> {
    const got = await activation(template, text, { approvals: await by(text, "ann", "risk") });
    if (got.outcome !== "activated") throw new Error("not activated");
    const page = await got.store.read(got.session, 1, 1);
    const { at, body, envelope } = JSON.parse((page.ok && page.texts[0]) || "{}");
    const sealed = sealFirst({ type: "activated", at, body: change(body) }, envelope);
    const readDocument = (source: string) => readEnvelope(source).envelope;
    const ledger = new LedgerAudit({ readEnvelope: readDocument, keys, people, ...trust });
    await ledger.take({ text: sealed.text, line: 1 });
    for await (const { problems } of ledger.finished())
      return problems.map(({ code, message }) => `${code}: ${message}`);
    throw new Error("no session");
  }

  test("and finds nothing where nothing is wrong", async () => {
    expect(await audited((body) => body)).toEqual([]);
  });

  test.each<readonly [string, (body: Activated) => Activated, RegExp]>([
    ["left out", ({ template: _, ...body }) => body, /has not the template/],
    [
      "of another text",
      (body) => withTemplate(body, { document: templateText(set("/autoApprove", [])) }),
      /has not the template/,
    ],
    ["no template", (body) => withTemplate(body, { document: "{}" }), /has not the template/],
    ["signed by nobody", (body) => withTemplate(body, { signature: "{}" }), /signature does not hold/],
    ["said to be signed by others", (body) => withTemplate(body, { signers: [{ kid: "owner-2" }] }), /other signers/],
    [
      "said to be signed by a person",
      (body) => withTemplate(body, { signers: [{ kid: "owner-1", person: "zoe", roles: ["risk"] }] }),
      /other signers/,
    ],
    ["good, and nobody agreed", ({ approvals: _, ...body }) => body, /without two keys/],
  ])("%s", async (_, change, said) => {
    const found = await audited(change);
    expect(found.join("\n")).toMatch(said);
  });

  test("by keys that are not trusted", async () => {
    expect((await audited((body) => body, { keys: issuers })).join("\n")).toMatch(
      /template whose signature does not hold/,
    );
  });

  function withTemplate(body: Activated, change: Partial<NonNullable<Activated["template"]>>): Activated {
    return body.template === undefined ? body : { ...body, template: { ...body.template, ...change } };
  }
});
