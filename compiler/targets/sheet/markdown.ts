/** Raw Markdown and quoted text are different types, so that text from an envelope cannot become markup. */
export type Markdown = string & { readonly markdown: unique symbol };

/** A literal of our own, with quoted pieces in between. */
export function md(literals: TemplateStringsArray, ...pieces: readonly (Markdown | number)[]): Markdown {
  return literals.reduce((text, literal, index) => `${text}${pieces[index - 1]}${literal}`) as Markdown;
}

/** Text from an envelope, as a code span: a fence longer than any run of backticks inside, invisible characters spelled out. */
export function code(text: string): Markdown {
  const visible = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`)
    .replaceAll("|", "\\|");
  const longestRun = Math.max(0, ...[...visible.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = "`".repeat(longestRun + 1);
  const pad = visible.startsWith("`") || visible.endsWith("`") || visible === "" ? " " : "";
  return `${fence}${pad}${visible}${pad}${fence}` as Markdown;
}

/** Several pieces as one phrase. */
export function join(pieces: readonly Markdown[], separator = ", "): Markdown {
  return pieces.join(separator) as Markdown;
}
