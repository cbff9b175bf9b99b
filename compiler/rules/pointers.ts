import { parsePointer } from "../../schema/json/pointer.ts";
import { type Claim, claimsOf, relationOf } from "./arguments.ts";
import { forEachEffect, type RuleContext } from "./rule.ts";

/** Every argument is claimed once: `ignored`, `absent` and discriminators stay clear of fields and of one another (SPEC §2, §14). */
export const pointers = forEachEffect((site, context) => {
  const claims = claimsOf(site);
  for (const claim of claims) checkStars(context, claim);
  for (const [i, claim] of claims.entries()) {
    if (claim.by === "field") continue;
    const earlier = claims.slice(0, i).find((other) => meet(claim, other));
    if (earlier === undefined) continue;
    const { argument: pointer, place, at } = claim;
    const relation = relationOf(pointer, earlier.argument) ?? "equal to";
    const params = { pointer, relation, other: earlier.place, otherPointer: earlier.argument };
    context.report("tool/argument_claimed_twice", place, params, { at });
  }
});

function meet(claim: Claim, other: Claim): boolean {
  const ofDifferentCalls = claim.entry !== undefined && other.entry !== undefined && claim.entry !== other.entry;
  return !ofDifferentCalls && relationOf(claim.argument, other.argument) !== undefined;
}

/** `*` has no place in a discriminator, and elsewhere stands below a plain prefix (SPEC §4); `from` is checked with its aggregate. */
function checkStars({ report }: RuleContext, { argument: pointer, place, at, by }: Claim): void {
  if (by === "field" || !parsePointer(pointer).includes("*")) return;
  if (by === "discriminator") {
    report("tool/star_misplaced", place, { pointer, reason: "a discriminator is one argument" }, { at });
  } else if (parsePointer(pointer)[0] === "*") {
    report("tool/star_misplaced", place, { pointer, reason: "the arguments of a call are an object" }, { at });
  }
}
