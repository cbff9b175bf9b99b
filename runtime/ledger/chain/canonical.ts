/** Whether a text is the JCS form (RFC 8785) of what it was parsed into, without writing that form anew where that can be told. */

/**
 * True only for the JCS form; false where this quick look cannot tell, and the form has to be written and compared. The platform
 * writes strings and numbers as JCS does, lone surrogates aside, which it escapes and JCS refuses. So what remains is the order
 * of the members; where the text has it, but the parsed object does not (members called by numbers), this cannot tell.
 *
 * @param value what `JSON.parse` made of the text
 */
export function isPlainlyCanonical(text: string, value: unknown): boolean {
  return JSON.stringify(value) === text && !text.includes("\\ud") && text.isWellFormed() && isInOrder(value);
}

/** Members by UTF-16 units, at every depth. */
function isInOrder(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) return value.every(isInOrder);
  let last: string | undefined;
  for (const name of Object.keys(value)) {
    if (last !== undefined && name <= last) return false;
    if (!isInOrder(Reflect.get(value, name))) return false;
    last = name;
  }
  return true;
}
