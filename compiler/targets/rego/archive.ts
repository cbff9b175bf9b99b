/** A tar.gz of plain ustar entries with nothing in it that depends on machine, clock or user. */
import { gzipSync } from "fflate";

const block = 512;
const utf8 = new TextEncoder();

/** Takes files by path (ASCII, at most 100 characters), in the order in which they shall stand. Synchronous, as compiling is. */
export function archive(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const blocks = [...files].flatMap(([path, bytes]) => [ustarHeader(path, bytes.length), padded(bytes)]);
  return gzipSync(concatenate([...blocks, new Uint8Array(2 * block)]), { level: 9, mtime: 0 });
}

/** POSIX.1-1988 ustar: name, mode, uid, gid, size, mtime, checksum, type, link name, magic and version; numbers in octal. */
function ustarHeader(path: string, size: number): Uint8Array {
  const header = new Uint8Array(block);
  const put = (text: string, offset: number) => header.set(utf8.encode(text), offset);
  put(path, 0);
  put("0000644\0", 100);
  put("0000000\0", 108);
  put("0000000\0", 116);
  put(`${size.toString(8).padStart(11, "0")}\0`, 124);
  put("00000000000\0", 136);
  put("        ", 148);
  put("0", 156);
  put("ustar\0" + "00", 257);
  const checksum = header.reduce((sum, byte) => sum + byte, 0);
  put(`${checksum.toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}

function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.ceil(bytes.length / block) * block);
  whole.set(bytes);
  return whole;
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
