import { operandOf } from "../operands.ts";
import { constraintsOf, readCandidate } from "./constraints.ts";
import { below, entries, forEachEffect } from "./rule.ts";

/** `noneUnder` excludes a network and those in it, not those around it: where `under` lets one of these pass, it is a warning. */
export const widerNetworks = forEachEffect((site, { report }) => {
  const { effect, pointer } = site;
  for (const [name] of entries(effect.allow)) {
    const operand = operandOf(effect.fields, name);
    if (operand?.field.type !== "cidr" || effect.rows?.some(({ fields }) => fields.includes(name))) continue;
    const { listed, above, notAbove } = constraintsOf(site, operand);
    // Networks that are listed one by one are meant; a deny list alone has a warning of its own.
    if (listed !== undefined || above === undefined) continue;
    for (const excluded of notAbove) {
      // The widest one first: what is excluded there is excluded all the way down.
      const [, ...around] = readCandidate(operand.form, excluded)?.under ?? [];
      const wider = around.findLast((network) => above.has(network) || notAbove.has(network));
      if (wider === undefined || notAbove.has(wider)) continue;
      report("value/wider_network", below(pointer, "allow", name, "noneUnder"), { excluded: String(excluded), wider });
      break;
    }
  }
});
