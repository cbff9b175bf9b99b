/** Everything that prints as nothing, breaks the line or turns the reading direction. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{DI}]|(?! )\p{Zs}/u;

const longest = 80;

/** Text of the user as it may stand in a message: invisible characters as `\u{200b}`, at most 80 characters. */
export function escapeText(text: string): string {
  let shown = "";
  let count = 0;
  for (const character of text) {
    if (count === longest) return `${shown}…`;
    shown += escapeCharacter(character);
    count += 1;
  }
  return shown;
}

/** The same between backticks. */
export function quote(text: string): string {
  return `\`${escapeText(text)}\``;
}

/** A list of words between backticks: `a`, `b` and `c`; after 12, only how many more there are. */
export function quoteList(words: readonly string[], last: "and" | "or" = "and"): string {
  const shown = words.slice(0, 12).map(quote);
  if (words.length > 12) return `${shown.join(", ")} ${last} ${words.length - 12} more`;
  const final = shown.pop();
  if (final === undefined) return "none";
  return shown.length === 0 ? final : `${shown.join(", ")} ${last} ${final}`;
}

/** A whole line of text for a terminal: nothing in it moves the cursor or hides. */
export function makeVisible(line: string): string {
  return Array.from(line, (character) => (character === "`" ? character : escapeCharacter(character))).join("");
}

function escapeCharacter(character: string): string {
  if (character === "\n") return "\\n";
  if (character === "\t") return "\\t";
  if (character === "\r") return "\\r";
  if (character === "`") return "\\`";
  return unseen.test(character) ? `\\u{${character.codePointAt(0)!.toString(16)}}` : character;
}
