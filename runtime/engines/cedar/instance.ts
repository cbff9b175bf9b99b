/**
 * One instance of the Cedar module, of our own: text in, text out. The package's glue turns every argument into JSON text
 * and every result back; here both functions hand the text through, and an instance can be thrown away after a trap.
 */
import { EngineFault } from "../engine.ts";
import { importModule, importNames } from "./module.ts";

export interface CedarInstance {
  /** Puts a policy set under an id; `policies` is the JSON text of a PolicySet. Answers JSON text. */
  readonly preparsePolicySet: (id: string, policies: string) => unknown;
  /** `call` is the JSON text of a StatefulAuthorizationCall. Answers JSON text. */
  readonly statefulIsAuthorized: (call: string) => unknown;
  /** Answers the JSON form of a schema in Cedar's own form, with its types resolved, as JSON text. */
  readonly schemaToJson: (schema: string) => unknown;
  readonly memoryBytes: () => number;
}

export function instantiateCedar(module: WebAssembly.Module): CedarInstance {
  const exports: WebAssembly.Exports = new WebAssembly.Instance(module, {
    [importModule]: {
      [importNames.parse]: (pointer: number, length: number) => text.read(pointer, length),
      [importNames.stringify]: (argument: unknown) => argument,
      [importNames.throw]: (pointer: number, length: number) => {
        throw new EngineFault(`Cedar threw: ${text.read(pointer, length)}`);
      },
      [importNames.stringGet]: (result: number, argument: unknown) => text.handOver(result, argument),
      [importNames.isUndefined]: (argument: unknown) => argument === undefined,
      [importNames.initExternrefTable]: () => initExternrefs(exports),
    },
  }).exports;
  const memory = exports.memory;
  if (!(memory instanceof WebAssembly.Memory)) throw new EngineFault("the Cedar module exports no memory");
  const text = textIn(memory, functionOf(exports, "__wbindgen_malloc"));
  const preparsePolicySet = functionOf(exports, "preparsePolicySet");
  const statefulIsAuthorized = functionOf(exports, "statefulIsAuthorized");
  const schemaToJson = functionOf(exports, "schemaToJsonWithResolvedTypes");
  functionOf(exports, "__wbindgen_start")();
  return {
    preparsePolicySet: (id, policies) => preparsePolicySet(...text.write(id), policies),
    statefulIsAuthorized: (call) => statefulIsAuthorized(call),
    schemaToJson: (schema) => schemaToJson(...text.write(schema)),
    memoryBytes: () => memory.buffer.byteLength,
  };
}

type WasmFunction = (...parameters: unknown[]) => unknown;

function functionOf(exports: WebAssembly.Exports, name: string): WasmFunction {
  const exported = exports[name];
  if (typeof exported !== "function") throw new EngineFault(`the Cedar module exports no function \`${name}\``);
  return (...parameters) => Reflect.apply(exported, undefined, parameters);
}

/** The values that the module expects at the start of its table of references. */
function initExternrefs(exports: WebAssembly.Exports): void {
  const table = exports.__wbindgen_externrefs;
  if (!(table instanceof WebAssembly.Table)) throw new EngineFault("the Cedar module exports no table of references");
  const offset = table.grow(4);
  table.set(0, undefined);
  for (const [index, value] of [undefined, null, true, false].entries()) table.set(offset + index, value);
}

/** Text in the memory of the module, as UTF-8; what is written belongs to the module. */
function textIn(memory: WebAssembly.Memory, allocate: WasmFunction) {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });
  let scratch = new Uint8Array(16_384);

  const write = (value: string): readonly [pointer: number, length: number] => {
    if (scratch.length < value.length * 3) scratch = new Uint8Array(value.length * 3);
    const { written } = encoder.encodeInto(value, scratch);
    const pointer = Number(allocate(written, 1)) >>> 0;
    new Uint8Array(memory.buffer, pointer, written).set(scratch.subarray(0, written));
    return [pointer, written];
  };
  const read = (pointer: number, length: number): string =>
    decoder.decode(new Uint8Array(memory.buffer, pointer >>> 0, length >>> 0));
  /** Leaves pointer and length of an argument at `result`; nulls for one that is no string. */
  const handOver = (result: number, argument: unknown): void => {
    const [pointer, length] = typeof argument === "string" ? write(argument) : [0, 0];
    const view = new DataView(memory.buffer);
    view.setInt32(result, pointer, true);
    view.setInt32(result + 4, length, true);
  };
  return { write, read, handOver };
}
