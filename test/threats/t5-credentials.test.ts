import { mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { jwkOf } from "../authority/key-pairs.ts";
import { run } from "../cli/run.ts";
import { caller, recordsOf } from "../session/gateway.ts";
import { openBank, payment } from "./bank.ts";

test("T5: a private key is made so that no other user can read it, and is printed nowhere", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "ambit-threat-")), "gateway.key");
  const { out, err } = await run(["keygen", "-o", file]);
  const { d } = JSON.parse(readFileSync(file, "utf8"));
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(out + err).not.toContain(d);
});

test("T5: nothing that an agent gets to see holds a private key: verdicts, tokens, remainders, refusals, records", async () => {
  const { gateway, guard, attempt } = await openBank();
  const { session, store } = gateway;
  const text = JSON.stringify(payment("alice", "1.00"));
  const seen: unknown[] = [
    await session.propose(text, caller),
    await session.remaining(),
    await guard.redeem("x", text),
  ];
  seen.push(await attempt({ tool: "vault.read", args: { path: "/gateway.key" } }), await recordsOf(store, session.id));
  const secrets = ["gateway-1", "executor-1"].map((kid) => String(jwkOf(kid).d));
  for (const secret of secrets) expect(JSON.stringify(seen)).not.toContain(secret);
});
