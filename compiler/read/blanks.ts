/**
 * Blanks that somebody left on purpose: `{"$blank": "<why>"}` in the place of a value, or `"$blank": "<why>"` in an object that
 * lacks members. No name of the language begins with `$blank`, so that nothing else is taken for one.
 */
import { escapeToken } from "../../schema/json/pointer.ts";
import { parentOf } from "./document.ts";
import { type Problem, problem } from "./problem.ts";
import type { SchemaError } from "./schema.ts";
import type { TreeIndex } from "./tree.ts";

export const blankMember = "$blank";

export interface Blanks {
  readonly problems: readonly Problem[];
  /** Whether a complaint of the schema is about a blank: it has been said. */
  readonly explain: (error: SchemaError) => boolean;
}

export function blanksIn(index: TreeIndex): Blanks {
  const whole = new Set<string>();
  const problems: Problem[] = [];
  for (const [pointer, { node, member }] of index) {
    if (member?.name !== blankMember) continue;
    const owner = parentOf(pointer);
    const ownerNode = index.get(owner)?.node;
    const isWhole = ownerNode?.kind === "object" && ownerNode.members.length === 1;
    if (isWhole) whole.add(owner);
    const params = node.kind === "string" ? { reason: node.value } : {};
    problems.push(
      isWhole
        ? problem("value/blank", owner, params, { do: "remove", pointer: owner })
        : problem("value/blank", pointer, params, { do: "ignore", pointer }, { at: "key" }),
    );
  }
  const isBelowBlank = (pointer: string) => {
    for (let at = pointer; ; at = parentOf(at)) {
      if (whole.has(at) || at.endsWith(`/${blankMember}`)) return true;
      if (at === "") return false;
    }
  };
  return {
    problems,
    explain: ({ pointer, keyword, params, propertyName }) =>
      isBelowBlank(pointer) ||
      propertyName === blankMember ||
      [params.additionalProperty, params.propertyName].includes(blankMember) ||
      (keyword === "discriminator" && whole.has(`${pointer}/${escapeToken(String(params.tag))}`)),
  };
}
