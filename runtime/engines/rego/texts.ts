import { artefactFiles } from "../../../schema/artefacts.ts";
import { EngineFault } from "../engine.ts";

/** UTF-8 texts in a WebAssembly memory. */
export interface Texts {
  /** Answers the length in bytes. */
  write(text: string, address: number): number;
  /** The text up to the NUL that ends it. */
  read(address: number): string;
}

export function textsIn(memory: WebAssembly.Memory): Texts {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let bytes = new Uint8Array(memory.buffer);
  /** A memory that has grown has another buffer. */
  const current = () => {
    if (bytes.buffer !== memory.buffer) bytes = new Uint8Array(memory.buffer);
    return bytes;
  };
  return {
    write(text, address) {
      const { read, written } = encoder.encodeInto(text, current().subarray(address));
      if (read !== text.length) throw new EngineFault("the request does not fit into the policy's memory");
      return written;
    },
    read(address) {
      const end = current().indexOf(0, address);
      if (address <= 0 || end === -1) throw new EngineFault(`\`${artefactFiles.wasm}\` answered with no text`);
      return decoder.decode(bytes.subarray(address, end));
    },
  };
}
