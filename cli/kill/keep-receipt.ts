/** `--receipt`: where the file cannot be written, the kill stands all the same, and its receipt is given another way. */
import { UsageError } from "../io.ts";
import { writeNew } from "../write-text.ts";

export type Kept =
  | { readonly ok: true; readonly file: string }
  /** Why not, in one sentence, and what would stand in the file. */
  | { readonly ok: false; readonly unwritten: string; readonly jws: string };

/** Called once the kill is recorded: no file may stand in its way. */
export async function keepReceipt(file: string, jws: string): Promise<Kept> {
  try {
    await writeNew(file, `${jws}\n`);
    return { ok: true, file };
  } catch (error) {
    if (error instanceof UsageError) return { ok: false, unwritten: error.message, jws };
    throw error;
  }
}
