/** Small files of text: new ones that replace nothing, and ones that are replaced whole. */
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { UsageError } from "./io.ts";

/**
 * @param mode the permissions; as the process is set where they are not given
 * @throws UsageError where something is there already: it may be all there is of it
 */
export async function writeNew(path: string, text: string, mode?: number): Promise<void> {
  await writing(path, () => writeFile(path, text, { flag: "wx", ...(mode === undefined ? {} : { mode }) }));
}

/** Whole or not at all. @throws UsageError where it cannot be written */
export async function replaceText(path: string, text: string): Promise<void> {
  const staged = `${path}.${process.pid}.tmp`;
  await writing(path, async () => {
    await writeFile(staged, text, { flag: "wx" });
    await rename(staged, path).catch(async (error: unknown) => {
      await rm(staged, { force: true });
      throw error;
    });
  });
}

/** One that is there will do. @throws UsageError where it cannot be made */
export async function makeFolder(path: string): Promise<void> {
  await writing(path, async () => {
    await mkdir(path, { recursive: true });
  });
}

async function writing(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    if (error.code === "EEXIST") throw occupied(path);
    throw new UsageError(`cannot write \`${path}\`: ${error.message}`);
  }
}

function occupied(path: string): UsageError {
  return new UsageError(`will not overwrite \`${path}\`: name another file or remove it`);
}
