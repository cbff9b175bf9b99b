/**
 * A hand inside the engines: every WebAssembly instance made in this process is the real one, and its judging function can be
 * tampered with while it runs, with its real memory and its real exports.
 */
export interface RegoCall {
  /** `opa_eval(reserved, entrypoint, data, input, inputLength, heap, format)`; answers the address of its text. */
  readonly run: (...args: readonly number[]) => number;
  readonly args: readonly number[];
  readonly memory: WebAssembly.Memory;
}

export interface CedarCall {
  /** Takes the text of a call, answers the text of a response. */
  readonly run: (call: unknown) => unknown;
  readonly call: string;
  readonly memory: WebAssembly.Memory;
  readonly exports: WebAssembly.Exports;
}

export interface Hand<Call> {
  /** Instances made so far. */
  made: number;
  /** Stands in for the judging function while it is set; may answer `honestly`. */
  tamper: ((call: Call) => unknown) | undefined;
  /** Hears every text that was answered honestly. */
  watch: ((text: unknown) => void) | undefined;
  /** Called before an instance is made: what it throws, V8 could throw. */
  refuse: (() => void) | undefined;
}

/** Leaves the answer to the instance. */
export const honestly = Symbol("honestly");

const atRest = { made: 0, tamper: undefined, watch: undefined, refuse: undefined };
export const hands: { readonly cedar: Hand<CedarCall>; readonly rego: Hand<RegoCall> } = {
  cedar: { ...atRest },
  rego: { ...atRest },
};

const RealInstance = WebAssembly.Instance;

/** From here on; modules other than the two are left alone. */
export function reachIntoInstances(): void {
  Reflect.set(
    WebAssembly,
    "Instance",
    class {
      readonly exports: WebAssembly.Exports;
      constructor(module: WebAssembly.Module, imports: WebAssembly.Imports) {
        const start = () => new RealInstance(module, imports).exports;
        const memory = imports.env?.memory;
        this.exports = memory instanceof WebAssembly.Memory ? heldRego(start, memory) : heldCedar(start);
      }
    },
  );
}

function heldRego(start: () => WebAssembly.Exports, memory: WebAssembly.Memory): WebAssembly.Exports {
  const exports = begun(hands.rego, start);
  const run = called(exports, "opa_eval");
  const opa_eval = (...args: readonly number[]) =>
    judged(
      hands.rego,
      { run, args, memory },
      () => run(...args),
      (address) => textAt(memory, Number(address)),
    );
  return { ...exports, opa_eval };
}

function heldCedar(start: () => WebAssembly.Exports): WebAssembly.Exports {
  const exports = begun(hands.cedar, start);
  const { memory } = exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new Error("the Cedar module exports no memory");
  const run = called(exports, "statefulIsAuthorized");
  const statefulIsAuthorized = (call: string) =>
    judged(
      hands.cedar,
      { run, call, memory, exports },
      () => run(call),
      (text) => text,
    );
  return { ...exports, statefulIsAuthorized };
}

/** The text up to its NUL. */
export function textAt(memory: WebAssembly.Memory, address: number): string {
  const bytes = new Uint8Array(memory.buffer);
  return new TextDecoder().decode(bytes.subarray(address, bytes.indexOf(0, address)));
}

function begun<Call>(hand: Hand<Call>, start: () => WebAssembly.Exports): WebAssembly.Exports {
  hand.refuse?.();
  const exports = start();
  hand.made += 1;
  return exports;
}

function judged<Call>(
  { tamper, watch }: Hand<Call>,
  call: Call,
  honest: () => unknown,
  textOf: (answer: unknown) => unknown,
): unknown {
  const tampered = tamper === undefined ? honestly : tamper(call);
  if (tampered !== honestly) return tampered;
  const answer = honest();
  watch?.(textOf(answer));
  return answer;
}

export function called(exports: WebAssembly.Exports, name: string) {
  const exported = exports[name];
  if (typeof exported !== "function") throw new Error(`there is no export ${name}`);
  return (...args: readonly unknown[]) => Reflect.apply(exported, undefined, args);
}
