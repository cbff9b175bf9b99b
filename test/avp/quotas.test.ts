/** What is written where a quota of Amazon Verified Permissions would be passed. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compile } from "../../compiler/compile.ts";
import { emitAvp } from "../../compiler/targets/avp/emit.ts";
import { sizes } from "../../compiler/targets/avp/notices.ts";
import { bytesIn, quotas } from "../../compiler/targets/avp/quotas.ts";
import { artefactFiles } from "../../schema/artefacts.ts";
import type { NormalisedEnvelope } from "../../schema/normalised.ts";
import { run } from "../cli/run.ts";
import { envelopeWith, requestFor, texts } from "../engines/cedar-envelopes.ts";
import { everyKind } from "../engines/cedar-every-kind.ts";

const desk = new URL("../cli/desk.json", import.meta.url).pathname;

const perCall = (count: number, name = "field_with_a_rather_long_name") =>
  Array.from({ length: count }, (_, index) => ({
    id: `effects/e/per_call/${name}_${index}`,
    field: `${name}_${index}`,
    shape: "number" as const,
    min: 0,
    max: 5,
  }));

const allowed = (field: string, count: number) => ({
  id: `effects/e/allow/${field}`,
  field,
  shape: "text" as const,
  operators: [
    { op: "oneOf" as const, values: texts(...Array.from({ length: count }, (_, index) => `value ${field} ${index}`)) },
  ],
});

function emitted(envelope: NormalisedEnvelope, pointerOf?: () => string) {
  const { files, notices = [] } = emitAvp(envelope, pointerOf);
  const definitions: { static: { description: string; statement: string } }[] = JSON.parse(
    String(files.get(artefactFiles.avpPolicies)),
  );
  return { policies: definitions.map((definition) => definition.static), notices, files };
}

describe("a permit that is too large", () => {
  const { policies, notices } = emitted(envelopeWith({ perCall: perCall(80) }));
  const warning = notices.find(({ policy }) => policy === "permit/e");

  test("carries the first conditions, and a warning names it and the bounds that rest on their forbids", () => {
    const { statement } = policies.at(-1)!;
    expect(bytesIn(statement)).toBeLessThanOrEqual(quotas.policyBytes);
    expect(bytesIn(statement)).toBeGreaterThan(quotas.policyBytes - 300);
    for (const carried of ["killed", "halted", "principal ==", "name_0)"]) expect(statement).toContain(carried);
    expect(warning).toMatchObject({ severity: "warning" });
    expect(warning?.message).toMatch(/`permit\/e` has \d\d,\d{3} bytes .* takes 10,000: it carries \d+ of its 88 cond/);
    expect(warning?.bounds).toContain("effects/e/per_call/field_with_a_rather_long_name_79");
  });

  test("says that a context which the schema does not admit must not be asked about: there a forbid may err", () => {
    expect(warning?.message).toContain("for a context that the schema admits");
    expect(warning?.message).toContain("ask with no other");
  });

  test("leaves nothing out: each bound that it does not carry has a forbid", () => {
    const forbids = policies.map(({ statement }) => statement).join("\n");
    for (const id of warning?.bounds ?? []) expect(forbids).toContain(`@id("${id}")`);
  });
});

test("a permit that fits only on one line is written on one line, with all of its conditions", () => {
  const { policies, notices } = emitted(envelopeWith({ perCall: perCall(45) }));
  const { statement } = policies.at(-1)!;
  expect(statement.match(/\bwhen \{/g)?.length).toBe(8 + 45);
  expect(statement.trim().split("\n").length).toBeLessThan(5);
  expect(notices.filter(({ severity }) => severity === "warning")).toEqual([]);
});

describe("a bound whose forbid is too large", () => {
  test("is in the permit, before all others, and a warning says so", () => {
    const pointerOf = () => `/${"p".repeat(3_000)}`;
    const envelope = envelopeWith({ allow: [allowed("x", 520)], perCall: perCall(40) });
    const { policies, notices } = emitted(envelope, pointerOf);
    const { statement } = policies.at(-1)!;
    expect(policies.map(({ description }) => description)).not.toContain("forbid effects/e/allow/x");
    expect(notices).toContainEqual(
      expect.objectContaining({ policy: "effects/e/allow/x", message: expect.stringContaining("left out") }),
    );
    expect(statement).toContain("value x 519");
    expect(notices.find(({ policy }) => policy === "permit/e")?.bounds).not.toContain("effects/e/allow/x");
  });

  test("that does not fit into the permit either leaves the effect without one, never without the bound", () => {
    const { policies, notices } = emitted(envelopeWith({ allow: [allowed("x", 900), allowed("y", 10)] }));
    expect(policies.filter(({ description }) => description.startsWith("permit"))).toEqual([]);
    expect(notices).toContainEqual(
      expect.objectContaining({
        severity: "warning",
        policy: "permit/e",
        message: expect.stringContaining("the effect `e` is denied"),
        bounds: ["effects/e/allow/x"],
      }),
    );
  });
});

test("a forbid over many effects becomes one for each of them", () => {
  const effects = Object.fromEntries(
    Array.from({ length: 80 }, (_, index) => [
      `effect_number_${index}`,
      { tools: { [`some.tool.with.a.long.name.${index}`]: true as const }, bounds: {} },
    ]),
  );
  const { policies, notices } = emitted({ ...envelopeWith({}), effects });
  expect(policies.filter(({ description }) => description === "forbid granted")).toHaveLength(80);
  expect(policies.every(({ statement }) => bytesIn(statement) <= quotas.policyBytes)).toBe(true);
  expect(notices.filter(({ severity }) => severity === "warning")).toEqual([]);
});

test("quotas of the whole store: warnings that say by how much", () => {
  const messages = (policies: number, schema: number) =>
    sizes(["é".repeat(policies / 2), "."], "s".repeat(schema)).map(({ message }) => message);
  expect(messages(199_998, 100_000)).toEqual([]);
  expect(messages(200_000, 100_001)).toEqual([
    expect.stringContaining("have 200,001 bytes where Amazon Verified Permissions takes 200,000 for one resource"),
    expect.stringContaining("the schema has 100,001 bytes where Amazon Verified Permissions takes 100,000"),
  ]);
});

describe("the files", () => {
  const { policies, files } = emitted(everyKind);

  test("hold no forbid behind a permit, so that creating them in order never permits too much", () => {
    const kinds = policies.map(({ description }) => description.split(" ")[0]);
    expect(kinds).toEqual(kinds.toSorted());
    expect(new Set(kinds)).toEqual(new Set(["forbid", "permit"]));
  });

  test("have no empty key and no empty id, which the service refuses", () => {
    const schema = JSON.parse(JSON.parse(String(files.get(artefactFiles.avpSchema))).cedarJson);
    expect(keysOf(schema)).not.toContain("");
    for (const { statement } of policies) expect(statement).not.toContain('::""');
  });

  test("keep descriptions within 150 characters", () => {
    for (const { description } of policies) expect([...description].length).toBeLessThanOrEqual(150);
  });

  test("are the same every time", () => {
    expect(emitted(everyKind).files).toEqual(files);
  });

  test("are written only when asked for, and are in the manifest", () => {
    const source = readFileSync(desk);
    expect([...compile(source).artefacts!.keys()].filter((path) => /avp|policies\.json/.test(path))).toEqual([]);
    const { artefacts, manifest } = compile(source, { targets: ["avp", "avp", "cedar-json"] });
    for (const path of ["avp/policies.json", "avp/schema.json", "policies.json", "schema.json"]) {
      expect(artefacts!.has(path), path).toBe(true);
      expect(manifest!.files).toHaveProperty([path]);
    }
  });
});

describe("the command line", () => {
  const folder = () => mkdtempSync(join(tmpdir(), "ambit-avp-"));

  test("prints warnings with the policy and the bounds, and --strict takes them for errors", async () => {
    const envelope = JSON.parse(readFileSync(desk, "utf8"));
    const [name, effect] = Object.entries<Record<string, Record<string, unknown>>>(envelope.effects)[0]!;
    for (let index = 0; index < 60; index += 1) {
      const field = `argument_with_a_rather_long_name_${index}`;
      effect.fields![field] = { type: "integer", from: `/${field}` };
      effect.perCall = { ...effect.perCall, [field]: { max: 5 } };
    }
    const file = join(folder(), "envelope.json");
    writeFileSync(file, JSON.stringify(envelope));
    const compileIt = (...more: string[]) => run(["compile", file, "-o", join(folder(), "out"), ...more]);
    const { code, err } = await compileIt("--target", "avp");
    expect(code).toBe(0);
    expect(err).toContain(`warning: \`permit/${name}\` has `);
    expect(err).toContain(`    effects/${name}/per_call/argument_with_a_rather_long_name_59\n`);
    expect(err).toContain("`ambit prove` shows it");
    expect((await compileIt()).err).not.toContain("Amazon");
    expect((await compileIt("--target", "avp", "--strict")).code).toBe(1);
    const { notices } = JSON.parse((await compileIt("--target", "avp", "--json")).out);
    expect(notices[0]).toMatchObject({ severity: "warning", policy: `permit/${name}` });
  });

  test("refuses a target that it does not know", async () => {
    const { code, err } = await run(["compile", desk, "-o", join(folder(), "out"), "--target", "azure"]);
    expect(code).toBe(2);
    expect(err).toContain("cedar-json");
  });

  test("`eval --avp` adds what to ask, and null where there is nothing to ask", async () => {
    const envelope = JSON.parse(readFileSync(desk, "utf8"));
    const tools = Object.values<{ tools: unknown[] }>(envelope.effects).flatMap(({ tools }) => tools);
    const lines = [
      { proposal: { tool: "no.such.tool", args: {} } },
      { proposal: { tool: tools.find((tool) => typeof tool === "string"), args: null } },
    ];
    const stdin = lines.map((line) => JSON.stringify(line)).join("\n");
    const { out } = await run(["eval", desk, "--json", "--avp"], { stdin });
    for (const line of out.trim().split("\n")) expect(JSON.parse(line)).toMatchObject({ verdict: "deny", avp: null });
    expect((await run(["eval", desk, "--json"], { stdin })).out).not.toContain('"avp"');
  });
});

test("a request that an effect reaches is asked with its decoded fields, mistyped ones left out", async () => {
  const { isAuthorizedInput } = await import("../../schema/cedar/is-authorized.ts");
  const { encodeCedarRequest } = await import("../../schema/cedar/encode.ts");
  const types = new Map([
    ["e", { attributes: new Map([["fields", { attributes: new Map([["qty", "Long" as const]]) }]]) }],
  ]);
  const ask = (fields: Record<string, unknown>) => isAuthorizedInput(encodeCedarRequest(types, requestFor(fields)));
  expect(ask({ qty: 2 })).toEqual({
    principal: { entityType: "Ambit::Agent", entityId: "agent:s7" },
    action: { actionType: "Ambit::Action", actionId: "e" },
    resource: { entityType: "Ambit::Envelope", entityId: expect.stringMatching(/^sha256:/) },
    context: { cedarJson: '{"fields":{"qty":2}}' },
  });
  expect(ask({ qty: "2" })?.context.cedarJson).toBe('{"fields":{}}');
});

function keysOf(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [...(Array.isArray(value) ? [] : [key]), ...keysOf(member)]);
}
