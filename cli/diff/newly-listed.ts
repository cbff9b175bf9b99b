/** Values that one envelope lists for a field and another does not, or refuses. */
import ipaddr from "ipaddr.js";
import { below, nameOf } from "../../compiler/targets/vectors/candidates/names.ts";
import { distinct, numbersOf } from "../../compiler/targets/vectors/candidates/sample.ts";
import { type Texts, textsAround } from "../../compiler/targets/vectors/candidates/texts.ts";
import type { FieldPlan, FieldPlans } from "../../compiler/targets/vectors/field-plan.ts";
import { formatAddress, readAddress } from "../../schema/values/ip.ts";
import { memberOf } from "../selfcheck/specimen/written.ts";

export interface Listed {
  readonly key: string;
  /** As the request holds it. */
  readonly value: unknown;
}

/** Of each field no more are tried. */
const most = 64;

/** @param fields those of a call whose other values are kept */
export function newlyListed(before: FieldPlans | undefined, after: FieldPlans, fields: unknown): readonly Listed[] {
  return [...after.values()].flatMap((plan) => {
    const { key } = plan;
    const known = memberOf(fields, key);
    const listed = distinct(scalarsOf(before?.get(key), plan), most);
    if (!isSet(plan)) return listed.map((value) => ({ key, value }));
    const sets = listed.map((value) => ({ key, value: setWith(plan, value, known) }));
    return leastOf(plan) > 0 ? sets : [...sets, { key, value: { count: 0, items: [] } }];
  });
}

function scalarsOf(before: FieldPlan | undefined, after: FieldPlan): readonly unknown[] {
  const [old, now] = [textsOf(before), textsOf(after)];
  const fresh = (of: keyof Texts) => now[of].filter((text) => !old[of].includes(text)).slice(0, most);
  const freed = (of: keyof Texts) => old[of].filter((text) => !now[of].includes(text)).slice(0, most);
  const isNamed = after.shape === "name" || after.shape === "nameSet";
  const texts = [...fresh("admitted"), ...freed("refused")];
  const listed = (plan: FieldPlan | undefined) =>
    (plan?.operators ?? []).flatMap((operator) => ("values" in operator ? numbersOf(operator.values) : []));
  return [
    ...(isNamed ? texts.map((text) => nameOf(after.form, text)) : texts),
    ...[...fresh("ancestors"), ...freed("refusedAncestors")].flatMap((text) => within(after, text)),
    ...listed(after).filter((number) => !listed(before).includes(number)),
    ...after.operators.flatMap((operator) => (operator.op === "equals" ? [operator.value] : [])),
  ];
}

function textsOf(plan: FieldPlan | undefined): Texts {
  return plan === undefined
    ? { admitted: [], ancestors: [], refused: [], refusedAncestors: [], matched: [] }
    : textsAround(plan);
}

/** Names below an ancestor, and the ancestor itself; of a network one in each half, as the other envelope may have listed one of them. */
function within({ form }: FieldPlan, ancestor: string): readonly unknown[] {
  const upper = form?.is === "ip" || form?.is === "cidr" ? upperHalf(ancestor) : undefined;
  const [address = "", length] = upper?.split("/") ?? [];
  const far = upper === undefined ? [] : [nameOf(form, form?.is === "ip" ? address : `${address}/${length}`)];
  return [below(form, ancestor), ...far, nameOf(form, ancestor)];
}

/** `10.0.0.0/7` → `11.0.0.0/8` */
function upperHalf(network: string): string | undefined {
  const [text = "", length = ""] = network.split("/");
  const address = readAddress(text);
  if (typeof address === "string" || !/^\d{1,3}$/.test(length)) return undefined;
  const [bytes, bit] = [address.toByteArray(), Number(length)];
  const byte = bytes[bit >> 3];
  if (byte === undefined) return undefined;
  bytes[bit >> 3] = byte | (0x80 >> (bit & 7));
  return `${formatAddress(ipaddr.fromByteArray(bytes))}/${bit + 1}`;
}

function isSet({ shape }: FieldPlan): boolean {
  return shape === "numberSet" || shape === "textSet" || shape === "nameSet";
}

/** The element beside others, if the set must have more than one. */
function setWith(plan: FieldPlan, element: unknown, known: unknown): unknown {
  const items = memberOf(known, "items");
  const added = memberOf(element, "value") ?? element;
  const all = [...new Set([added, ...(Array.isArray(items) ? items : [])])].slice(0, Math.max(1, leastOf(plan)));
  return { count: all.length, items: all };
}

function leastOf({ operators }: FieldPlan): number {
  return Math.max(0, ...operators.map((operator) => (operator.op === "minItems" ? operator.value : 0)));
}
