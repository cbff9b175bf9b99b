import { artefactFiles } from "../../../schema/artefacts.ts";
import { own } from "../../own.ts";
import { EngineFault } from "../engine.ts";

const pageBytes = 65_536;
const initialPages = 5;
/** 256 MiB: a request that needs more is a fault. */
const maximumPages = 4_096;
const entrypoint = "ambit/decision";

/** One instance of policy.wasm. After it has thrown anything it must not be used again: an abort leaves its stack behind. */
export interface Instance {
  /** Parses a document that the policy can have as `data` and keeps it for the life of the instance; answers its address. */
  addData(json: string): number;
  /** The text of the policy's answer to one input. */
  evaluate(data: number, input: string): string;
  /** Where the documents end, in bytes from the start of its memory. */
  dataEnd(): number;
  memoryBytes(): number;
}

/** @throws EngineFault for a module that is no policy of ours: another ABI, no such entrypoint, built-ins left to the host */
export function startInstance(module: WebAssembly.Module): Instance {
  const memory = new WebAssembly.Memory({ initial: initialPages, maximum: maximumPages });
  const text = textsIn(memory);
  const { exports } = new WebAssembly.Instance(module, { env: { memory, ...trapsWith(text.read) } });
  const heapPointer = functionIn(exports, "opa_heap_ptr_get");
  const setHeapPointer = functionIn(exports, "opa_heap_ptr_set");
  const allocate = functionIn(exports, "opa_malloc");
  const parse = functionIn(exports, "opa_json_parse");
  const dump = functionIn(exports, "opa_json_dump");
  const evaluate = functionIn(exports, "opa_eval");

  const entry = entrypointOf(exports, (address) => JSON.parse(text.read(dump(address))));
  let dataEnd = align(heapPointer());

  /** Writes behind the documents, where the last evaluation's remains may lie; answers the length in bytes. */
  const write = (json: string): number => {
    const mostBytes = json.length * 3;
    setHeapPointer(dataEnd);
    if (dataEnd + mostBytes > memory.buffer.byteLength) allocate(mostBytes);
    return text.write(json, dataEnd);
  };

  return {
    addData(json) {
      const length = write(json);
      setHeapPointer(align(dataEnd + length));
      const data = parse(dataEnd, length);
      if (data === 0) throw new EngineFault(`\`${artefactFiles.data}\` could not be read by the policy`);
      dataEnd = align(heapPointer());
      return data;
    },
    evaluate(data, input) {
      const length = write(input);
      return text.read(evaluate(0, entry, data, dataEnd, length, align(dataEnd + length), 0));
    },
    dataEnd: () => dataEnd,
    memoryBytes: () => memory.buffer.byteLength,
  };
}

type Imported = (...args: readonly number[]) => number;

function functionIn(exports: WebAssembly.Exports, name: string): Imported {
  const found = own(exports, name);
  if (!isFunction(found)) throw new EngineFault(`\`${artefactFiles.wasm}\` is no Ambit policy: it exports no ${name}`);
  return found;
}

function isFunction(value: unknown): value is Imported {
  return typeof value === "function";
}

/** The number of our entrypoint, once ABI and built-ins are found to be what this host serves. */
function entrypointOf(exports: WebAssembly.Exports, read: (address: number) => unknown): number {
  const [major, minor] = ["opa_wasm_abi_version", "opa_wasm_abi_minor_version"].map((name) => globalIn(exports, name));
  if (major !== 1 || minor !== 3) throw new EngineFault(`\`${artefactFiles.wasm}\` has OPA ABI ${major}.${minor}, not 1.3`);
  const builtins = Object.keys(Object(read(functionIn(exports, "builtins")())));
  if (builtins.length > 0)
    throw new EngineFault(`\`${artefactFiles.wasm}\` leaves built-ins to the host: ${builtins.join(", ")}`);
  const entry = own(Object(read(functionIn(exports, "entrypoints")())), entrypoint);
  if (typeof entry !== "number") throw new EngineFault(`\`${artefactFiles.wasm}\` has no entrypoint ${entrypoint}`);
  return entry;
}

function globalIn(exports: WebAssembly.Exports, name: string): unknown {
  const found = own(exports, name);
  return found instanceof WebAssembly.Global ? found.value : undefined;
}

/** The host's side of the ABI: nothing but ways to fail. */
function trapsWith(read: (address: number) => string) {
  const opa_abort = (address: number): never => {
    throw new EngineFault(`\`${artefactFiles.wasm}\` aborted: ${read(address)}`);
  };
  const forbidden = (): never => {
    throw new EngineFault(`\`${artefactFiles.wasm}\` called its host`);
  };
  return {
    opa_abort,
    opa_println: forbidden,
    opa_builtin0: forbidden,
    opa_builtin1: forbidden,
    opa_builtin2: forbidden,
    opa_builtin3: forbidden,
    opa_builtin4: forbidden,
  };
}

/** UTF-8 texts in the memory, whose buffer changes whenever it grows. */
function textsIn(memory: WebAssembly.Memory) {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let bytes = new Uint8Array(memory.buffer);
  const current = () => {
    if (bytes.buffer !== memory.buffer) bytes = new Uint8Array(memory.buffer);
    return bytes;
  };
  return {
    write(value: string, address: number): number {
      const { read, written } = encoder.encodeInto(value, current().subarray(address));
      if (read !== value.length) throw new EngineFault("the request does not fit into the policy's memory");
      return written;
    },
    /** The text up to the NUL that ends it. */
    read(address: number): string {
      const end = current().indexOf(0, address);
      if (address <= 0 || end === -1) throw new EngineFault(`\`${artefactFiles.wasm}\` answered with no text`);
      return decoder.decode(bytes.subarray(address, end));
    },
  };
}

/** OPA's heap is fastest on addresses that are multiples of eight. */
function align(address: number): number {
  return Math.ceil(address / 8) * 8;
}
