/** One guard broken on purpose. */
export interface Mutant {
  /** From the root. */
  readonly file: string;
  /** What goes wrong, in words; no two mutants say the same. */
  readonly what: string;
  /** Text that stands in the file exactly once, and what stands there instead. */
  readonly from: string;
  readonly to: string;
  /** The tests that must notice: files, of tests or of a table's cases. */
  readonly by: readonly string[];
}

export function mutant(file: string, what: string, from: string, to: string, by: readonly string[]): Mutant {
  return { file, what, from, to, by };
}

/** The file with the guard broken. @throws Error where the list no longer fits the source */
export function mutate(source: string, { file, what, from, to }: Mutant): string {
  const found = source.split(from).length - 1;
  if (found !== 1) throw new Error(`${file} holds the text of the mutant "${what}" ${found} times, not once: ${from}`);
  return source.replace(from, () => to);
}
