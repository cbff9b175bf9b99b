import { expect, test } from "vitest";
import { openBank, payment } from "./bank.ts";

test("T1: an agent reaches no tool, account or argument that its task does not list", async () => {
  const { attempt, done } = await openBank();
  expect(await attempt({ tool: "vault.read", args: {} })).toBe("deny CAPABILITY_NOT_GRANTED");
  expect(await attempt({ tool: "bank.pay ", args: { payee: "alice", amount: "1.00" } })).toContain("deny");
  for (const payee of ["mallory", "Alice", "alice ", "\u0430lice"])
    expect(await attempt(payment(payee, "1.00")), payee).toContain("deny");
  const more = { ...payment("alice", "1.00").args, account: "savings" };
  expect(await attempt({ tool: "bank.pay", args: more })).toBe("deny DECODE_FAILED");
  expect(done).toEqual([]);
});
