/** Words that are near each other and mean something else: the opposite, another unit, another number. Neither is a slip for the other. */

const negations = ["no", "non", "none", "not", "un", "dis", "in"];

/** A part of a word that stands where another of these would stand. */
const meaningful: ReadonlySet<string> = new Set(
  [
    "min max least most lower upper below above",
    "milliseconds seconds minutes hours days weeks months years ms s",
    "sub super subset superset internal external before after from until start end first last left right",
    "allow deny include exclude narrower wider",
  ].flatMap((line) => line.split(" ")),
);

export function isOpposed(word: string, other: string): boolean {
  const [a, b] = [partsOf(word), partsOf(other)];
  return isNegated(a, b) || isNegated(b, a) || hasOtherPart(a, b) || isOtherNumber(word, other);
}

/** `notBefore` is `not before`; so are `not-before` and `not_before`. */
function partsOf(word: string): readonly string[] {
  const spaced = word.replace(/(?<=[a-z0-9])(?=[A-Z])/g, " ").replace(/(m(?:in|ax))imum/gi, "$1");
  return spaced.toLowerCase().split(/[\s_-]+/u);
}

function isNegated(word: readonly string[], other: readonly string[]): boolean {
  const [first = "", ...rest] = word;
  if (negations.includes(first) && rest.join() === other.join()) return true;
  const [otherFirst = "", ...others] = other;
  return negations.some((negation) => first === negation + otherFirst) && rest.join() === others.join();
}

function hasOtherPart(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  return a.some((part, i) => part !== b[i] && meaningful.has(part) && meaningful.has(b[i] ?? ""));
}

function isOtherNumber(a: string, b: string): boolean {
  const [digits, others] = [a.replace(/\D/g, ""), b.replace(/\D/g, "")];
  return digits !== "" && others !== "" && digits !== others;
}
