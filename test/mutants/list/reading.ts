/** Reading: what is suggested, what is mended without asking, what hides what, and what names may be. */
import { type Mutant, mutant } from "../mutant.ts";

const fix = ["test/reading/fix.test.ts"];
const causes = ["test/reading/one-cause.test.ts"];
const opposed = "compiler/diagnostics/opposed.ts";
const lexicon = "compiler/read/lexicon.ts";
const templates = ["test/templates/read.test.ts"];
const texts = "compiler/rules/template/texts.ts";

export const reading: readonly Mutant[] = [
  mutant("compiler/rules/two-keys.ts", "flags that need two keys go without a note", "granted.length > 0", "false", [
    "test/rules/two-keys.test.ts",
  ]),
  mutant(
    "compiler/rules/wider-networks.ts",
    "a network that holds an excluded one goes without a warning",
    "wider === undefined || ",
    'wider === undefined || wider !== "" || ',
    ["test/rules/wider-networks.test.ts"],
  ),
  mutant(
    "compiler/rules/never-fires/arguments.ts",
    "an argument that no value satisfies goes without a warning",
    "if (clash === undefined) continue;",
    "if (clash === undefined || readers.length > 0) continue;",
    ["test/rules/argument-kinds.test.ts"],
  ),
  mutant(
    "compiler/rules/never-fires/parent.ts",
    "a parent goes without a warning",
    "parent === undefined",
    "parent !== null",
    ["test/rules/never-fires.test.ts"],
  ),
  mutant(opposed, "an opposite is a slip", "isNegated(a, b) || isNegated(b, a) || ", "", fix),
  mutant(opposed, "another unit is a slip", " || hasOtherPart(a, b)", "", fix),
  mutant(lexicon, "a word of the language is misspelt", "words.has(text) && !isPlural(text, word)", "false", fix),
  mutant(lexicon, "what is near two words is one of them", " && ![...words].some(isNearOther)", "", fix),
  mutant(
    "compiler/read/fix.ts",
    "every guess is mended",
    "catalogue[code].guess && !suggestion.every((operation) => isPlain(operation, index))",
    "false",
    fix,
  ),
  mutant(
    "compiler/rules/written-value.ts",
    "another target is put for the one that is written",
    "isRespelt(text, canonical) ? put(pointer, canonical) : {}",
    "put(pointer, canonical)",
    fix,
  ),
  mutant(
    "compiler/read/stand-ins.ts",
    "a part is lost with one member of it",
    "part !== undefined && Object.hasOwn(part, name) ? part[name] : undefined",
    "undefined",
    ["test/reading/all-at-once.test.ts"],
  ),
  mutant(
    "compiler/read/translate-values.ts",
    "whatever stands for a list is its entry",
    "!isBlank(node) && admits(items as SchemaNode | undefined, node.kind)",
    "!isBlank(node)",
    ["test/reading/messages.test.ts"],
  ),
  mutant("compiler/rules/defaults.ts", "a default in no row", "if (!isListed) return", "if (false) return", [
    "test/rules/arguments.test.ts",
  ]),
  mutant("compiler/read/names.ts", "any text is a signal", "!isSignalName(signal)", "false", [
    "test/rules/names.test.ts",
  ]),
  mutant(texts, "a template's stars stand for anything", 'if (!name.includes("*")) return;', "return;", templates),
  mutant(
    texts,
    "a template's names may hide characters",
    "  checkVisible({ kind, name, pointer }, report);\n",
    "",
    templates,
  ),
  mutant(
    "compiler/rules/template/conditions.ts",
    "amounts of conditions below zero",
    "checkNotNegative(context, checkAmount(context, form, written, pointer), written, pointer)",
    "checkAmount(context, form, written, pointer)",
    templates,
  ),
  mutant(
    "compiler/read/findings.ts",
    "rules take a refused number for what it may have meant",
    "judgedValue(mended.root)",
    "mended.value",
    ["test/reading/numerals.test.ts"],
  ),
  mutant(
    "compiler/read/cascade.ts",
    "rules judge what a word instead of a list may have meant",
    "if (isInside(finding.pointer, mistyped) || missesJudgement(finding, mistyped)) return true;",
    "",
    causes,
  ),
  mutant(
    "compiler/read/recover.ts",
    "a guess at a value of another type is judged too",
    "!mistyped.has(pointer)",
    "true",
    causes,
  ),
  mutant(
    "compiler/read/branches.ts",
    "a list is asked to be one of some words",
    "?.some(({ schema }) => schema === error.schema) ?? false",
    "?.includes(error) ?? false",
    causes,
  ),
  mutant("compiler/rules/count-only.ts", "a set that differs from another one is judged", 'op !== "==" || ', "", [
    "test/rules/allow.test.ts",
  ]),
  mutant("compiler/rules/unjudged.ts", "a reason may be blank", "if (isBlank(effect.unjudged)) ", "if (false) ", [
    "test/rules/sheet.test.ts",
  ]),
  mutant(
    "compiler/rules/never-fires/breakers.ts",
    "more holds than there are decisions",
    "emptyRange(atLeast, range.most) || ",
    "",
    ["test/rules/never-fires.test.ts"],
  ),
  mutant(
    "compiler/rules/empty-range.ts",
    "decimals are compared by their digits",
    "[freeDecimal(written), freeDecimal(other)]",
    "[freeDecimal(written)]",
    ["test/rules/never-fires.test.ts"],
  ),
];
