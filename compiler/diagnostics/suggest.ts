import { distance } from "fastest-levenshtein";
import { skeleton } from "./look-alikes.ts";

/** Longer words are not guessed at. */
const longest = 128;

/**
 * The candidate that a misspelt word most likely stands for; undefined when none is near. Case, underscores, hyphens, blanks, look-alike
 * letters and invisible characters count for nothing; beyond them one edit in three characters
 * is forgiven, and a word cut short or written out.
 */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > longest) return undefined;
  const wanted = normalise(word);
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (candidate === word || candidate.length > longest) continue;
    const found = editsBetween(wanted, normalise(candidate));
    if (found < bestDistance) {
      best = candidate;
      bestDistance = found;
    }
  }
  return best;
}

/** Whether two different words look the same to a reader: they differ in look-alike or invisible characters only. */
export function looksLike(word: string, other: string): boolean {
  return word !== other && skeleton(word) === skeleton(other) && skeleton(word) !== word;
}

/** Edits from one word to the other, if few enough to be a slip; infinitely many otherwise. */
function editsBetween(wanted: string, candidate: string): number {
  const edits = swapped(wanted, candidate) ? 1 : distance(wanted, candidate);
  const forgiven = Math.floor(Math.max(wanted.length, candidate.length) / 3);
  if (edits <= forgiven) return edits;
  return isBeginning(wanted, candidate) || isBeginning(candidate, wanted) ? edits : Number.POSITIVE_INFINITY;
}

/** `max` of `maximum`, `maxAge` of `maxAgeSeconds`: cut short or written out. */
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
