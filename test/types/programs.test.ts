import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { desk } from "./desk.ts";
import { typesOf } from "./rendered.ts";
import { typeErrors } from "./tsc.ts";

const order = `{ symbol: "MNQ", lots: 1, terms: { price: "9.50" }, day: "2024-02-15", dry: true }`;
const pay = `payments: [{ amount: "1.00", lots: 3, to: "a" }], tags: ["x"], cc: ["me@example.com"], body: { text: null }`;

/** Statements in a function that has a verdict, the executor and an allow of each of two effects. Each has the one error named, at `⛔`. */
const ended = "const ended = await executor.place_order.execute(placed);";

const wrong: readonly (readonly [name: string, code: string, statements: string])[] = [
  ["execute without a verdict", "TS2554", `executor.place_order.execute(); ⛔`],
  ["execute with an object of one's own", "TS2740", `executor.stop.execute({ verdict: "allow", effect: "stop" }); ⛔`],
  [
    "execute with everything of an allow but that it was judged",
    "TS2741",
    `const { ...copy }: Omit<Allow<"stop">, never> = stop; const { verdict: v, code, primary, violations, effect, fields, envelopeDigest, policyDigest, token } = copy;
     executor.stop.execute({ verdict: v, code, primary, violations, effect, fields, envelopeDigest, policyDigest, token }); ⛔`,
  ],
  ["execute with a verdict that nobody looked at", "TS2345", `executor.place_order.execute(verdict); ⛔`],
  [
    "execute with an allow of any effect",
    "TS2345",
    `if (verdict.verdict === "allow") executor.place_order.execute(verdict); ⛔`,
  ],
  ["execute with a hold", "TS2739", `if (verdict.verdict === "hold") executor.place_order.execute(verdict); ⛔`],
  ["execute with a deny", "TS2739", `if (verdict.verdict === "deny") executor.place_order.execute(verdict); ⛔`],
  [
    "execute with what is no allow, of the right effect",
    "TS2345",
    `if (verdict.verdict !== "allow" && verdict.effect === "place_order") executor.place_order.execute(verdict); ⛔`,
  ],
  ["execute with an allow of another effect", "TS2345", `executor.place_order.execute(stop); ⛔`],
  ["execute with an allow under another envelope", "TS2741", `executor.stop.execute(elsewhere); ⛔`],
  ["execute a forbidden effect", "TS2722", `executor.withdraw_funds.execute(stop); ⛔`],
  ["execute a forbidden effect, if there is a way", "TS2349", `executor.withdraw_funds.execute?.(stop); ⛔`],
  ["execute an effect that a tag forbids", "TS2722", `executor.shut.execute(stop); ⛔`],
  ["execute an effect whose only tool is forbidden", "TS2722", `executor.keyed.execute(stop); ⛔`],
  ["execute an effect without its flag", "TS2722", `executor.flagged.execute(stop); ⛔`],
  ["execute an effect that is not in the envelope", "TS2339", `executor.launch.execute(stop); ⛔`],
  ["an allow of an effect that is not in the envelope", "TS2344", `type Launch = Allow<"launch">; ⛔`],
  ["an allow of a forbidden effect", "TS2344", `type Shut = Allow<"shut">; ⛔`],
  [
    "narrow to an effect that is not in the envelope",
    "TS2367",
    `if (verdict.verdict === "allow" && verdict.effect === "launch") {} ⛔`,
  ],
  [
    "an executor without a granted effect",
    "TS2739",
    `const mine: Executor = { withdraw_funds: {}, shut: {}, keyed: {}, flagged: {} }; ⛔`,
  ],
  [
    "an executor that executes what is forbidden",
    "TS2322",
    `const mine: Executor["withdraw_funds"] = { execute: async () => undefined }; ⛔`,
  ],
  [
    "an executor that asks for no allow of its effect",
    "TS2322",
    `const mine: Executor["place_order"] = { execute: async (allow: Allow<"stop">) => ({ outcome: "executed", result: { order: { id: "" }, filled: 1 } }) }; ⛔`,
  ],
  [
    "an executor that returns no results",
    "TS2322",
    `const mine: Executor["place_order"] = { execute: async () => ({ outcome: "executed", result: {} }) }; ⛔`,
  ],
  [
    "a result of another type",
    "TS2322",
    `${ended} if (ended.outcome === "executed") { const id: number = ended.result.order.id; } ⛔`,
  ],
  ["a result used before it is there", "TS2339", `executor.place_order.execute(placed).order; ⛔`],
  [
    "a result that is not declared, as it comes",
    "TS2571",
    `${ended} if (ended.outcome === "executed") ended.result["price"].toFixed(); ⛔`,
  ],
  ["a result of what may not have happened", "TS2339", `${ended} ended.result.order; ⛔`],
  ["a field that is not judged", "TS2339", `placed.fields.comment; ⛔`],
  ["a judged field as what it is not", "TS2322", `const price: string = placed.fields.price; ⛔`],
  ["a judged field compared with what is not allowed", "TS2367", `if (placed.fields.symbol === "NQ") {} ⛔`],
  ["a judged field changed", "TS2540", `placed.fields.lots = 2; ⛔`],
  ["an effect changed", "TS2540", `stop.effect = "stop"; ⛔`],
  ["the fields of a deny", "TS2339", `if (verdict.verdict === "deny") verdict.fields; ⛔`],
  ["a call of another tool", "TS2322", `propose({ tool: "broker.transfer", args: ${order} }); ⛔`],
  ["a call of a forbidden tool", "TS2322", `propose({ tool: "broker.change_api_keys", args: {} }); ⛔`],
  ["a call without arguments", "TS2741", `const call: Proposal<"stop"> = { tool: "desk.stop" }; ⛔`],
  [
    "an argument missing",
    "TS2741",
    `const args: Args<"place_order"> = { symbol: "MNQ", lots: 1, day: "2024-02-15", dry: true }; ⛔`,
  ],
  ["an argument missing below another", "TS2741", `const args: Args<"place_order"> = { ...order, terms: {} }; ⛔`],
  [
    "an argument of another type",
    "TS2322",
    `const args: Args<"place_order"> = { ...order, terms: { price: true } }; ⛔`,
  ],
  ["a text that is not on the list", "TS2322", `const args: Args<"place_order"> = { ...order, symbol: "NQ" }; ⛔`],
  ["a number that is not on the list", "TS2322", `const args: Args<"place_order"> = { ...order, lots: 3 }; ⛔`],
  [
    "a number as text that is not on the list",
    "TS2322",
    `const args: Args<"place_order"> = { ...order, lots: "3" }; ⛔`,
  ],
  ["a date that is not on the list", "TS2322", `const args: Args<"place_order"> = { ...order, day: "2024-02-16" }; ⛔`],
  ["a flag that is not allowed", "TS2322", `const args: Args<"place_order"> = { ...order, dry: false }; ⛔`],
  ["null for what is not optional", "TS2322", `const args: Args<"place_order"> = { ...order, symbol: null }; ⛔`],
  ["an argument that must be absent", "TS2322", `const args: Args<"place_order"> = { ...order, routing: "fast" }; ⛔`],
  ["an argument that is not declared", "TS2353", `const args: Args<"place_order"> = { ...order, leverage: 3 }; ⛔`],
  ["an argument where there are none", "TS2322", `const args: Args<"stop"> = { now: true }; ⛔`],
  [
    "an element without its member",
    "TS2741",
    `const args: Args<"pay"> = { ...paid, payments: [{ lots: 1, to: "a" }] }; ⛔`,
  ],
  [
    "an element that is not on the list",
    "TS2322",
    `const args: Args<"pay"> = { ...paid, payments: [{ amount: 1, lots: 1, to: "b" }] }; ⛔`,
  ],
  ["one where there are many", "TS2322", `const args: Args<"pay"> = { ...paid, tags: "x" }; ⛔`],
  ["a digest of null", "TS2322", `const args: Args<"pay"> = { ...paid, body: null }; ⛔`],
  [
    "another action of a tool",
    "TS2322",
    `const call: Proposal<"fetch"> = { tool: "http.request", args: { method: "POST", url: "", note: "" } }; ⛔`,
  ],
  [
    "a body where there must be none",
    "TS2322",
    `const call: Proposal<"fetch"> = { tool: "http.request", args: { method: "GET", url: "", note: "", body: "x" } }; ⛔`,
  ],
  [
    "the action of one tool on another",
    "TS2322",
    `const call: Proposal<"fetch"> = { tool: "http.get", args: { method: "GET", url: "", note: "" } }; ⛔`,
  ],
];

const right: readonly (readonly [name: string, statements: string])[] = [
  [
    "execute what a verdict allows",
    `if (verdict.verdict === "allow" && verdict.effect === "place_order") {
       const ended = await executor.place_order.execute(verdict);
       if (ended.outcome !== "executed") return ended.outcome === "denied" ? ended.denial.code : ended.outcome;
       const { order, filled } = ended.result;
       const id: string = order.id;
       const both: string = id + filled;
       return both;
     }`,
  ],
  [
    "every verdict by its name",
    `switch (verdict.verdict) {
       case "allow": return verdict.effect === "stop" ? executor.stop.execute(verdict) : verdict.fields;
       case "hold": return verdict.violations.map(({ id }) => id);
       case "deny": return verdict.effect ?? verdict.code;
     }`,
  ],
  ["an effect with a word of the language as name", `executor.delete.execute(deleted);`],
  ["what is forbidden has no way", `const none: undefined = executor.withdraw_funds.execute;`],
  ["a call", `propose({ tool: "broker.order", args: ${order}, id: "1", reasoning: "because" });`],
  ["a price as a number", `propose({ tool: "broker.order", args: { ...order, terms: { price: 9.5 } } });`],
  ["an integer as text", `propose({ tool: "broker.order", args: { ...order, lots: "-3" } });`],
  [
    "optional, ignored and absent arguments",
    `propose({ tool: "broker.order", args: { ...order, fee: null, comment: [{}], routing: [] } });`,
  ],
  ["a batch", `propose({ tool: "bank.pay", args: { ${pay} } }); const args: Args<"pay"> = { ...paid, payments: [] };`],
  [
    "ignored members of elements",
    `const args: Args<"pay"> = { ...paid, payments: [{ amount: 1, lots: 1, to: "a", memo: 5 }] };`,
  ],
  [
    "each action of a tool",
    `propose({ tool: "http.request", args: { method: "HEAD", url: "", note: "", body: {} } }); propose({ tool: "http.get", args: { version: 2, url: "", note: "" } });`,
  ],
  [
    "what a set and a range decode to",
    `const { count, items } = pay.fields.payees; const a: "a" | undefined = items[0]; return [count, a, pay.fields.each.max, pay.fields.cc.under[0]?.[0]];`,
  ],
  [
    "the parts of a url",
    `const port: 443 = fetched.fields["site.port"]; const host: "a.example" = fetched.fields["site.host"].value; return [port, host];`,
  ],
  ["the digest", `const digest: EnvelopeDigest = stop.envelopeDigest; return digest;`],
  [
    "an executor of one's own",
    `const mine: Executor["place_order"] = { execute: async () => ({ outcome: "executed", result: { order: { id: "1" }, filled: 1, more: true } }) }; return mine;`,
  ],
  [
    "results as they are produced",
    `const results: Results["place_order"] = { order: "1", filled: 2 }; return results;`,
  ],
];

function program(statements: string): string {
  const marked = statements.replace("⛔", "// ⛔");
  return `import type { Allow, EnvelopeDigest, Executor, Proposal, Results, Verdict } from "./types.ts";
import type { Allow as OtherAllow } from "./elsewhere.ts";
type Args<E extends "place_order" | "pay" | "fetch" | "stop"> = Proposal<E>["args"];
export type Used = EnvelopeDigest | Results;
declare function propose(proposal: Proposal): Promise<Verdict>;
declare const order: Args<"place_order">;
declare const paid: Args<"pay">;
export type Unused = [typeof propose, typeof order, typeof paid];
export async function act(
  verdict: Verdict, executor: Executor, elsewhere: OtherAllow<"stop">,
  placed: Allow<"place_order">, pay: Allow<"pay">, fetched: Allow<"fetch">, stop: Allow<"stop">, deleted: Allow<"delete">
): Promise<unknown> {
${marked}
return undefined;
}
`;
}

const settings = { exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, allowUnreachableCode: true };
const types = { "types.ts": typesOf(desk), "elsewhere.ts": typesOf({ ...desk, id: "env_other" }) };
const programs = Object.fromEntries(
  [
    ...wrong.map(([, , text], i) => [`wrong${i}.ts`, text] as const),
    ...right.map(([, text], i) => [`right${i}.ts`, text] as const),
  ].map(([file, text]) => [file, program(text)]),
);
/** What the runtime answers has every member of these types that it shares with them, of that very kind. */
const fits = `import type { Verdict as Judged } from "${join(import.meta.dirname, "../../schema/verdict.ts")}";
import type { Allow, Deny, Effect, Hold } from "./types.ts";
type Shared<T> = Pick<Judged, Exclude<keyof T, "token" | Own<T>> & keyof Judged>;
type Own<T> = Exclude<keyof T, string>;
export const allow = (given: Allow<Effect>): Shared<Allow<Effect>> => given;
export const hold = (given: Hold): Shared<Hold> & { verdict: "hold" } => given as Hold & { code: "APPROVAL_REQUIRED"; violations: [] };
export const deny = (given: Deny): Shared<Deny> & { verdict: "deny" } => given as Deny & { code: "KILLED"; violations: [] };
`;
const byFile = Map.groupBy(typeErrors({ ...types, ...programs, "fits.ts": fits }, settings), ({ file }) => file);

describe("a program that does not compile", () => {
  test.each(wrong.map(([name, code], i) => ({ name, code, file: `wrong${i}.ts` })))("$name", ({ code, file }) => {
    const errors = byFile.get(file) ?? [];
    const place = programs[file]!.split("\n").findIndex((line) => line.includes("⛔")) + 1;
    expect(errors).toEqual([expect.objectContaining({ line: place, code })]);
  });
});

describe("a program that compiles", () => {
  test.each(right.map(([name], i) => ({ name, file: `right${i}.ts` })))("$name", ({ file }) => {
    expect(byFile.get(file) ?? []).toEqual([]);
  });
});

test("an allow, a hold and a deny are what the runtime calls so", () => {
  expect(byFile.get("fits.ts") ?? []).toEqual([]);
});

test("the types themselves have no error", () => {
  expect([...(byFile.get("types.ts") ?? []), ...(byFile.get("elsewhere.ts") ?? [])]).toEqual([]);
});
