import { parsePointer } from "../../schema/json/pointer.ts";
import { type Claim, claimsOf } from "./arguments.ts";
import { type ClaimTree, emptyTree, enter, meetingIn } from "./claim-tree.ts";
import { forEachEffect, type RuleContext } from "./rule.ts";

/** Every argument is claimed once: `ignored`, `absent` and discriminators stay clear of fields and of one another (SPEC §2, §14). */
export const pointers = forEachEffect((site, context) => {
  const claims = claimsOf(site);
  for (const claim of claims) checkStars(context, claim);
  const always = emptyTree();
  for (const claim of claims.filter(({ entry }) => entry === undefined)) {
    if (claim.by !== "field") checkMeeting(context, claim, [always]);
    enter(always, claim);
  }
  // The discriminators of one way to a tool never meet those of another.
  for (const ofOneWay of Map.groupBy(claims, ({ entry }) => entry).values()) {
    const own = emptyTree();
    for (const claim of ofOneWay.filter(({ entry }) => entry !== undefined)) {
      checkMeeting(context, claim, [always, own]);
      enter(own, claim);
    }
  }
});

function checkMeeting({ report }: RuleContext, claim: Claim, trees: readonly ClaimTree[]): void {
  const { argument: pointer, place, at } = claim;
  for (const tree of trees) {
    const meeting = meetingIn(tree, claim);
    if (meeting === undefined) continue;
    const { other, relation } = meeting;
    const params = { pointer, relation, other: other.place, otherPointer: other.argument };
    report("tool/argument_claimed_twice", place, params, { at });
    return;
  }
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
