import { below, effectSites, type Rule } from "./rule.ts";

/** Lines of the fill-in sheet that one member may write for another: velocity in the defaults, the meter of external calls (SPEC §2). */
export const blankLines: Rule = (envelope, { report }) => {
  const sites = effectSites(envelope);
  for (const { name, effect, pointer } of sites) {
    if (effect.velocity !== undefined || envelope.defaults?.velocity !== undefined) continue;
    report("sheet/unbounded", below(pointer, "velocity"), {
      line: "velocity",
      effect: name,
      detail: "write it in the effect or in `defaults`",
    });
  }
  const external = sites.find(({ effect }) => effect.external);
  if (external === undefined || envelope.budgets.externalCalls !== undefined) return;
  report("sheet/unbounded", "/budgets/externalCalls", {
    line: "budgets",
    field: "externalCalls",
    detail: `the effect \`${external.name}\` is external`,
  });
};
