import { below, forEachEffect } from "./rule.ts";

/** An external effect without fields says why that is right; nobody else does (SPEC §2). A discriminator argument counts as judged. */
export const unjudged = forEachEffect(({ name, effect, pointer }, { report }) => {
  const place = below(pointer, "unjudged");
  const hasFields = Object.keys(effect.fields).length > 0;
  const hasPlainTool = effect.tools.some((tool) => typeof tool === "string");
  if (effect.unjudged === undefined) {
    if (hasFields || !effect.external || !hasPlainTool) return;
    const detail = 'an external effect without fields writes `"unjudged": "<reason>"`';
    report("sheet/unbounded", place, { line: "fields", effect: name, detail });
    return;
  }
  if (!hasFields && effect.external) {
    const params = { line: "fields", effect: name, detail: "the reason in `unjudged` is blank" } as const;
    if (isBlank(effect.unjudged)) report("sheet/unbounded", place, params);
    return;
  }
  const reason = hasFields ? "the effect has fields" : "the effect is not external";
  report("sheet/needless_unjudged", place, { reason }, { at: "key", suggestion: [{ op: "remove", path: place }] });
});

/** Nothing that a reader would see. */
function isBlank(reason: string): boolean {
  return /^[\p{White_Space}\p{Cf}]*$/u.test(reason);
}
