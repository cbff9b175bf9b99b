/** What could never count is not signed: whoever signs it would believe that he has decided. */
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { sha256 } from "../../schema/json/canonical.ts";
import { run } from "../cli/run.ts";
import { orderPayload } from "./orders.ts";
import { payload } from "./people.ts";

const home = mkdtempSync(join(tmpdir(), "ambit-never-"));
const key = join(home, "ann.key");
const bound = {
  transition: undefined,
  bound: "effects/pay/approval",
  proposalHash: sha256("a proposal"),
  session: "s1",
};
const { iat } = payload();

beforeAll(async () => {
  expect(await run(["keygen", "-o", key, "--kid", "ann"])).toMatchObject({ code: 0 });
});

async function sign(kind: "approval" | "order", document: unknown) {
  const folder = mkdtempSync(join(home, "sign-"));
  const file = join(folder, "document.json");
  writeFileSync(file, JSON.stringify(document));
  const output = join(folder, "signed.json");
  return { ...(await run(["sign", file, "--as", kind, "--key", key, "-o", output])), isWritten: existsSync(output) };
}

describe("no signature for an approval", () => {
  test.each([
    { given: "of nothing", change: { transition: undefined }, said: /a bound of one proposal .* or of a `transition`/ },
    {
      given: "of a bound and a transition",
      change: { ...bound, transition: "activate" },
      said: /or of a `transition`/,
    },
    { given: "of a bound of any proposal", change: { ...bound, proposalHash: undefined }, said: /`proposalHash`/ },
    { given: "of a transition of one proposal", change: { proposalHash: bound.proposalHash }, said: /`transition`/ },
    { given: "of a bound in any session", change: { ...bound, session: undefined }, said: /names no `session`/ },
    { given: "that ends when it begins", change: { exp: iat }, said: /`exp` must be later than `iat`/ },
  ])("$given", async ({ change, said }) => {
    const got = await sign("approval", payload(change));
    expect(got).toMatchObject({ code: 2, err: expect.stringMatching(said), isWritten: false });
  });
});

test("no signature for an order that ends before it begins", async () => {
  const got = await sign("order", orderPayload({ exp: iat - 1 }));
  expect(got).toMatchObject({
    code: 2,
    err: expect.stringMatching(/`exp` must be later than `iat`/),
    isWritten: false,
  });
});

test.each([
  { kind: "approval" as const, given: "a transition", document: payload() },
  { kind: "approval" as const, given: "a bound of one proposal in one session", document: payload(bound) },
  { kind: "order" as const, given: "one session", document: orderPayload() },
])("an $kind of $given is signed", async ({ kind, document }) => {
  expect(await sign(kind, document)).toMatchObject({ code: 0, isWritten: true });
});
