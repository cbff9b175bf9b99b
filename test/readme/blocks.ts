/** The executable blocks of a Markdown file. */

export type Block =
  /** Commands to paste; nothing is said about their output. */
  | { readonly kind: "commands"; readonly commands: readonly string[] }
  /** A session: commands after `$ `, and what each prints. */
  | { readonly kind: "session"; readonly steps: readonly Step[] }
  /** A program, and what it prints where a `text` block follows. */
  | { readonly kind: "program"; readonly source: string; readonly output?: string }
  /** A block that is shown and not run. */
  | { readonly kind: "shown"; readonly language: string };

export interface Step {
  readonly command: string;
  readonly output: string;
}

const fence = /^```(\w*)\n([\s\S]*?)^```$/gm;

export function blocksOf(markdown: string): readonly Block[] {
  const fences = [...markdown.matchAll(fence)].map(([, language, text]) => ({ language: language!, text: text! }));
  return fences.flatMap(({ language, text }, index): Block[] => {
    if (language === "sh") return [{ kind: "commands", commands: text.trim().split("\n") }];
    if (language === "console") return [{ kind: "session", steps: stepsOf(text) }];
    if (language === "ts") {
      const next = fences[index + 1];
      return [{ kind: "program", source: text, ...(next?.language === "text" ? { output: next.text } : {}) }];
    }
    if (language === "text" && fences[index - 1]?.language === "ts") return [];
    return [{ kind: "shown", language }];
  });
}

/** Whether `actual` is what the block shows; `…` stands for any text, on a line of its own for any lines. */
export function isShown(shown: string, actual: string): boolean {
  const pattern = shown
    .trimEnd()
    .split("\n")
    .map((line) => (line.trim() === "…" ? "[\\s\\S]*?" : line.trimEnd().split("…").map(escapePattern).join(".*?")))
    .join("\n")
    .replaceAll("[\\s\\S]*?\n", "(?:.*\n)*?")
    .replaceAll("\n[\\s\\S]*?", "(?:\n.*)*?");
  return new RegExp(`^${pattern}$`).test(actual.replace(/[ \t]+$/gm, "").trimEnd());
}

function stepsOf(text: string): readonly Step[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((step) => {
      const lines = step.split("\n");
      const end = lines.findIndex((line) => !line.endsWith("\\"));
      return {
        command: lines.slice(0, end + 1).join("\n"),
        output: lines
          .slice(end + 1)
          .join("\n")
          .trimEnd(),
      };
    });
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
