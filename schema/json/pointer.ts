/** JSON Pointer, RFC 6901. */

/** One token escaped for a pointer: `~` as `~0`, `/` as `~1`. */
export function escapeToken(token: string): string {
  return /[~/]/.test(token) ? token.replaceAll("~", "~0").replaceAll("/", "~1") : token;
}

/** The tokens of a pointer, unescaped; `""` has none. What stands before the first `/` is not looked at. */
export function parsePointer(text: string): string[] {
  return text
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

export function formatPointer(tokens: readonly (string | number)[]): string {
  let pointer = "";
  for (const token of tokens) pointer += `/${escapeToken(String(token))}`;
  return pointer;
}
