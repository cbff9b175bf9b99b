/** The names of the tests in a file, as they are written: what is renamed or deleted is not found any more. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CallExpression, type Node, Project, type SourceFile, SyntaxKind } from "ts-morph";

const root = join(import.meta.dirname, "../..");
const project = new Project({ useInMemoryFileSystem: true, compilerOptions: { noLib: true } });
const known = new Map<string, TestNames>();

export interface TestNames {
  /** Of each test, with what it is described under: `attacks > %s`. */
  readonly titles: readonly string[];
  /** Everything that may stand for a `%s`. */
  readonly texts: ReadonlySet<string>;
}

/** @throws Error where there is no such file */
export function testNames(file: string): TestNames {
  const before = known.get(file);
  if (before !== undefined) return before;
  const source = project.createSourceFile(`/${file}`, readFileSync(join(root, file), "utf8"), { overwrite: true });
  const names = { titles: titlesIn(source, []), texts: textsIn(source) };
  known.set(file, names);
  return names;
}

/** Whether a test of that name is in the file: `attacks > a forged token` is what `attacks > %s` makes of a text in it. */
export function hasTest(file: string, name: string): boolean {
  const { titles, texts } = testNames(file);
  return titles.some((title) => {
    if (title === name) return true;
    const made = patternOf(title).exec(name);
    return made?.slice(1).every((part) => texts.has(part) || /^-?\d+$/.test(part)) ?? false;
  });
}

const hole = /%[sdifjo#]|\$\{[^}]*\}|\$[\w.]+/g;

function patternOf(title: string): RegExp {
  const parts = title.split(hole).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("(.+?)")}$`, "s");
}

function titlesIn(node: Node, above: readonly string[]): readonly string[] {
  return node.forEachChildAsArray().flatMap((child) => {
    const call = child.asKind(SyntaxKind.CallExpression);
    const kind = call === undefined ? undefined : kindOf(call);
    const title = kind === undefined ? undefined : titleOf(call);
    if (title === undefined) return titlesIn(child, above);
    return kind === "describe" ? titlesIn(child, [...above, title]) : [[...above, title].join(" > ")];
  });
}

/** `test(…)`, `test.each(…)(…)`, `describe.sequential(…)`: what the chain begins with. */
function kindOf(call: CallExpression): "test" | "describe" | undefined {
  const [begin] = call.getExpression().getText().split(/[.(]/);
  if (begin === "test" || begin === "it") return "test";
  return begin === "describe" ? "describe" : undefined;
}

function titleOf(call: CallExpression | undefined): string | undefined {
  const [first] = call?.getArguments() ?? [];
  const plain = first?.asKind(SyntaxKind.StringLiteral) ?? first?.asKind(SyntaxKind.NoSubstitutionTemplateLiteral);
  if (plain !== undefined) return plain.getLiteralText();
  return first?.asKind(SyntaxKind.TemplateExpression)?.getText().slice(1, -1);
}

function textsIn(source: SourceFile): ReadonlySet<string> {
  const texts = source.getDescendants().flatMap((node) => {
    const text = node.asKind(SyntaxKind.StringLiteral) ?? node.asKind(SyntaxKind.NoSubstitutionTemplateLiteral);
    if (text !== undefined) return text.getLiteralText();
    return node.asKind(SyntaxKind.PropertyAssignment)?.getName() ?? [];
  });
  return new Set(texts);
}
