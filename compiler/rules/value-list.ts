import type { ValueList } from "../../schema/envelope.ts";
import { quote } from "../diagnostics/quote.ts";
import type { Form } from "../operands.ts";
import { nouns, readWritten } from "../written.ts";
import { below, type EffectSite, own, type RuleContext } from "./rule.ts";
import { meantAmong, replacement } from "./unknown.ts";
import { checkValue, shown } from "./written-value.ts";

/** Checks every value of a list, or of the named set that stands for it. */
export function checkList(
  context: RuleContext,
  { envelope }: EffectSite,
  form: Form,
  list: ValueList,
  pointer: string,
): void {
  if (Array.isArray(list)) {
    checkElements(context, form, list, pointer);
    return;
  }
  const set = own(envelope.sets, list.set);
  const place = below(pointer, "set");
  if (set === undefined) {
    const meant = meantAmong(list.set, Object.keys(envelope.sets ?? {}));
    context.report("ref/unknown_set", place, { name: list.set, ...meant }, replacement(place, meant));
    return;
  }
  const [stranger] = set;
  if (set.every((element) => hasOtherType(form, element))) {
    const found = `the set ${quote(list.set)}, which holds ${shown(stranger)}`;
    context.report("type/wrong_type", place, { expected: `values that are each ${nouns[form.is]}`, found });
    return;
  }
  for (const [i, element] of set.entries()) checkValue(context, form, element, below("/sets", list.set, i));
}

/** Checks every element, and warns of those that stand there twice. */
export function checkElements(context: RuleContext, form: Form, list: readonly unknown[], pointer: string): void {
  for (const [i, element] of list.entries()) checkValue(context, form, element, below(pointer, i));
  warnOfDuplicates(context, list, pointer);
}

/** Warns of each entry that equals an earlier one. */
export function warnOfDuplicates({ report }: RuleContext, list: readonly unknown[], pointer: string): void {
  const first = new Map<string, number>();
  for (const [i, element] of list.entries()) {
    const text = JSON.stringify(element) ?? "";
    const earlier = first.get(text);
    if (earlier === undefined) {
      first.set(text, i);
      continue;
    }
    const place = below(pointer, i);
    const params = { found: shown(element), first: below(pointer, earlier) };
    report("value/duplicate", place, params, { suggestion: [{ op: "remove", path: place }] });
  }
}

/** Whether the whole set is of another JSON type than the field needs, so that the use is wrong, not the value. */
function hasOtherType(form: Form, element: string | number): boolean {
  const read = readWritten(form, element);
  return !read.ok && read.fault.is === "type";
}
