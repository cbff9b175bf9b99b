/** What a deployment must show for a level of the governance paper, and what was seen. */

/** 1 structural, 2 cryptographic, 3 formal. */
export type Level = 1 | 2 | 3;

export interface Seen {
  readonly ok: boolean;
  /** One clause. */
  readonly what: string;
}

export interface Requirement {
  readonly id: string;
  readonly level: Level;
  /** What must be so. */
  readonly name: string;
  /** Everything looked at; a requirement of which nothing was seen is not met. */
  readonly seen: readonly Seen[];
}

export function isMet({ seen }: Requirement): boolean {
  return seen.length > 0 && seen.every(({ ok }) => ok);
}

/** The highest level all of whose requirements, and those of the levels below, are met; 0 where there is none. */
export function levelOf(requirements: readonly Requirement[]): 0 | Level {
  const met = (level: Level) => {
    const own = requirements.filter((requirement) => requirement.level === level);
    return own.length > 0 && own.every(isMet);
  };
  if (!met(1)) return 0;
  if (!met(2)) return 1;
  return met(3) ? 3 : 2;
}

export function seen(ok: boolean, what: string): Seen {
  return { ok, what };
}
