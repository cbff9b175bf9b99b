import { buffer } from "node:stream/consumers";
import { extract } from "tar-stream";

/** The files of a tar archive, by name as it stands there. */
export async function readTar(archive: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const reader = extract();
  reader.end(archive);
  for await (const entry of reader) files.set(entry.header.name, await buffer(entry));
  return files;
}
