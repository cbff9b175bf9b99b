import type { Template } from "../../../schema/template.ts";
import { checkVisible } from "../../read/names.ts";
import { below, type RuleContext } from "../rule.ts";
import { warnOfDuplicates } from "../value-list.ts";
import type { TemplateRule } from "./rule.ts";

/** The texts that only a template has keep the rules of an envelope's: visible, without `*` in names of targets (SPEC §2, §14). */
export const texts: TemplateRule = (template, context) => {
  const { version, catalogue } = template;
  checkVisible({ kind: "version", name: version, pointer: "/version" }, context.report);
  for (const [kind, singular] of [
    ["tools", "tool"],
    ["tags", "tag"],
  ] as const) {
    const pointer = below("/catalogue", kind);
    warnOfDuplicates(context, catalogue[kind], pointer);
    for (const [i, name] of catalogue[kind].entries()) checkName(context, singular, name, below(pointer, i));
  }
  warnOfDuplicates(context, catalogue.effects, "/catalogue/effects");
  for (const { kind, name, pointer } of people(template)) checkName(context, kind, name, pointer);
};

function people(template: Template) {
  return (["autoApprove", "requireHuman"] as const).flatMap((list) =>
    template[list].flatMap((condition, i) =>
      (["principal", "issuer"] as const).flatMap((kind) =>
        (condition[kind]?.oneOf ?? []).map((name, j) => ({
          kind,
          name,
          pointer: below("", list, i, kind, "oneOf", j),
        })),
      ),
    ),
  );
}

function checkName({ report }: RuleContext, kind: string, name: string, pointer: string): void {
  checkVisible({ kind, name, pointer }, report);
  if (!name.includes("*")) return;
  const what = kind === "principal" ? "the principal" : `${kind === "issuer" ? "an" : "a"} ${kind}`;
  // A tag is matched as it is written; in an envelope too, its star is a warning.
  const literal = kind === "tag" ? { literal: true as const } : {};
  report("value/glob_not_supported", pointer, { text: name, what, ...literal });
}
