/** `--people` and `--people-trust`: the registry by which operators' commands know people. */
import { readFile } from "node:fs/promises";
import { type People, readPeople } from "../../runtime/people/registry.ts";
import { UsageError } from "../io.ts";
import { openTrust } from "../keys.ts";
import { readable } from "../open.ts";

/**
 * @param trust public keys of those who may sign the registry
 * @throws UsageError where it is not signed by them, or is none
 */
export async function openPeople(file: string, trust: readonly string[]): Promise<People> {
  const text = await readable(file, () => readFile(file, "utf8"));
  const read = await readPeople(text, await openTrust(trust));
  if (read.ok) return read.people;
  throw new UsageError(`the registry of people \`${file}\` ${read.reason}`);
}
