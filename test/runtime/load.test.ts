import { describe, expect, test } from "vitest";
import { createHost } from "../../runtime/load.ts";
import { freshFacts } from "../../runtime/session/fresh.ts";
import { type Artefacts, artefactFiles, type Manifest } from "../../schema/artefacts.ts";
import { canonicalJson } from "../../schema/json/canonical.ts";
import { engineThat } from "./fakes.ts";
import { call, envelope, handMade, now, sealed } from "./hand-made.ts";

const host = createHost({ engines: ["reference"] });
const whole = handMade();
const facts = freshFacts(envelope, "count", now);

const without = (file: string): Artefacts => new Map([...whole].filter(([path]) => path !== file));
const having = (file: string, bytes: Uint8Array): Artefacts => new Map([...whole, [file, bytes]]);
const flipped = (file: string, at: number): Artefacts => {
  const bytes = Uint8Array.from(whole.get(file)!);
  bytes[at]! ^= 1;
  return having(file, bytes);
};

describe("artefacts that are not whole and unchanged do not load, and the sentence names the file", () => {
  test.each([...whole.keys()])("%s is missing", (file) => {
    expect(() => host.load(without(file))).toThrow(`\`${file}\``);
  });

  test.each([...whole.keys()])("%s is empty", (file) => {
    expect(() => host.load(having(file, new Uint8Array()))).toThrow(`\`${file}\``);
  });

  test.each([...whole.keys()].filter((file) => file !== artefactFiles.manifest))(
    "any byte of %s is flipped",
    (file) => {
      for (let at = 0; at < whole.get(file)!.length; at++)
        expect(() => host.load(flipped(file, at))).toThrow(`\`${file}\``);
    },
  );

  test("a file that the manifest does not list", () => {
    expect(() => host.load(having("extra.rego", new Uint8Array()))).toThrow("`extra.rego` is not listed");
  });

  test("a manifest in another form than Ambit writes", () => {
    const text = new TextDecoder().decode(whole.get(artefactFiles.manifest));
    expect(() => host.load(having(artefactFiles.manifest, new TextEncoder().encode(` ${text}`)))).toThrow(
      "manifest.json",
    );
  });

  test("a manifest that names the digest of another envelope", () => {
    const other = handMade({ ...envelope, principal: "agent:b" });
    expect(() => host.load(new Map([...whole, [artefactFiles.source, other.get(artefactFiles.source)!]]))).toThrow(
      "`envelope.json`",
    );
  });

  const manifest: Manifest = JSON.parse(new TextDecoder().decode(whole.get(artefactFiles.manifest)));
  const zeros = `sha256:${"0".repeat(64)}`;

  test("a manifest that does not vouch for itself", () => {
    const changed = { ...manifest, constant: { count: { always: ["mode"], never: [] } } };
    const bytes = new TextEncoder().encode(`${canonicalJson(changed)}\n`);
    expect(() => host.load(having(artefactFiles.manifest, bytes))).toThrow("`manifest.json` is changed");
  });

  test.each([
    ["envelope", { envelope: zeros }, "`envelope.json` is not the envelope"],
    ["policy", { policy: zeros }, "`manifest.json` has a policy digest that does not cover its files"],
    ["file", { files: { ...manifest.files, "envelope.json": zeros } }, "`envelope.json` is not the file"],
    ["language", { versions: { ...manifest.versions, language: "0" } }, "`manifest.json` is of another version"],
  ])("a manifest that vouches for itself, with a wrong %s", (_, wrong, sentence) => {
    const bytes = sealed({ ...manifest, ...wrong });
    expect(() => host.load(having(artefactFiles.manifest, bytes))).toThrow(sentence);
  });

  test("another policy than the one expected", () => {
    expect(() => host.load(whole, { expectPolicy: `sha256:${"0".repeat(64)}` })).toThrow("expected");
    expect(host.load(whole, { expectPolicy: host.load(whole).policyDigest }).envelope.id).toBe(envelope.id);
  });
});

describe("a host", () => {
  test.each([
    ["no engine", [], "no engine is chosen"],
    ["an engine twice", ["reference", "reference"], "chosen twice"],
    ["Cedar without its module", ["cedar"], "cedarWasm"],
  ] as const)("with %s is refused", (_, engines, sentence) => {
    expect(() => createHost({ engines })).toThrow(sentence);
  });

  test("drops what other engines have loaded when one refuses", () => {
    let dropped = 0;
    const careful = {
      ...engineThat("rego", () => undefined),
      load: () => ({
        judge: () => ({ verdict: "allow" as const, violations: [] }),
        renew() {},
        drop: () => void dropped++,
      }),
    };
    const refusing = {
      name: "cedar" as const,
      load: () => {
        throw new Error("no policy");
      },
    };
    expect(() => createHost({ engines: [careful, refusing] }).load(whole)).toThrow("no policy");
    expect(dropped).toBe(1);
  });
});

describe("an envelope that was dropped", () => {
  test("denies everything and throws nothing; dropping twice is harmless", () => {
    const evaluator = host.load(whole);
    expect(evaluator.decide(call(1), facts).verdict).toBe("allow");
    evaluator.drop();
    evaluator.drop();
    expect(evaluator.decide(call(1), facts)).toMatchObject({ verdict: "deny", code: "ENGINE_FAILURE" });
  });

  test("judges again once it is loaded again, beside others", () => {
    const other = host.load(handMade({ ...envelope, principal: "agent:b" }));
    const first = host.load(whole);
    first.drop();
    const again = host.load(whole);
    expect(again.decide(call(3), facts).verdict).toBe("allow");
    expect(again.decide(call(4), facts)).toMatchObject({ primary: "effects/count/per_call/by" });
    expect(other.decide(call(3), facts)).toMatchObject({ primary: "principal" });
  });
});
