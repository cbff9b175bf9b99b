/** Faults in the real Cedar module. */
import { type CedarCall, called, honestly } from "./instances.ts";
import { isFailure, type Way, waysOf } from "./kinds.ts";

type Answer = Way<CedarCall>["answer"];

/** Lets Cedar judge, and hands over another text than it answered. */
function answering(answer: (honest: string, pick: number, call: string) => unknown): Answer {
  return ({ run, call }, pick) => answer(String(run(call)), pick, call);
}

const success = (
  decision: unknown,
  reason: unknown,
  errors: readonly unknown[] = [],
  warnings: readonly unknown[] = [],
) => JSON.stringify({ type: "success", response: { decision, diagnostics: { reason, errors } }, warnings });

/** The id of the permit that the call could lead to. */
function permitIn(call: string): string {
  return `permit/${JSON.parse(call).action.id}`;
}

function isForReasons(call: string): boolean {
  return JSON.parse(call).preparsedPolicySetId.includes("/forbid/");
}

/** An allow where it would be believed. */
function allowing(call: string): string {
  return isForReasons(call) ? success("allow", []) : success("allow", [permitIn(call)]);
}

const ways: readonly Way<CedarCall>[] = [
  ...waysOf<CedarCall>("throw", {
    "a call that is no JSON": ({ run }) => run('{"principal":"\\ud800"'),
    "a call too deep": ({ run, call }) => run(call.replace('"context":', `"context":${"[".repeat(5000)}`)),
    "a call that is no text": ({ run }) => run(7),
  }),
  ...waysOf<CedarCall>("trap", {
    "memory overwritten": ({ run, call, memory }) => {
      new Uint8Array(memory.buffer).fill(0xff);
      return run(call);
    },
    "memory wiped": ({ run, call, memory }) => {
      new Uint8Array(memory.buffer).fill(0);
      return run(call);
    },
  }),
  ...waysOf<CedarCall>("out of memory", {
    "memory cannot grow any more": (call) => {
      exhaust(call);
      return call.run(call.call);
    },
  }),
  ...waysOf<CedarCall>("nothing", {
    undefined: answering(() => undefined),
    null: answering(() => null),
    "no text": answering(() => ""),
    "a number": answering(() => 0),
  }),
  ...waysOf<CedarCall>("nonsense", {
    "a word": answering(() => "allow"),
    "half an answer": answering((honest, pick) => honest.slice(0, pick % honest.length)),
    "an answer and a half": answering((honest, pick) => honest + honest.slice(0, 1 + (pick % (honest.length - 1)))),
    "an object in place of its text": answering((_, __, call) => JSON.parse(allowing(call))),
    "a failure": answering(() => '{"type":"failure","errors":[],"warnings":[]}'),
    "neither success nor failure": answering((_, __, call) => allowing(call).replace('"success"', '"Success"')),
    "an inherited response": answering((_, __, call) => `{"type":"success","__proto__":${allowing(call)}}`),
    "a decision of another name": answering((_, __, call) => success("Allow", [permitIn(call)])),
    "a decision in a list": answering((_, __, call) => success(["allow"], [permitIn(call)])),
    "an allow with an error": answering((_, __, call) => success("allow", [permitIn(call)], [{}])),
    "an allow with a warning": answering((_, __, call) => success("allow", [permitIn(call)], [], [{}])),
    "an allow by nothing": answering(() => success("allow", [])),
    "an allow by another permit": answering((_, __, call) => success("allow", [`${permitIn(call)}x`])),
    "an allow by two permits": answering((_, __, call) => success("allow", [permitIn(call), permitIn(call)])),
    "an allow by a bound": answering(() => success("allow", ["kill"])),
    "a reason that is no text": answering(() => success("deny", [["kill"]])),
    "reasons by number": answering(() => success("deny", { 0: "kill", length: 1 })),
    "a deny by a permit": answering((_, __, call) => success("deny", [permitIn(call)])),
    "a bound that there is none of": answering(() => success("deny", ["kil"])),
    "a bound of another effect": answering(() => success("deny", ["effects/nobody/approval"])),
    "a bound twice": answering(() => success("deny", ["kill", "kill"])),
    "a text that never stops": answering(() => success("deny", Array(50_000).fill("kill"))),
    "a text of great depth": answering(() => "[".repeat(50_000)),
  }),
  ...waysOf<CedarCall>("opposite", {
    "allow for deny, deny for allow": answering((honest, _, call) => {
      if (isForReasons(call)) return success("deny", ["kill"]);
      return honest.includes('"allow"') ? success("deny", []) : allowing(call);
    }),
  }),
  ...waysOf<CedarCall>("another request's answer", {
    "the text of the answer before": ({ run, call }, _, stale) => {
      run(call);
      return stale[0];
    },
  }),
  ...waysOf<CedarCall>("other order", {
    "the reasons backwards": answering((honest) => {
      const answer = JSON.parse(honest);
      const { decision, diagnostics } = answer.response;
      return success(decision, diagnostics.reason.toReversed());
    }),
  }),
];

const pageBytes = 65_536;
const mostPages = 65_536;

/** Takes all the memory there is, first by pages, then from what the module keeps in reserve. */
function exhaust({ memory, exports }: CedarCall): void {
  memory.grow(mostPages - memory.buffer.byteLength / pageBytes);
  const allocate = called(exports, "__wbindgen_malloc");
  for (const bytes of [1 << 20, 1 << 16, 1 << 12, 1 << 8, 16]) {
    try {
      while (allocate(bytes, 1) !== 0);
    } catch {
      // There is no piece of this size left.
    }
  }
}

/** A call is asked twice where it is not allowed: half of the failures come at the second time only. */
export const cedarWays: readonly Way<CedarCall>[] = ways.map(({ kind, name, answer }) => ({
  kind,
  name,
  answer: (call, pick, stale) =>
    isFailure(kind) && pick % 2 === 1 && !isForReasons(call.call) ? honestly : answer(call, pick, stale),
}));
