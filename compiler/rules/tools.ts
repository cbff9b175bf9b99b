import type { Envelope } from "../../schema/envelope.ts";
import { quote } from "../diagnostics/quote.ts";
import { callOfBoth, type Where } from "./reach.ts";
import { below, effectSites, type Rule, type RuleContext } from "./rule.ts";
import { warnOfDuplicates } from "./value-list.ts";

/** One way to reach an effect. */
interface Way {
  readonly effect: string;
  readonly tool: string;
  /** Undefined for a plain tool. */
  readonly where: Where | undefined;
  readonly pointer: string;
}

/** A tool is plain in one effect, or split by discriminators that are disjoint: no call reaches two effects (SPEC §2). */
export const tools: Rule = (envelope, context) => {
  const byTool = new Map<string, Way[]>();
  for (const way of waysOf(envelope)) {
    for (const [argument, values] of Object.entries(way.where ?? {})) {
      if (Array.isArray(values)) warnOfDuplicates(context, values, below(way.pointer, "where", argument));
    }
    const known = byTool.get(way.tool) ?? [];
    checkAgainst(context, way, known);
    byTool.set(way.tool, [...known, way]);
  }
};

/** Reports the first earlier way that shares a call with this one. */
function checkAgainst({ report }: RuleContext, way: Way, known: readonly Way[]): void {
  for (const earlier of known) {
    const args = callOfBoth(earlier.where ?? {}, way.where ?? {});
    if (args === undefined) continue;
    const { tool, pointer } = way;
    const isSame = earlier.effect === way.effect && earlier.where === undefined && way.where === undefined;
    if (isSame) report("tool/duplicate", pointer, { tool, other: earlier.pointer });
    else {
      const call = quote(JSON.stringify({ tool, args }));
      report("tool/overlap", pointer, { tool, other: earlier.pointer, call });
    }
    return;
  }
}

function waysOf(envelope: Envelope): readonly Way[] {
  return effectSites(envelope).flatMap(({ name: effect, effect: { tools }, pointer }) =>
    tools.map((entry, i) =>
      typeof entry === "string"
        ? { effect, tool: entry, where: undefined, pointer: below(pointer, "tools", i) }
        : { effect, tool: entry.tool, where: entry.where, pointer: below(pointer, "tools", i) },
    ),
  );
}
