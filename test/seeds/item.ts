/** One thing that a seed document asks for, and what became of it. */
export interface Item {
  readonly id: string;
  /** What is asked for, in short. */
  readonly words: string;
  /** Files that do it. */
  readonly where: readonly string[];
  /** `<file>: <name of a test>`. */
  readonly tests: readonly string[];
  /** Why it is not, or not wholly, this project's. */
  readonly because?: string;
  /** What is still to be built: nothing is generated while there is any. */
  readonly missing?: string;
}

export interface Table {
  readonly title: string;
  readonly note?: string;
  readonly items: readonly Item[];
}

type Files = string | readonly string[];

export function shown(id: string, words: string, where: Files, tests: Files, because?: string): Item {
  return { id, words, where: [where].flat(), tests: [tests].flat(), ...(because === undefined ? {} : { because }) };
}

export function deployments(id: string, words: string, because: string): Item {
  return { id, words, where: [], tests: [], because };
}
