import type { Envelope } from "../../schema/envelope.ts";
import { below, effectSites, type Rule } from "./rule.ts";

/** `*` in a tool or the principal is an error; in the values of a discriminator a warning (SPEC §2, §14). */
export const globs: Rule = (envelope, { report }) => {
  const { principal } = envelope;
  if (principal.includes("*"))
    report("value/glob_not_supported", "/principal", { text: principal, what: "the principal" });
  for (const { tool, pointer } of toolNames(envelope)) {
    if (tool.includes("*")) report("value/glob_not_supported", pointer, { text: tool, what: "a tool" });
  }
  for (const { effect, pointer } of effectSites(envelope)) {
    for (const [i, entry] of effect.tools.entries()) {
      if (typeof entry === "string") continue;
      for (const [argument, values] of Object.entries(entry.where)) {
        if (!Array.isArray(values)) continue;
        for (const [j, text] of values.entries()) {
          if (typeof text !== "string" || !text.includes("*")) continue;
          const place = below(pointer, "tools", i, "where", argument, j);
          report("value/glob_not_supported", place, { text, what: "a string", literal: true });
        }
      }
    }
  }
};

function toolNames(envelope: Envelope): readonly { readonly tool: string; readonly pointer: string }[] {
  const ofEffects = effectSites(envelope).flatMap(({ effect, pointer }) =>
    effect.tools.map((entry, i) =>
      typeof entry === "string"
        ? { tool: entry, pointer: below(pointer, "tools", i) }
        : { tool: entry.tool, pointer: below(pointer, "tools", i, "tool") },
    ),
  );
  const forbidden = envelope.forbidden.flatMap(({ tool }, i) =>
    tool === undefined ? [] : [{ tool, pointer: below("/forbidden", i, "tool") }],
  );
  return [...ofEffects, ...forbidden];
}
