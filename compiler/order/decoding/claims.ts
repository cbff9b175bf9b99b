/** That no argument which `a` takes is one too many for `b`: the same tree of claims, or narrative where `a` looks. */
import type { Effect, Field } from "../../../schema/envelope.ts";
import { parsePointer } from "../../../schema/json/pointer.ts";
import type { Side } from "../side.ts";
import type { Report } from "../widening.ts";
import { type Tool, type Where, whereOf } from "./tools.ts";

/** How an argument is claimed: by a field, by a discriminator (for values, or for none), as narrative, or as one that must be empty. */
type Kind = "read" | "values" | "empty" | "ignored" | "absent";

interface Claim {
  readonly kind: Kind;
  readonly pointer: string;
  readonly tokens: readonly string[];
}

/** @param way how a tool reaches the effect in `a`, and `other` how the same calls reach it in `b` */
export function compareClaims(a: Side, b: Side, way: Tool, other: Tool, report: Report): void {
  const own = claimsOf(a.effect, whereOf(way));
  const others = claimsOf(b.effect, whereOf(other));
  for (const claim of own) {
    if (!others.some((each) => covers(each, claim)))
      report(a.pointer, `what may stand in the argument \`${claim.pointer}\` is not what is expected`);
  }
  for (const claim of others) {
    if (own.some(({ pointer }) => pointer === claim.pointer)) continue;
    if (!own.every((each) => standsApart(each, claim)))
      report(a.pointer, `the argument \`${claim.pointer}\` is looked for where another one may stand`);
  }
}

function claimsOf(effect: Effect, where: Where): readonly Claim[] {
  const claims = (kind: Kind, pointers: readonly string[]) =>
    pointers.map((pointer) => ({ kind, pointer, tokens: parsePointer(pointer) }));
  return [
    ...claims("read", Object.values(effect.fields).flatMap(pointersOf)),
    ...claims("ignored", effect.ignored ?? []),
    ...claims("absent", effect.absent ?? []),
    ...Object.entries(where).flatMap(([pointer, wanted]) =>
      claims(Array.isArray(wanted) ? "values" : "empty", [pointer]),
    ),
  ];
}

function pointersOf(field: Field): readonly string[] {
  if (field.type === "product") return [];
  return field.type === "span" ? [field.from, field.until] : [field.from];
}

/** Whether whatever stands where `claim` is, as it must be there, is taken by the other one too. */
function covers(other: Claim, claim: Claim): boolean {
  if (other.kind === "ignored") return other.tokens.every((token, i) => token === claim.tokens[i]);
  if (other.pointer !== claim.pointer) return false;
  return other.kind === claim.kind || (isEmptied(other) && isEmptied(claim));
}

function isEmptied({ kind }: Claim): boolean {
  return kind === "absent" || kind === "empty";
}

/** Whether the other one neither lies below, nor takes for an array what is an object, or the other way round. */
function standsApart(own: Claim, other: Claim): boolean {
  const at = own.tokens.findIndex((token, i) => token !== other.tokens[i]);
  if (at < 0) return false;
  return other.tokens[at] === undefined || (own.tokens[at] !== "*" && other.tokens[at] !== "*");
}
