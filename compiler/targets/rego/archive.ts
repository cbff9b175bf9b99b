/** A tar.gz of plain ustar entries with nothing in it that depends on machine, clock or user. */
import { gzipSync } from "fflate";
import { createTar } from "nanotar";

const anonymous = { mode: "644", uid: 0, gid: 0, mtime: 0, user: "", group: "" };

/** Takes files by path (at most 100 bytes), in the order in which they shall stand. */
export function archive(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const entries = Array.from(files, ([name, data]) => ({ name, data }));
  return gzipSync(ended(createTar(entries, { attrs: anonymous })), { level: 6, mtime: 0 });
}

/** POSIX ends an archive with two blocks of zeros; the library writes one, which tar remarks upon. */
function ended(tar: Uint8Array): Uint8Array {
  const whole = new Uint8Array(tar.length + 512);
  whole.set(tar);
  return whole;
}
