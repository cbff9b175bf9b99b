import type { Mutant } from "../mutant.ts";

const localTimes = "test/runtime/local-times.test.ts";
const verdicts = "test/runtime/verdict.test.ts";
const lines = "test/cli/eval.test.ts";

const mutant = (file: string, what: string, from: string, to: string, by: string): Mutant => ({
  file,
  what,
  from,
  to,
  by: [by],
});

/** What people are told: whoever approves signs what he reads. */
export const messages: readonly Mutant[] = [
  mutant(
    "runtime/messages/times.ts",
    "local times are shown in UTC",
    'timezone === "floating" ? seconds : localSeconds(timezone, seconds)',
    'timezone === "" ? undefined : seconds',
    localTimes,
  ),
  mutant(
    "runtime/messages/times.ts",
    "a local time loses its seconds",
    'form.endsWith(":SS") || local % 60 === 0',
    'form !== ""',
    localTimes,
  ),
  mutant(
    "runtime/messages/magnitude.ts",
    "a local time does not say where",
    'timezone === "floating" ? undefined : timezone;',
    "undefined;",
    localTimes,
  ),
  mutant(
    "runtime/messages/times.ts",
    "what is a little too old reads like what is not",
    'counted((untilMs - fromMs) / 1000, "second")',
    'counted(Math.floor((untilMs - fromMs) / 1000), "second")',
    verdicts,
  ),
  mutant(
    "runtime/messages/grants.ts",
    "a tool with other arguments is told that it reaches nothing",
    'if (pointers.length === 0) return "";',
    'if (pointers.length >= 0) return "";',
    verdicts,
  ),
  mutant(
    "cli/eval/human.ts",
    "what was not judged cannot be decoded",
    'primary?.startsWith("decode") ? ',
    'primary !== "" ? ',
    "test/cli/session.test.ts",
  ),
  mutant(
    "cli/eval/exact-value.ts",
    "a number in the state is rounded before its type is judged",
    "isExactNumber(node.text) ?",
    'node.text !== "" ?',
    lines,
  ),
  mutant("cli/eval/refused.ts", "the first of two ids is repeated", "moreIds.length === 0 && ", "", lines),
  mutant(
    "cli/eval/refused.ts",
    "an id that is no strict JSON is repeated",
    "moreIds.length === 0 && isStrict(id)",
    "moreIds.length === 0",
    lines,
  ),
  mutant("cli/eval/refused.ts", "the first of two wishes is met", "moreWants.length === 0 && ", "", lines),
  mutant("cli/eval/refused.ts", "half of a deep id is repeated", " && !(isDeep && isContainer(id))", "", lines),
  mutant(
    "compiler/rules/approval.ts",
    "a condition that every call meets goes without warning",
    'context.report("fires/never_fires", pointer,',
    'if (least === most) context.report("fires/never_fires", pointer,',
    "test/rules/amounts.test.ts",
  ),
];
