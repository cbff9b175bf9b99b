/** What a test found out, on standard output: one line that begins with `figure`, so that CI can collect them. */
export function figure(text: string): void {
  process.stdout.write(`figure: ${text}\n`);
}

/** A table under its heading, columns padded to the widest cell. */
export function table(heading: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const lines = [heading, ...rows].map((row) => row.map(String));
  const widths = heading.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  for (const line of lines)
    process.stdout.write(`  ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}\n`);
}
