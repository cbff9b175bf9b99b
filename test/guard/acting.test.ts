/** The typed executor: what it executes, and that an allow is only what was given. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { compile } from "../../compiler/compile.ts";
import { actingOn } from "../../runtime/guard/acting.ts";
import { guard } from "../../runtime/guard/guard.ts";
import { audience, caller, document, issuer, keys, openGateway } from "../session/gateway.ts";
import { typeErrors } from "../types/tsc.ts";

interface Acting {
  readonly propose: (call: object) => Promise<{ readonly verdict: string; readonly token: string | null }>;
  readonly executor: Readonly<Record<string, { readonly execute?: (allow: object) => Promise<unknown> }>>;
}

async function open() {
  const { session, time } = await openGateway();
  const paid: unknown[] = [];
  const tools = {
    "bank.pay": (args: unknown) => {
      paid.push(args);
      return { result: { id: "p-1" } };
    },
  };
  const clock = () => time.now;
  const acting = actingOn<Acting>(session, guard({ session, keys, issuer, audience, clock, tools }), caller);
  const { execute } = acting.executor.pay!;
  return { acting, paid, execute: execute! };
}

const call = { tool: "bank.pay", args: { payee: "alice", amount: "5.00" } };

test("an allow executes its own proposal, once", async () => {
  const { acting, execute, paid } = await open();
  const allow = await acting.propose(call);
  expect(await execute(allow)).toMatchObject({ outcome: "executed", result: { id: "p-1" } });
  expect(await execute(allow)).toMatchObject({ outcome: "denied", denial: { code: "RESERVATION_MISSING" } });
  expect(paid).toEqual([{ payee: "alice", amount: "5.00", memo: "none" }]);
});

test("a copy of an allow, a hold, a deny and nothing at all execute nothing", async () => {
  const { acting, execute, paid } = await open();
  const allow = await acting.propose(call);
  const deny = await acting.propose({ ...call, args: { ...call.args, amount: "9.00" } });
  const none: unknown = undefined;
  for (const each of [{ ...allow }, deny, {}, none as object])
    expect(await execute(each)).toMatchObject({ outcome: "denied", denial: { code: "TOKEN_MALFORMED" } });
  expect(() => Object.assign(allow, { token: "other" })).toThrow(TypeError);
  expect(paid).toEqual([]);
});

test("a call that has no JSON is denied", async () => {
  const { acting } = await open();
  expect(await acting.propose({ tool: 1n })).toMatchObject({ verdict: "deny" });
});

test("it has the type `Acting` of the envelope's types.ts, and no effect that is not granted", async () => {
  const envelope = document({ forbidden: [{ effect: "withdraw", reason: "never" }] });
  const { artefacts } = compile(new TextEncoder().encode(JSON.stringify(envelope)));
  const types = new TextDecoder().decode(artefacts?.get("types.ts"));
  const entry = join(import.meta.dirname, "../../runtime/session/index.ts");
  const program = (statements: string) => `
import { actingOn, type Guard, type Session } from "${entry}";
import type { Acting } from "./types.ts";
export async function run(session: Session, guard: Guard): Promise<unknown> {
  const { propose, executor } = actingOn<Acting>(session, guard, { principal: "agent:s7" });
  const verdict = await propose({ tool: "bank.pay", args: { payee: "alice", amount: "5.00" } });
  ${statements}
}
`;
  const files = {
    "types.ts": types,
    "right.ts": program(`if (verdict.verdict !== "allow" || verdict.effect !== "pay") return verdict.code;
  const ended = await executor.pay.execute(verdict);
  return ended.outcome === "executed" ? ended.result.id : ended.outcome;`),
    "wrong1.ts": program("return executor.pay.execute(verdict);"),
    "wrong2.ts": program(
      `if (verdict.verdict === "allow" && verdict.effect === "pay") return executor.withdraw.execute(verdict); return 0;`,
    ),
  };
  const errors = typeErrors(files, {}).filter(({ file }) => Object.hasOwn(files, file));
  expect(errors.map(({ file, code }) => [file, code])).toEqual([
    ["wrong1.ts", "TS2345"],
    ["wrong2.ts", "TS2722"],
  ]);
});
