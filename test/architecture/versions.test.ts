import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { versions } from "../../schema/versions.ts";

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"));

test("the versions written into every manifest are those in use", () => {
  const { version, dependencies } = read("package.json");
  expect(versions.ambit).toBe(version);
  expect(versions.cedar).toBe(dependencies["@cedar-policy/cedar-wasm"]);
  expect(versions.opa).toBe(read("policies/policy.lock.json").opa);
});
