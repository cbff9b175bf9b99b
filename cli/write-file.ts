/** Writes one file whole or not at all: who reads it meanwhile sees the old one or the new one. */
import { lstat, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { UsageError } from "./io.ts";

const gzip = [0x1f, 0x8b];

/** @throws UsageError where `path` cannot be written, or holds something that is no gzip file: likely not ours to replace */
export async function writeBundle(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await refuseOther(path);
    await mkdir(dirname(path), { recursive: true });
    const staged = `${path}.${process.pid}.tmp`;
    // Refused where somebody has such a file already: then it is not ours to remove.
    const file = await open(staged, "wx");
    try {
      await file.writeFile(bytes).finally(() => file.close());
      await rename(staged, path);
    } finally {
      await rm(staged, { force: true });
    }
  } catch (error) {
    if (error instanceof Error && "code" in error) throw new UsageError(`cannot write \`${path}\`: ${error.message}`);
    throw error;
  }
}

async function refuseOther(path: string): Promise<void> {
  const stats = await lstat(path).catch(() => undefined);
  if (stats === undefined) return;
  if (!stats.isFile()) throw new UsageError(`cannot write \`${path}\`: it is not a plain file`);
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(gzip.length), 0, gzip.length, 0);
    if (bytesRead > 0 && gzip.some((byte, index) => buffer[index] !== byte))
      throw new UsageError(`will not overwrite \`${path}\`: it is no bundle`);
  } finally {
    await file.close();
  }
}
