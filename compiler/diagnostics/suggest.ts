import { distance } from "fastest-levenshtein";
import { skeleton } from "./look-alikes.ts";
import { isOpposed } from "./opposed.ts";

/** Longer words are not guessed at. */
const longest = 128;

/**
 * The candidate that a misspelt word stands for; undefined when none is near, or two are equally near. Case, underscores, hyphens, blanks,
 * look-alike letters and invisible characters count for nothing; beyond them one edit in three characters is forgiven.
 */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = normalise(word);
  return nearest(word, candidates, (candidate) => editsBetween(wanted, normalise(candidate)));
}

/** The candidate that a word cuts short or writes out: `max` for `maximum`, `maxAgeSeconds` for `maxAge`. */
export function writtenOut(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = normalise(word);
  return nearest(word, candidates, (candidate) => {
    const known = normalise(candidate);
    const related = isBeginning(wanted, known) || isBeginning(known, wanted);
    return related ? Math.abs(wanted.length - known.length) : Number.POSITIVE_INFINITY;
  });
}

/** The one candidate of which a word differs in one letter, however short they are. */
export function oneLetterOff(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = normalise(word);
  return nearest(word, candidates, (candidate) => {
    const edits = editsAway(wanted, normalise(candidate));
    return edits <= 1 && wanted.length > 1 ? edits : Number.POSITIVE_INFINITY;
  });
}

function nearest(
  word: string,
  candidates: Iterable<string>,
  farness: (candidate: string) => number,
): string | undefined {
  if (word.length > longest) return undefined;
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of new Set(candidates)) {
    if (candidate === word || candidate.length > longest) continue;
    const found = farness(candidate);
    if (found > least || found === Number.POSITIVE_INFINITY || isOpposed(word, candidate)) continue;
    if (found === least) best = undefined;
    if (found < least) [best, least] = [candidate, found];
  }
  return best;
}

/** Whether two different words look the same to a reader: they differ in look-alike or invisible characters only. */
export function looksLike(word: string, other: string): boolean {
  return word !== other && skeleton(word) === skeleton(other) && skeleton(word) !== word;
}

/** Whether both are one word in other capitals, separators or look-alikes. */
export function isSpeltAlike(word: string, other: string): boolean {
  return normalise(word) === normalise(other);
}

/**
 * Letters put in, left out, changed or swapped with their neighbour, where capitals, separators and look-alikes count for nothing;
 * infinitely many for words that are not near.
 */
export function editsFrom(word: string, other: string): number {
  return editsBetween(normalise(word), normalise(other));
}

/** Edits from one word to the other, if few enough to be a slip; infinitely many otherwise. */
function editsBetween(wanted: string, candidate: string): number {
  const edits = editsAway(wanted, candidate);
  const forgiven = Math.floor(Math.max(wanted.length, candidate.length) / 3);
  return edits <= forgiven ? edits : Number.POSITIVE_INFINITY;
}

function editsAway(wanted: string, candidate: string): number {
  return swapped(wanted, candidate) ? 1 : distance(wanted, candidate);
}

function isBeginning(beginning: string, word: string): boolean {
  return beginning.length >= 3 && beginning.length * 3 >= word.length && word.startsWith(beginning);
}

/** Two neighbours changed places: one slip, though two edits. */
function swapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return i < a.length - 1 && a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2);
}

function normalise(word: string): string {
  return skeleton(word)
    .toLowerCase()
    .replace(/[\s_-]/g, "");
}
