/**
 * Statements about a request as text of Cedar. This is a printer of its own: it shares nothing with the emitter of
 * policies, whose text is what the statements are held against.
 */

/** Text of Cedar; what an envelope says gets into it only as a literal. */
export interface Term {
  readonly cedar: string;
}

/** A condition, or one that is known without looking at the request. */
export type Statement = boolean | Term;

type Literal = string | number | boolean;

/** Terms are inserted as they are, values as literals, lists as set literals. */
export function cedar(parts: TemplateStringsArray, ...values: readonly (Term | Literal | readonly Literal[])[]): Term {
  const printed = parts.map((part, index) => part + (index < values.length ? print(values[index] ?? "") : ""));
  return { cedar: printed.join("") };
}

function print(value: Term | Literal | readonly Literal[]): string {
  switch (typeof value) {
    case "string":
      return quoteText(value);
    case "number":
      return printNumber(value);
    case "boolean":
      return String(value);
    default:
      return "cedar" in value ? value.cedar : `[${value.map(print).join(", ")}]`;
  }
}

/** Everything but plain ASCII is written by its code point. */
function quoteText(text: string): string {
  const escaped = Array.from(text, (character) =>
    /^[ !#-[\]-~]$/.test(character) ? character : `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
  return `"${escaped.join("")}"`;
}

/** @throws RangeError for a number that no bound of an accepted envelope holds */
function printNumber(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no whole number that a bound may hold`);
  return value < 0 ? `(${value})` : String(value);
}

export function anyOf(...statements: readonly Statement[]): Statement {
  const open = statements.filter((statement) => statement !== false);
  const terms = open.filter((statement) => statement !== true);
  if (terms.length < open.length) return true;
  return terms.length === 0 ? false : joined(terms, " || ");
}

export function allOf(...statements: readonly Statement[]): Statement {
  const open = statements.filter((statement) => statement !== true);
  const terms = open.filter((statement) => statement !== false);
  if (terms.length < open.length) return false;
  return terms.length === 0 ? true : joined(terms, " && ");
}

export function not(statement: Statement): Statement {
  return typeof statement === "boolean" ? !statement : { cedar: `!(${statement.cedar})` };
}

/** Nested to the right, as `cedar symcc` likes it. */
function joined(terms: readonly Term[], operator: string): Term {
  return terms.reduceRight((right, left) => ({ cedar: `(${left.cedar})${operator}(${right.cedar})` }));
}
