/** Templates on the command line: what an envelope forbids is compared with one, and none is taken for an envelope. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { run } from "../cli/run.ts";

const folder = mkdtempSync(join(tmpdir(), "ambit-template-"));
afterAll(() => rmSync(folder, { recursive: true }));

const example = (name: string) => new URL(`../../examples/trading/${name}`, import.meta.url).pathname;
const [envelope, template] = [example("envelope.json"), example("template.json")];
const misspelt = join(folder, "misspelt.json");
writeFileSync(
  misspelt,
  readFileSync(envelope, "utf8").replace('"effect": "withdraw_funds"', '"effect": "withdraw_fund"'),
);

test("a forbidden name that the template's catalogue does not have is an error, and what was meant is said", async () => {
  const { code, out } = await run(["check", misspelt, "--template", template, "--json"]);
  const { diagnostics } = JSON.parse(out);
  const errors = diagnostics.filter(({ severity }: { severity: string }) => severity === "error");
  expect(code).toBe(1);
  expect(errors).toMatchObject([{ code: "ref/not_in_catalogue", pointer: "/forbidden/0/effect", line: 82 }]);
  expect(errors[0].message).toContain("did you mean `withdraw_funds`");
});

test("nothing is compiled of it", async () => {
  const out = join(folder, "out");
  const { code, err } = await run(["compile", misspelt, "--template", template, "-o", out]);
  expect([code, existsSync(out)]).toEqual([1, false]);
  expect(err).toContain("[ref/not_in_catalogue]");
});

test("with the template at hand, no warning is left", async () => {
  expect((await run(["check", "--strict", envelope])).code).toBe(1);
  expect((await run(["check", "--strict", "--template", template, envelope, template])).code).toBe(0);
  const compiled = await run(["compile", "--strict", "--template", template, envelope, "-o", join(folder, "good")]);
  expect(compiled.code).toBe(0);
});

test("a text that is not UTF-8 stays an error", async () => {
  const file = join(folder, "latin1.json");
  writeFileSync(file, readFileSync(envelope, "utf8").replace("a strategy never", "a str\u00e4tegy never"), "latin1");
  expect((await run(["check", file, "--template", template])).code).toBe(1);
});

test.each<readonly [string, readonly string[]]>([
  ["an envelope", ["--template", envelope]],
  ["a file that is not there", ["--template", join(folder, "nope.json")]],
])("%s is no template", async (_, options) => {
  const { code, err } = await run(["check", envelope, ...options]);
  expect(code).toBe(2);
  expect(err.split("\n")).toHaveLength(2);
});

test("a template with errors compares nothing", async () => {
  const broken = join(folder, "broken.json");
  writeFileSync(broken, readFileSync(template, "utf8").replace('"catalogue"', '"catalog"'));
  expect((await run(["check", envelope, "--template", broken])).code).toBe(1);
});

test.each([
  ["eval", template],
  ["explain", template],
  ["prove", template],
  ["diff", envelope, template],
  ["diff", template, envelope],
  ["bundle", template, "-o", join(folder, "bundle.tar.gz")],
  ["compile", template, "-o", join(folder, "never")],
])("%s says in one sentence that it was given a template", async (...args) => {
  const { code, out, err } = await run(args);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toMatch(/^error: `.*template\.json` is a template: .*an envelope was expected here\n$/);
});

test("and so does sign, which needs to be told what it signs", async () => {
  const key = join(folder, "owner.key");
  await run(["keygen", "-o", key, "--kid", "owner"]);
  const { code, err } = await run(["sign", template, "--key", key, "-o", join(folder, "t.jws")]);
  expect(code).toBe(2);
  expect(err).toContain("`ambit sign --as template` signs it");
  expect(existsSync(join(folder, "t.jws"))).toBe(false);
});
