import { artefactFiles } from "../../../schema/artefacts.ts";
import { EngineFault } from "../engine.ts";
import { hostFunctions } from "./host-functions.ts";
import { entrypointOf, functionOf } from "./policy-exports.ts";
import { textsIn } from "./texts.ts";

/** 320 KiB, in pages of 64 KiB. */
const initialPages = 5;
/** 256 MiB: a request that needs more is a fault. */
const maximumPages = 4_096;

/** One instance of policy.wasm. Once it has thrown it must not be used again: a trap leaves its stack behind. */
export interface Instance {
  /** Parses a document to serve as `data` and keeps it until `clear`; answers its address. */
  addData(json: string): number;
  /** Forgets every document; their memory is used again. */
  clear(): void;
  /** The text of the policy's answer to one input. */
  evaluate(data: number, input: string): string;
  /** What the documents fill. */
  dataBytes(): number;
  memoryBytes(): number;
}

/** @throws EngineFault for a module that is no policy of ours */
export function startInstance(module: WebAssembly.Module): Instance {
  const memory = new WebAssembly.Memory({ initial: initialPages, maximum: maximumPages });
  const texts = textsIn(memory);
  const { exports } = new WebAssembly.Instance(module, { env: { memory, ...hostFunctions(texts) } });
  const entrypoint = entrypointOf(exports, texts);
  const heapPointer = functionOf(exports, "opa_heap_ptr_get");
  const setHeapPointer = functionOf(exports, "opa_heap_ptr_set");
  const allocate = functionOf(exports, "opa_malloc");
  const parse = functionOf(exports, "opa_json_parse");
  const evaluate = functionOf(exports, "opa_eval");
  const dataStart = align(heapPointer());
  let dataEnd = dataStart;

  /** Writes behind the documents, over the remains of the last evaluation; answers the length in bytes. */
  const write = (json: string): number => {
    const mostBytes = json.length * 3;
    if (dataEnd + mostBytes > memory.buffer.byteLength) {
      setHeapPointer(dataEnd);
      allocate(mostBytes);
    }
    return texts.write(json, dataEnd);
  };

  return {
    addData(json) {
      const length = write(json);
      setHeapPointer(align(dataEnd + length));
      const data = parse(dataEnd, length);
      if (data === 0) throw new EngineFault(`\`${artefactFiles.data}\` cannot be read by the policy`);
      dataEnd = align(heapPointer());
      return data;
    },
    clear() {
      dataEnd = dataStart;
    },
    evaluate(data, input) {
      const length = write(input);
      return texts.read(evaluate(0, entrypoint, data, dataEnd, length, align(dataEnd + length), 0));
    },
    dataBytes: () => dataEnd - dataStart,
    memoryBytes: () => memory.buffer.byteLength,
  };
}

function align(address: number): number {
  return Math.ceil(address / 8) * 8;
}
