/** Activation: each check, and the attack that it stops. Whatever fails, the ledger says which check it was, and no session is active. */
import { describe, expect, test } from "vitest";
import { type Activation, activate } from "../../runtime/activation/activate.ts";
import type { CheckName } from "../../runtime/activation/check.ts";
import { verifyDetached } from "../../runtime/authority/jws/detached.ts";
import { openLog } from "../../runtime/ledger/log.ts";
import { memoryStore } from "../../runtime/ledger/store/memory.ts";
import type { Store } from "../../runtime/ledger/store/store.ts";
import { verifyApproval } from "../../runtime/people/approval.ts";
import { payloadOf } from "../../runtime/people/document.ts";
import { canonicalJson, sha256 } from "../../schema/json/canonical.ts";
import { manifestDigest } from "../../schema/manifest-digest.ts";
import { policyDigest } from "../../schema/policy-digest.ts";
import { keyPair } from "../authority/key-pairs.ts";
import { approvalText, peopleOf, registered, registryText, ringOf } from "../people/people.ts";
import { envelopeText, put, remove, set } from "../reading/envelopes.ts";
import {
  activated,
  artefactsOf,
  bothApprove,
  bytesOf,
  digestOf,
  executing,
  host,
  issuers,
  now,
  registry,
  routine,
  signatureOf,
} from "./desk.ts";

/** What the first record of the session says. */
async function recordOf(store: Store, session: string | undefined) {
  const page = await store.read(session ?? "", 1, 10);
  return page.ok && page.texts.length === 1 ? JSON.parse(page.texts[0] ?? "") : undefined;
}

async function expectRejected(
  got: Activation & { readonly store: Store },
  check: CheckName,
  said: RegExp,
): Promise<void> {
  expect(got).toMatchObject({ outcome: "rejected", check, message: expect.stringMatching(said) });
  if (got.outcome !== "rejected") return;
  const { check: checked, message, session } = got;
  expect(await recordOf(got.store, session)).toMatchObject({
    type: "rejected",
    at: now,
    body: { check: checked, message },
  });
  const log = await openLog(got.store, session ?? "");
  expect(log.ok && log.log.state.phase).toBe("rejected");
}

describe("an envelope is rejected by the check", () => {
  test("version: written in another version of the language", async () => {
    const text = envelopeText(set("/ambit", "2"));
    await expectRejected(await activated(text, now), "version", /another version of the language than 1/);
  });

  test.each([
    { given: "no JSON", text: "{", said: /no JSON/ },
    {
      given: "two members of one name, of which readers see different ones",
      text: routine.replace('"mode": "window"', '"mode": "base", "mode": "window"'),
      said: /no JSON/,
    },
    {
      given: "a member that nobody knows",
      text: envelopeText(put("/unlimited", true)),
      said: /does not match its schema/,
    },
    {
      given: "a limit left out",
      text: envelopeText(remove("/effects/pay/session")),
      said: /does not match its schema/,
    },
  ])("schema: $given", async ({ text, said }) => {
    const signature = await signatureOf(routine);
    await expectRejected(await activated(routine, now, { given: bytesOf(text), signature }), "schema", said);
  });

  test("schema: though the compiler were told to take it", async () => {
    const text = envelopeText(put("/unlimited", true));
    const compile = () => ({ diagnostics: [], artefacts: artefactsOf(routine) });
    await expectRejected(await activated(text, now, { compile }), "schema", /`` must NOT have additional properties/);
  });

  test("rules: a field that nothing judges, with what the compiler says", async () => {
    const got = await activated(envelopeText(remove("/effects/pay/allow/payee")), now);
    await expectRejected(got, "rules", /does not compile: .*\(`.*`\)/);
    expect(got.outcome === "rejected" && got.diagnostics?.length).toBeGreaterThan(0);
  });

  test("signature: none", async () => {
    await expectRejected(await activated(routine, now, { signature: undefined }), "signature", /is not signed$/);
  });

  test("signature: of somebody who is not trusted, under the name of one who is", async () => {
    const { signer } = await keyPair("mallory");
    const signature = await signatureOf(routine, "ambit-envelope+jws", { ...signer, kid: "issuer-1" });
    await expectRejected(await activated(routine, now, { signature }), "signature", /not that of the key `issuer-1`/);
  });

  test("signature: made for a template, or for another envelope", async () => {
    const template = await signatureOf(routine, "ambit-template+jws");
    await expectRejected(await activated(routine, now, { signature: template }), "signature", /`typ`/);
    const other = await signatureOf(envelopeText(set("/budgets/actions/max", 1)));
    await expectRejected(await activated(routine, now, { signature: other }), "signature", /over this document/);
  });

  test("signature: a limit raised after it was signed, on disk in a folder compiled anew", async () => {
    const raised = envelopeText(set("/capabilities", ["IO_READ_LOCAL"]), set("/budgets/actions/max", 1_000_000));
    const signature = await signatureOf(routine);
    await expectRejected(
      await activated(raised, now, { given: artefactsOf(raised), signature }),
      "signature",
      /over this document/,
    );
  });

  test("integrity: a byte of a policy changed", async () => {
    const given = new Map(artefactsOf(routine));
    given.set("policy.cedar", bytesOf(`${new TextDecoder().decode(given.get("policy.cedar"))} `));
    await expectRejected(
      await activated(routine, now, { given }),
      "integrity",
      /`policy.cedar` is not the file that the manifest names/,
    );
  });

  test("integrity: a policy exchanged, and the manifest's digests with it", async () => {
    const given = forged("policy.cedar", bytesOf('@id("permit/pay") permit (principal, action, resource);\n'));
    expect(() => host.load(given)).not.toThrow();
    await expectRejected(
      await activated(routine, now, { given }),
      "integrity",
      /`policy.cedar` is not what this Ambit compiles/,
    );
  });

  test("integrity: a bound declared constant in the manifest", async () => {
    const given = forged("", undefined, { constant: { pay: { always: ["effects/pay/per_call/amount"], never: [] } } });
    await expectRejected(
      await activated(routine, now, { given }),
      "integrity",
      /`manifest.json` is not what this Ambit compiles/,
    );
  });

  test("integrity: no document, an engine that does not take it, other artefacts loaded than given", async () => {
    await expectRejected(
      await activated(routine, now, { given: new Map() }),
      "integrity",
      /`envelope.json` is missing/,
    );
    const refuse = () => {
      throw new Error("no engine");
    };
    await expectRejected(await activated(routine, now, { load: refuse }), "integrity", /do not load: no engine/);
    const other = () => host.load(artefactsOf(executing));
    await expectRejected(await activated(routine, now, { load: other }), "integrity", /other artefacts were loaded/);
  });

  test.each([
    {
      given: "a millisecond before it begins",
      at: Date.UTC(2024, 2, 1, 8) - 1,
      said: /not valid before 2024-03-01T08:00:00Z/,
    },
    { given: "the moment it expires", at: Date.UTC(2024, 2, 1, 18), said: /expired at 2024-03-01T18:00:00Z/ },
  ])("time: $given", async ({ at, said }) => {
    const got = await activated(routine, at);
    expect(got).toMatchObject({ outcome: "rejected", check: "time", message: expect.stringMatching(said) });
  });

  test("parent: nobody can show yet that it stays within it", async () => {
    const parent = { id: "p", sha256: "0".repeat(64) };
    await expectRejected(
      await activated(envelopeText(put("/parent", parent)), now),
      "parent",
      /cannot be verified yet/,
    );
  });

  const named = envelopeText(
    set("/capabilities", ["IO_READ_LOCAL"]),
    put("/effects/pay/approval", { keys: 1, roles: ["treasurer"] }),
  );

  test("people: a role that nobody holds, or not any more", async () => {
    await expectRejected(await activated(named, now), "people", /`treasurer`: the registry of people says/);
    await expectRejected(await activated(named, now, { registry }), "people", /nobody in the registry holds now/);
    const text = await registryText(registered("dora", ["treasurer"], { revokedAt: "2024-03-01T12:00:00Z" }));
    await expectRejected(
      await activated(named, now, { registry: { ...registry, text } }),
      "people",
      /nobody in the registry holds now/,
    );
  });

  test("people: a registry that an issuer has signed, who may not say who the people are", async () => {
    await expectRejected(
      await activated(routine, now, { registry: { ...registry, trusted: issuers } }),
      "people",
      /not trusted/,
    );
  });

  test("id: the second time, in whatever content, and again after that", async () => {
    const store = memoryStore();
    expect((await activated(routine, now, { store })).outcome).toBe("activated");
    await expectRejected(await activated(routine, now, { store }), "id", /activated before/);
    const other = envelopeText(set("/capabilities", ["IO_READ_LOCAL"]), set("/budgets/actions/max", 1));
    await expectRejected(await activated(other, now, { store }), "id", /activated before/);
  });
});

/** One file exchanged, with a manifest that is consistent in itself. */
function forged(file: string, bytes: Uint8Array | undefined, more: object = {}): Map<string, Uint8Array> {
  const given = new Map(artefactsOf(routine));
  if (bytes !== undefined) given.set(file, bytes);
  const manifest = { ...JSON.parse(new TextDecoder().decode(given.get("manifest.json"))), ...more };
  if (bytes !== undefined) manifest.files[file] = sha256(bytes);
  manifest.policy = policyDigest(manifest.files);
  manifest.manifest = manifestDigest(manifest);
  given.set("manifest.json", bytesOf(`${canonicalJson(manifest)}\n`));
  return given;
}

describe("two keys are missing", () => {
  const envelope = digestOf(executing);
  const of = (person: string, transition: string, role: string) =>
    approvalText(person, { envelope, transition, roles: [role] });

  async function rejects(said: RegExp, approvals: readonly string[]): Promise<void> {
    await expectRejected(await activated(executing, now, { registry, approvals }), "approvals", said);
  }

  test("where there is no registry", async () => {
    await expectRejected(
      await activated(executing, now),
      "approvals",
      /`activate` needs two people in two roles, .*`pay`: nobody has approved/,
    );
    const approvals = await bothApprove(executing, "activate");
    await expectRejected(await activated(routine, now, { approvals }), "people", /of no use without the registry/);
  });

  test("where nobody has approved", () => rejects(/nobody has approved/, []));
  test("where one person has", async () => rejects(/`ann` approves as `risk`$/, [await of("ann", "activate", "risk")]));

  test("where one person has in two roles", async () =>
    rejects(/`activate` needs/, [await of("bob", "activate", "risk"), await of("bob", "activate", "desk")]));

  test("where two people of one role have", async () =>
    rejects(/`activate` needs/, [await of("ann", "activate", "risk"), await of("carl", "activate", "risk")]));

  test("where one of two refuses", async () => {
    const no = await approvalText("bob", { envelope, roles: ["desk"], decision: "refuse" });
    await rejects(/`bob` refuses as `desk`/, [...(await bothApprove(executing, "activate")), no]);
  });

  test("where one of two is the agent itself, whatever the registry says of him", async () => {
    const own = envelopeText(set("/effects/pay/channel", "execute"), set("/principal", "bob"));
    const approvals = await bothApprove(own, "activate", "grant_flag");
    await expectRejected(await activated(own, now, { registry, approvals }), "approvals", /`bob` is the agent itself/);
  });

  test("for the flags, where they are there for the activation", async () =>
    rejects(/`grant_flag` needs .*`NET_ACCESS`, `FINANCIAL_ACTIONS`/, await bothApprove(executing, "activate")));

  test("where an approval is of another envelope", async () =>
    rejects(/APPROVAL_ENVELOPE/, await bothApprove(routine, "activate", "grant_flag")));

  test("where an approval is forged, though the others would do", async () => {
    const good = await bothApprove(executing, "activate", "grant_flag");
    await rejects(/APPROVAL_KEY/, [...good, await approvalText("mallory", { envelope })]);
  });

  test("where an approval is of something that nobody asked for, or is there twice", async () => {
    const good = await bothApprove(executing, "activate", "grant_flag");
    await rejects(/of `resume`, which/, [...good, await of("ann", "resume", "risk")]);
    await rejects(/given twice/, [...good, good[0] ?? ""]);
    const bound = { transition: undefined, bound: "effects/pay/approval", proposalHash: sha256("p") };
    await rejects(/of `effects\/pay\/approval`, which/, [...good, await approvalText("ann", { envelope, ...bound })]);
  });
});

describe("two keys are asked for", () => {
  test.each([
    {
      for: "an effect that executes outside",
      change: [set("/effects/pay/channel", "execute"), set("/capabilities", [])],
      want: "activate",
    },
    { for: "a flag that is not local", change: [set("/capabilities", ["NET_ACCESS"])], want: "grant_flag" },
    {
      for: "a remote oracle, though in base mode",
      change: [set("/mode", "base"), set("/capabilities", ["ORACLE_CALL_REMOTE"])],
      want: "grant_flag",
    },
    {
      for: "an effect that creates agents",
      change: [set("/capabilities", []), put("/effects/list_payments/tags", ["creates_agent"])],
      want: "create_agent",
    },
    {
      for: "a window to an oracle",
      change: [set("/capabilities", ["ORACLE_CALL_REMOTE"])],
      want: "grant_flag,open_oracle",
    },
  ])("for $for: $want", async ({ change, want }) => {
    const text = envelopeText(...change);
    const transitions = want.split(",");
    const approvals = await bothApprove(text, ...transitions);
    expect((await activated(text, now, { registry, approvals })).outcome).toBe("activated");
    for (const [left] of transitions.entries()) {
      const fewer = await bothApprove(text, ...transitions.filter((_, i) => i !== left));
      await expectRejected(await activated(text, now, { registry, approvals: fewer }), "approvals", /needs two people/);
    }
  });

  test("not for routine work", async () => {
    const local = ["IO_READ_LOCAL", "IO_WRITE_LOCAL", "TOOL_EXEC_LOCAL", "MODEL_CALL_LOCAL"];
    expect((await activated(envelopeText(set("/capabilities", local)), now)).outcome).toBe("activated");
  });
});

describe("an activation", () => {
  test("records all that is needed to verify it again", async () => {
    const approvals = await bothApprove(executing, "activate", "grant_flag");
    const got = await activated(executing, now, { given: artefactsOf(executing), registry, approvals });
    if (got.outcome !== "activated") throw new Error(JSON.stringify(got));
    const { type, body, envelope } = await recordOf(got.store, got.session);
    expect([type, body.id, body.document, body.policy]).toEqual([
      "activated",
      "env_example",
      executing,
      got.evaluator.policyDigest,
    ]);
    const payload = payloadOf(JSON.parse(body.document));
    expect([envelope, got.evaluator.envelopeDigest]).toEqual([sha256(payload), sha256(payload)]);
    expect(await verifyDetached(body.signatures[0], issuers, "ambit-envelope+jws", payload)).toEqual({
      ok: true,
      kids: ["issuer-1"],
    });
    const people = await peopleOf(
      registered("ann", ["risk"]),
      registered("bob", ["desk", "risk"]),
      registered("carl", ["risk"]),
    );
    expect([body.people, body.approvals.length]).toEqual([people.digest, 4]);
    for (const approval of body.approvals)
      expect(await verifyApproval(approval.jws, people, { envelope, session: undefined, now })).toEqual({
        ok: true,
        approval,
      });
  });

  test("opens a session in which the ledger goes on", async () => {
    const got = await activated(routine, now);
    if (got.outcome !== "activated") throw new Error(JSON.stringify(got));
    expect(got.log.state.phase).toBe("active");
    expect((await got.log.append({ type: "killed", at: now, body: { signal: "kill/env_example" } })).outcome).toBe(
      "appended",
    );
    const reopened = await openLog(got.store, got.session);
    expect(reopened.ok && reopened.log.state.killed).toBe(true);
  });

  test("takes a folder with more targets than it needs", async () => {
    const { compile } = await import("../../compiler/compile.ts");
    const { artefacts: given = new Map() } = compile(bytesOf(routine), { targets: ["cedar-json"] });
    expect((await activated(routine, now, { given })).outcome).toBe("activated");
  });

  test("takes two issuers, both trusted", async () => {
    const second = await keyPair("issuer-2");
    const one = JSON.parse(await signatureOf(routine)).signatures;
    const two = JSON.parse(await signatureOf(routine, "ambit-envelope+jws", second.signer)).signatures;
    const signature = JSON.stringify({ signatures: [...one, ...two] });
    const trusted = ringOf(second.key, (await keyPair("issuer-1")).key);
    expect((await activated(routine, now, { signature, trusted })).outcome).toBe("activated");
    await expectRejected(await activated(routine, now, { signature }), "signature", /not trusted/);
  });

  test("for local use asks for no signature, and for two keys all the same", async () => {
    const local = { trusted: "local", signature: undefined } as const;
    const named = envelopeText(
      set("/capabilities", []),
      put("/effects/pay/approval", { keys: 1, roles: ["treasurer"] }),
    );
    expect((await activated(named, now, local)).outcome).toBe("activated");
    await expectRejected(await activated(executing, now, local), "approvals", /`activate` needs/);
  });
});

describe("a fault is an answer", () => {
  const fault = { code: "STORE_UNAVAILABLE", message: "the disk is gone" } as const;
  const gone: Store = {
    read: async () => ({ ok: false, fault }),
    append: async () => ({ outcome: "failed", fault }),
    claimant: async () => ({ ok: false, fault }),
    close: async () => undefined,
  };

  test("of the store: neither activated nor rejected, or rejected and not recorded", async () => {
    expect(await activated(routine, now, { store: gone })).toMatchObject({ outcome: "failed", fault });
    const got = await activated(executing, now, { store: gone });
    expect(got).toMatchObject({ outcome: "rejected", check: "approvals", fault });
    expect("session" in got).toBe(false);
  });

  test("of the compiler", async () => {
    const compile = () => {
      throw new Error("a bug");
    };
    await expectRejected(await activated(routine, now, { compile }), "integrity", /could not be checked: a bug/);
  });

  test("of a document without a canonical form", async () => {
    const text = '{"ambit":"1","id":"env_huge","n":1e400}';
    const got = await activated(routine, now, { given: bytesOf(text) });
    await expectRejected(got, "schema", /has no canonical form/);
    const record = got.outcome === "rejected" ? await recordOf(got.store, got.session) : undefined;
    expect(record).toMatchObject({ envelope: sha256(text), body: { id: "env_huge" } });
  });

  const throws = (): never => {
    throw new Error("broken");
  };

  test("of what was given", async () => {
    for (const given of [{ get: throws }, null, undefined, 5, { get: () => "{}" }])
      await expectRejected(await activated(routine, now, { given: given as never }), "integrity", /could not be /);
    const got = await activated(routine, now, { approvals: [5, null] as never, registry: null as never });
    expect(got.outcome).toBe("rejected");
  });

  test("of a store or an engine that throws", async () => {
    const dropped: string[] = [];
    const load = (artefacts: ReturnType<typeof artefactsOf>) => {
      const evaluator = host.load(artefacts);
      const drop = () => {
        dropped.push(evaluator.envelope.id);
        throws();
      };
      return { ...evaluator, drop };
    };
    const broken = { code: "STORE_UNAVAILABLE", message: expect.stringMatching(/broken$/) };
    for (const append of [throws, async () => throws()]) {
      const claimant: Store["claimant"] = async () => ({ ok: true, session: undefined });
      const store = { ...gone, claimant, append };
      expect(await activated(routine, now, { store, load })).toMatchObject({ outcome: "failed", fault: broken });
      const got = await activated(executing, now, { store, load });
      expect(got).toMatchObject({ outcome: "rejected", check: "approvals", fault: broken });
    }
    expect(dropped).toEqual(Array.from({ length: 4 }, () => "env_example"));
    expect((await activated(routine, now, { store: null as never })).outcome).toBe("failed");
  });

  test("of a clock or a signature that cannot be read", async () => {
    const change = new Proxy({}, { get: throws });
    expect((await activate(change as never)).outcome).toBe("failed");
    expect((await activate(null as never)).outcome).toBe("failed");
  });

  test.each([Number.NaN, -1, 0.5, Number.POSITIVE_INFINITY])("of the clock: %s", async (at) => {
    const got = await activated(routine, at);
    expect(got.outcome).toBe("rejected");
  });

  test("and gives up what was loaded", async () => {
    const dropped: string[] = [];
    const load = (artefacts: ReturnType<typeof artefactsOf>) => {
      const evaluator = host.load(artefacts);
      return { ...evaluator, drop: () => dropped.push(evaluator.envelope.id) };
    };
    await activated(executing, now, { load });
    await activated(routine, now, { load, store: gone });
    expect(dropped).toEqual(["env_example", "env_example"]);
  });
});
