import type { Mutant } from "../mutant.ts";

const programs = ["test/types/programs.test.ts"];
const generated = ["test/types/generated.test.ts"];
const hostile = ["test/types/hostile.test.ts"];

/** `types.ts`: what programs can say. */
export const types: readonly Mutant[] = [
  {
    file: "compiler/targets/types/fixed.ts",
    what: "an allow can be written down",
    from: "    readonly [judged]: E;\n",
    to: "",
    by: programs,
  },
  {
    file: "compiler/targets/types/fixed.ts",
    what: "an allow is of any effect",
    from: "(allow: Allow<E>) =>",
    to: "(allow: Allow<Effect>) =>",
    by: programs,
  },
  {
    file: "compiler/targets/types/fixed.ts",
    what: "a hold is enough",
    from: "(allow: Allow<E>) =>",
    to: "(allow: Allow<E> | Hold) =>",
    by: programs,
  },
  {
    file: "compiler/targets/types/fixed.ts",
    what: "what is barred may be executed",
    from: "readonly execute?: never;",
    to: "readonly execute: (allow: unknown) => unknown;",
    by: programs,
  },
  {
    file: "compiler/targets/types/granted.ts",
    what: "what is forbidden by its tag is granted",
    from: "effect.tags?.includes(entry.tag)",
    to: "effect.tags?.includes(entry.tag) === undefined",
    by: programs,
  },
  {
    file: "compiler/targets/types/granted.ts",
    what: "a flag that is missing is not asked for",
    from: "some(({ holds }) => !holds)",
    to: "some(({ holds }) => holds === undefined)",
    by: programs,
  },
  {
    file: "compiler/targets/types/granted.ts",
    what: "a forbidden tool can be called",
    from: "return !forbidden.some((each) => each.tool === tool);",
    to: "return tool !== undefined;",
    by: programs,
  },
  {
    file: "compiler/targets/types/admitted.ts",
    what: "a deny list takes nothing from an allow list",
    from: " && !without.has(value)",
    to: "",
    by: programs,
  },
  {
    file: "compiler/targets/types/argument-tree.ts",
    what: "nothing must be there",
    from: "optional: !each.isRequired",
    to: "optional: true",
    by: [...programs, ...generated],
  },
  {
    file: "compiler/targets/types/argument-tree.ts",
    what: "a call without arguments takes any",
    from: ': word("never"));',
    to: ': word("unknown"));',
    by: programs,
  },
  {
    file: "compiler/targets/types/proposals.ts",
    what: "a discriminator is any text",
    from: "claim(root, pointer, oneOf(discriminator), true)",
    to: 'claim(root, pointer, word("unknown"), true)',
    by: programs,
  },
  {
    file: "compiler/targets/types/proposals.ts",
    what: "null stands for any argument",
    from: 'isOptional ? either([type, word("null")]) : type',
    to: 'either([type, word("null")])',
    by: programs,
  },
  {
    file: "compiler/targets/types/argument.ts",
    what: "a sum's list is one of its elements",
    from: "field.aggregate === undefined ? values : undefined",
    to: "values",
    by: programs,
  },
  {
    file: "compiler/targets/types/visible.ts",
    what: "a note ends its comment",
    from: '\n    .replaceAll("*/", "*\\\\/")',
    to: "",
    by: hostile,
  },
  {
    file: "compiler/targets/types/visible.ts",
    what: "a note hides what it says",
    from: ".replace(/[^\\x20-\\x7e]/gu,",
    to: ".replace(/[^\\x20-\\uffff]/gu,",
    by: hostile,
  },
];
