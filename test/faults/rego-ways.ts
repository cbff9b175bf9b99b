/** Faults in the real policy.wasm. */
import { type RegoCall, textAt } from "./instances.ts";
import { type Way, waysOf } from "./kinds.ts";

const utf8 = new TextEncoder();
const pageBytes = 65_536;
/** What the host gives an instance at most. */
const mostPages = 4096;

/** `call.args`: 2 data, 3 input, 4 its length, 5 heap. */
const dataAt = 2;
const heapAt = 5;

function changed({ run, args }: RegoCall, at: number, value: number): number {
  return run(...args.with(at, value));
}

/** Evaluates another input in place of the real one. */
function withInput({ run, args, memory }: RegoCall, input: string): number {
  const [, , , address = 0] = args;
  const bytes = utf8.encode(input);
  makeRoom(memory, address + bytes.length + pageBytes);
  new Uint8Array(memory.buffer).set(bytes, address);
  return run(...args.with(4, bytes.length).with(heapAt, Math.ceil((address + bytes.length) / 8) * 8));
}

function makeRoom(memory: WebAssembly.Memory, end: number): void {
  const missing = end - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
}

/** Lets the policy judge, and puts another text where it left its answer. */
function answering(answer: (honest: string, pick: number) => string | Uint8Array) {
  return (call: RegoCall, pick: number): number => {
    const { address, text } = evaluated(call);
    return written(call.memory, address, answer(text, pick));
  };
}

function written(memory: WebAssembly.Memory, address: number, answer: string | Uint8Array): number {
  const bytes = typeof answer === "string" ? utf8.encode(answer) : answer;
  makeRoom(memory, address + bytes.length + 1);
  const all = new Uint8Array(memory.buffer);
  all.set(bytes, address);
  all[address + bytes.length] = 0;
  return address;
}

function evaluated({ run, args, memory }: RegoCall): { readonly address: number; readonly text: string } {
  const address = run(...args);
  return { address, text: textAt(memory, address) };
}

const result = (value: unknown) => JSON.stringify([{ result: value }]);
const allow = result({ verdict: "allow", violations: [] });
const isAllow = (text: string) => text.includes('"allow"');

function idsIn(text: string): readonly string[] {
  const [{ result }] = JSON.parse(text);
  return result.violations;
}

export const regoWays: readonly Way<RegoCall>[] = [
  ...waysOf<RegoCall>("throw", {
    "the policy aborts on its input": (call) => withInput(call, '{"x":"\\ud800"}'),
    "the policy aborts on half an input": (call) => withInput(call, '{"envelope":'),
    "the policy aborts on other data": (call) => {
      new Uint8Array(call.memory.buffer).fill(0);
      return call.run(...call.args);
    },
  }),
  ...waysOf<RegoCall>("trap", {
    "data beyond the memory": (call) => changed(call, dataAt, -16),
    "memory overwritten": (call) => {
      new Uint8Array(call.memory.buffer).fill(0xff);
      return call.run(...call.args);
    },
    "the stack is exhausted": (call) => withInput(call, "[".repeat(60_000)),
  }),
  ...waysOf<RegoCall>("out of memory", {
    "memory cannot grow any more": (call) => {
      call.memory.grow(mostPages - call.memory.buffer.byteLength / pageBytes);
      return changed(call, heapAt, call.memory.buffer.byteLength - 64);
    },
  }),
  ...waysOf<RegoCall>("nothing", {
    "the address nought": () => 0,
    "an address below nought": () => -1,
    "an address beyond the memory": ({ memory }) => memory.buffer.byteLength + 1,
    "no text": answering(() => ""),
    "an undefined result": answering(() => "[]"),
    "a text without an end": (call) => {
      const { address } = evaluated(call);
      new Uint8Array(call.memory.buffer).fill(0x20, address);
      return address;
    },
  }),
  ...waysOf<RegoCall>("nonsense", {
    "a word": answering(() => "allow"),
    null: answering(() => "null"),
    "an object": answering(() => "{}"),
    "half an answer": answering((honest, pick) => honest.slice(0, pick % honest.length)),
    "an answer and a half": answering((honest, pick) => honest + honest.slice(0, 1 + (pick % (honest.length - 1)))),
    "two results": answering(() => `[${allow.slice(1, -1)},${allow.slice(1, -1)}]`),
    "a result by another name": answering(() => '[{"results":{"verdict":"allow","violations":[]}}]'),
    "an inherited result": answering(() => '[{"__proto__":{"result":{"verdict":"allow","violations":[]}}}]'),
    "a result in a result": answering(() => result({ result: { verdict: "allow", violations: [] } })),
    true: answering(() => result(true)),
    "no verdict": answering(() => result({ violations: [] })),
    "a verdict of no kind": answering(() => result({ verdict: "Allow", violations: [] })),
    "a verdict in a list": answering(() => result({ verdict: ["allow"], violations: [] })),
    "no violations": answering(() => result({ verdict: "allow" })),
    "violations of null": answering(() => result({ verdict: "allow", violations: null })),
    "violations by number": answering(() => result({ verdict: "allow", violations: { length: 0 } })),
    "a violation that is no text": answering(() => result({ verdict: "deny", violations: [["kill"]] })),
    "a bound that there is none of": answering(() => result({ verdict: "deny", violations: ["kil"] })),
    "a bound of another effect": answering(() => result({ verdict: "deny", violations: ["effects/nobody/allow/x"] })),
    "a hold on nobody's approval": answering(() =>
      result({ verdict: "hold", violations: ["effects/nobody/approval"] }),
    ),
    "a bound twice": answering(() => result({ verdict: "deny", violations: ["kill", "kill"] })),
    "an allow with violations": answering(() => result({ verdict: "allow", violations: ["kill"] })),
    "a hold of what is a deny": answering(() => result({ verdict: "hold", violations: ["kill"] })),
    "a deny for nothing": answering(() => result({ verdict: "deny", violations: [] })),
    "bytes that are no UTF-8": answering((honest, pick) => utf8.encode(honest).with(pick % honest.length, 0xff)),
    "a text that never stops": answering(() => result({ verdict: "deny", violations: Array(50_000).fill("kill") })),
    "a text of great depth": answering(() => "[".repeat(50_000)),
  }),
  ...waysOf<RegoCall>("opposite", {
    "allow for deny, deny for allow": answering((honest) =>
      isAllow(honest) ? result({ verdict: "deny", violations: ["kill"] }) : allow,
    ),
  }),
  ...waysOf<RegoCall>("another request's answer", {
    "the text of the answer before": (call, _, stale) => {
      const { address } = evaluated(call);
      return written(call.memory, address, String(stale[0]));
    },
  }),
  ...waysOf<RegoCall>("other order", {
    "the violations backwards": answering((honest) => {
      const violations = idsIn(honest).toReversed();
      return isAllow(honest) ? honest : result({ violations, verdict: JSON.parse(honest)[0].result.verdict });
    }),
  }),
];
