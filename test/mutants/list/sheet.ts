import type { Mutant } from "../mutant.ts";

const words = "test/sheet/words.test.ts";
const everyValue = "test/sheet/every-value.test.ts";

const mutant = (file: string, what: string, from: string, to: string, by: string): Mutant => ({
  file: `compiler/targets/sheet/${file}`,
  what,
  from,
  to,
  by: [by],
});

/** What is signed is what was read. */
export const sheet: readonly Mutant[] = [
  mutant("field.ts", "a query that nobody judges is not told", 'query === "ignored"', 'query !== "ignored"', words),
  mutant(
    "field.ts",
    "a url that may have an address as host reads like one that may not",
    "allowIp === true",
    "allowIp !== allowIp",
    everyValue,
  ),
  mutant(
    "field.ts",
    "the sheet leaves out what stands for an absent argument",
    "field.optional !== true",
    "field.optional === true",
    words,
  ),
  mutant("field.ts", "a set reads as if its duplicates were refused", "unique === true ?", "unique !== true ?", words),
  mutant(
    "measure.ts",
    "local times are signed without their zone",
    '.form.is === "datetime" ?',
    '.form.is === "datetime" && operand.form.timezone === "" ?',
    words,
  ),
  mutant(
    "measure.ts",
    "a span of seconds is signed in its field's unit",
    'if (field?.type === "span")',
    'if (field?.type === "digest")',
    words,
  ),
  mutant(
    "bounds.ts",
    "the sheet says nothing of the empty set",
    "if (ofSet) phrases.push(leastInWords",
    "if (!ofSet) phrases.push(leastInWords",
    words,
  ),
  mutant(
    "bounds.ts",
    "what calls for people is signed without a unit",
    "const inWords = (each: Scalar) => amountInWords(each, operand);\n  const phrases",
    "const inWords = value;\n  const phrases",
    words,
  ),
  mutant(
    "sheet.ts",
    "a session that nobody resumes reads as if a person could",
    'envelope.recovery === "manual_only"',
    'envelope.recovery !== "manual_only"',
    words,
  ),
  mutant("sheet.ts", "the sheet hides where an envelope comes from", "...originLines(envelope),", "", everyValue),
];
